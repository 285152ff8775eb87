import type { SectionPicture } from '../../phasing/lab/densityMap.ts';
import { type ColourScale, coloured, colourScale } from '../../ui/fieldColours.ts';
import { isolinePath } from '../../ui/isolinePaths.ts';
import { crisp } from '../../ui/strokes.ts';
import type { Palette } from '../palette.ts';
import type { SectionFrame } from './sectionFrame.ts';

/** A mark on a section: a ring round an atom, a cross on a place. */
export interface SectionMark {
  readonly u: number;
  readonly v: number;
  readonly shape: 'ring' | 'cross';
  readonly colour: string;
  readonly text: string;
  /** Of a ring, pixels. */
  readonly radius: number;
  /** Behind the plane or in front of it rather than in it. */
  readonly faint: boolean;
}

export interface SectionScene {
  readonly frame: SectionFrame;
  readonly picture: SectionPicture;
  /** The density that is darkest, one for all maps that are compared. */
  readonly darkest: number;
  readonly negative: boolean;
  readonly marks: readonly SectionMark[];
  readonly palette: Palette;
}

/** The whole picture on a context whose unit is the CSS pixel. */
export function paintSection(ctx: CanvasRenderingContext2D, scene: SectionScene): void {
  const { frame } = scene;
  ctx.clearRect(0, 0, frame.width, frame.height);
  ctx.save();
  outline(ctx, frame);
  ctx.clip();
  paintDensity(ctx, scene);
  paintLines(ctx, scene);
  ctx.restore();
  ctx.strokeStyle = scene.palette.axis;
  ctx.lineWidth = 1;
  outline(ctx, frame);
  ctx.stroke();
  paintLetters(ctx, scene);
  for (const mark of scene.marks) paintMark(ctx, scene, mark);
}

function outline(ctx: CanvasRenderingContext2D, { point }: SectionFrame): void {
  ctx.beginPath();
  for (const [u, v] of [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ] as const)
    ctx.lineTo(...point(u, v));
  ctx.closePath();
}

/** Sheared into the cell by the canvas: the values are a picture whose pixels are the points of the section. */
function paintDensity(
  ctx: CanvasRenderingContext2D,
  { frame, picture, darkest, palette }: SectionScene,
): void {
  const { nu, nv, values } = picture;
  const canvas = new OffscreenCanvas(nu, nv);
  const pixels = coloured(values, [0, Math.max(darkest, 0)], inkScale(palette.ink));
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, nu, nv), 0, 0);
  const [x0, y0] = frame.point(0, 0);
  const [ux, uy] = frame.point(1, 0);
  const [vx, vy] = frame.point(0, 1);
  ctx.save();
  ctx.transform(
    (ux - x0) / (nu - 1),
    (uy - y0) / (nu - 1),
    (vx - x0) / (nv - 1),
    (vy - y0) / (nv - 1),
    x0,
    y0,
  );
  ctx.imageSmoothingEnabled = true;
  ctx.imageSmoothingQuality = 'high';
  ctx.drawImage(canvas, -0.5, -0.5);
  ctx.restore();
}

function paintLines(
  ctx: CanvasRenderingContext2D,
  { frame, picture, negative, palette }: SectionScene,
): void {
  const { nu, nv, lines } = picture;
  ctx.strokeStyle = palette.ink2;
  ctx.lineJoin = 'round';
  for (const below of [false, true]) {
    if (below && !negative) continue;
    ctx.setLineDash(below ? [3, 2.5] : []);
    ctx.lineWidth = below ? 0.75 : 0.85;
    const path = new Path2D();
    for (const { level, points, closed } of lines) {
      if (level < 0 !== below) continue;
      const pixels = points.slice();
      for (let i = 0; i < pixels.length; i += 2)
        pixels.set(frame.point(points[i]! / (nu - 1), points[i + 1]! / (nv - 1)), i);
      path.addPath(new Path2D(isolinePath({ points: pixels, closed })));
    }
    ctx.stroke(path);
  }
  ctx.setLineDash([]);
}

function paintLetters(ctx: CanvasRenderingContext2D, { frame, palette }: SectionScene): void {
  ctx.fillStyle = palette.ink;
  ctx.font = `italic 13px ${palette.font}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'alphabetic';
  const [ux, uy] = frame.point(0.5, 0);
  const [vx, vy] = frame.point(0, 0.5);
  ctx.fillText(frame.letters[0], ux, uy + 16);
  ctx.fillText(frame.letters[1], vx - 16, vy + 4);
  ctx.font = `11px ${palette.font}`;
  const [ox, oy] = frame.point(0, 0);
  ctx.fillText('0', ox - 9, oy + 13);
}

function paintMark(ctx: CanvasRenderingContext2D, { frame, palette }: SectionScene, mark: SectionMark): void {
  const [x, y] = frame.point(mark.u, mark.v);
  ctx.lineWidth = 4.2;
  ctx.strokeStyle = palette.panel;
  ctx.setLineDash([]);
  const trace = (): void => {
    ctx.beginPath();
    if (mark.shape === 'ring') ctx.arc(x, y, mark.radius, 0, 2 * Math.PI);
    else
      for (const s of [1, -1]) {
        ctx.moveTo(x - 4.5, y - 4.5 * s);
        ctx.lineTo(x + 4.5, y + 4.5 * s);
      }
  };
  ctx.globalAlpha = mark.faint ? 0.6 : 0.85;
  trace();
  ctx.stroke();
  ctx.globalAlpha = mark.faint ? 0.75 : 1;
  ctx.lineWidth = 2;
  ctx.strokeStyle = mark.colour;
  if (mark.faint) ctx.setLineDash([2.5, 2]);
  trace();
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
  if (!mark.text) return;
  ctx.font = `600 11px ${palette.font}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  ctx.lineWidth = 3;
  ctx.lineJoin = 'round';
  ctx.strokeStyle = palette.panel;
  const [tx, ty] = [Math.min(crisp(x) + 8, frame.width - 18), Math.max(10, crisp(y) - 6)];
  ctx.strokeText(mark.text, tx, ty);
  ctx.fillStyle = mark.colour;
  ctx.fillText(mark.text, tx, ty);
}

/** Ink of opacity 0.82 (ρ/ρmax)^0.75 from no density to the highest. */
function inkScale(ink: string): ColourScale {
  const scale = colourScale([ink, ink, ink, ink, ink]).slice();
  const bytes = new Uint8ClampedArray(scale.buffer);
  for (let i = 0; i < scale.length; i++) bytes[4 * i + 3] = 255 * 0.82 * (i / (scale.length - 1)) ** 0.75;
  return scale;
}
