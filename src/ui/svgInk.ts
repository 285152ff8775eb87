import type { Ink } from './ink.ts';

interface Pen {
  fillStyle: string;
  strokeStyle: string;
  lineWidth: number;
  lineJoin: CanvasLineJoin;
  globalAlpha: number;
  font: string;
  textAlign: CanvasTextAlign;
  textBaseline: CanvasTextBaseline;
  dash: readonly number[];
  /** Identity of the clip path in force. */
  clip: string | null;
  dx: number;
  dy: number;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Hundredths of a pixel. */
const short = (value: number): string => String(Math.round(value * 100) / 100);

const ANCHORS: Readonly<Partial<Record<CanvasTextAlign, string>>> = {
  center: 'middle',
  right: 'end',
  end: 'end',
};
const BASELINES: Readonly<Partial<Record<CanvasTextBaseline, string>>> = {
  middle: 'central',
  top: 'hanging',
};

/**
 * Draws into SVG text what a painter draws on a canvas: lines, areas, clips and text that stays text. Widths of text
 * are those of the canvas that measures it.
 */
export class SvgInk implements Ink {
  fillStyle = '#000';
  strokeStyle = '#000';
  lineWidth = 1;
  lineJoin: CanvasLineJoin = 'miter';
  globalAlpha = 1;
  font = '10px sans-serif';
  textAlign: CanvasTextAlign = 'left';
  textBaseline: CanvasTextBaseline = 'alphabetic';
  private dash: readonly number[] = [];
  private clipId: string | null = null;
  private dx = 0;
  private dy = 0;
  private path: string[] = [];
  private clips = 0;
  private readonly stack: Pen[] = [];
  private readonly parts: string[] = [];
  private readonly ruler: CanvasRenderingContext2D;

  /** @param ruler measures text */
  constructor(ruler: CanvasRenderingContext2D) {
    this.ruler = ruler;
  }

  /** The file. */
  text(width: number, height: number, title: string): string {
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${short(width)}" height="${short(height)}" viewBox="0 0 ${short(width)} ${short(height)}"><title>${escaped(title)}</title>${this.parts.join('\n')}</svg>\n`;
  }

  save(): void {
    const { fillStyle, strokeStyle, lineWidth, lineJoin, globalAlpha, font, textAlign, textBaseline } = this;
    const { dash, dx, dy } = this;
    const pen = { fillStyle, strokeStyle, lineWidth, lineJoin, globalAlpha, font, textAlign, textBaseline };
    this.stack.push({ ...pen, dash, dx, dy, clip: this.clipId });
  }
  restore(): void {
    const pen = this.stack.pop();
    if (!pen) return;
    const { clip, ...rest } = pen;
    Object.assign(this, rest);
    this.clipId = clip;
  }
  translate(x: number, y: number): void {
    this.dx += x;
    this.dy += y;
  }
  setLineDash(segments: Iterable<number>): void {
    this.dash = [...segments];
  }
  beginPath(): void {
    this.path = [];
  }
  moveTo(x: number, y: number): void {
    this.path.push(`M${this.at(x, y)}`);
  }
  lineTo(x: number, y: number): void {
    this.path.push(`L${this.at(x, y)}`);
  }
  rect(x: number, y: number, w: number, h: number): void {
    this.path.push(`M${this.at(x, y)}L${this.at(x + w, y)}L${this.at(x + w, y + h)}L${this.at(x, y + h)}Z`);
  }
  roundRect(x: number, y: number, w: number, h: number, r: number): void {
    const corner = (dx: number, dy: number): string => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
    const [across, down] = [short(w - 2 * r), short(h - 2 * r)];
    this.path.push(
      `M${this.at(x + r, y)}h${across}${corner(r, r)}v${down}${corner(-r, r)}h-${across}${corner(-r, -r)}v-${down}${corner(r, -r)}Z`,
    );
  }
  clip(): void {
    const id = `clip${++this.clips}`;
    const inside = this.clipId ? ` clip-path="url(#${this.clipId})"` : '';
    this.parts.push(`<clipPath id="${id}"${inside}><path d="${this.path.join('')}"/></clipPath>`);
    this.clipId = id;
  }
  clearRect(): void {
    // A file begins empty.
  }
  stroke(): void {
    if (this.path.length === 0) return;
    const dash = this.dash.length ? ` stroke-dasharray="${this.dash.join(' ')}"` : '';
    const style = `fill="none" stroke="${escaped(this.strokeStyle)}" stroke-width="${short(this.lineWidth)}"`;
    this.add(`<path d="${this.path.join('')}" ${style} stroke-linejoin="${this.lineJoin}"${dash}`);
  }
  fill(): void {
    if (this.path.length) this.add(`<path d="${this.path.join('')}" fill="${escaped(this.fillStyle)}"`);
  }
  fillRect(x: number, y: number, w: number, h: number): void {
    this.beginPath();
    this.rect(x, y, w, h);
    this.fill();
  }
  /** @param room pixels into which a longer text is squeezed */
  fillText(text: string, x: number, y: number, room = Number.POSITIVE_INFINITY): void {
    const squeezed =
      this.measureText(text).width > room
        ? ` textLength="${short(room)}" lengthAdjust="spacingAndGlyphs"`
        : '';
    this.words(text, x, y, `fill="${escaped(this.fillStyle)}"${squeezed}`);
  }
  strokeText(text: string, x: number, y: number): void {
    const stroke = `stroke="${escaped(this.strokeStyle)}" stroke-width="${short(this.lineWidth)}"`;
    this.words(text, x, y, `fill="none" ${stroke} stroke-linejoin="round"`);
  }
  measureText(text: string): TextMetrics {
    this.ruler.font = this.font;
    return this.ruler.measureText(text);
  }

  /** Puts in markup as it is. */
  insert(markup: string): void {
    this.parts.push(markup);
  }

  private at(x: number, y: number): string {
    return `${short(x + this.dx)} ${short(y + this.dy)}`;
  }
  private words(text: string, x: number, y: number, paint: string): void {
    const anchor = ANCHORS[this.textAlign];
    const baseline = BASELINES[this.textBaseline];
    const place = `x="${short(x + this.dx)}" y="${short(y + this.dy)}"`;
    const style = `style="font:${escaped(this.font.trim())}"`;
    this.add(
      `<text ${place} ${style} ${paint}${anchor ? ` text-anchor="${anchor}"` : ''}${baseline ? ` dominant-baseline="${baseline}"` : ''}`,
      escaped(text),
    );
  }
  private add(open: string, content = ''): void {
    const opacity = this.globalAlpha < 1 ? ` opacity="${short(this.globalAlpha)}"` : '';
    const clip = this.clipId ? ` clip-path="url(#${this.clipId})"` : '';
    const end = open.startsWith('<text') ? `>${content}</text>` : '/>';
    this.parts.push(`${open}${opacity}${clip}${end}`);
  }
}
