import type { Ink } from '../../ui/ink.ts';
import { SvgInk } from '../../ui/svgInk.ts';
import type { Picture } from './frame.ts';
import { paintPattern } from './paintPattern.ts';
import { setFont } from './paintText.ts';

/** Two lines over a saved picture that say what it is. */
export type Caption = readonly [string, string];

/** Height of the caption over the picture, and pixels of a PNG in a CSS pixel. */
const CAPTION = 44;
const SCALE = 3;

function paintCaption(ctx: Ink, { frame: { layout }, palette }: Picture, caption: Caption): void {
  ctx.fillStyle = palette.panel;
  ctx.fillRect(0, 0, layout.width, layout.height + CAPTION);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  caption.forEach((line, i) => {
    setFont(ctx, palette, i === 0 ? 13 : 11, i === 0 ? '600' : '');
    ctx.fillStyle = i === 0 ? palette.ink : palette.ink2;
    ctx.fillText(line, 16, 20 + 17 * i, layout.width - 32);
  });
}

const context = (width: number, height: number): [HTMLCanvasElement, CanvasRenderingContext2D] => {
  const canvas = document.createElement('canvas');
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  const ctx = canvas.getContext('2d');
  if (!ctx) throw new Error('The browser gave no canvas for the picture.');
  ctx.scale(SCALE, SCALE);
  return [canvas, ctx];
};

/** As pixels, three to one of the screen. */
export async function savedPng(picture: Picture, caption: Caption): Promise<Blob> {
  const { width, height } = picture.frame.layout;
  const [canvas, ctx] = context(width, height + CAPTION);
  paintCaption(ctx, picture, caption);
  // The painter clears what it paints on, so it has a layer of its own.
  const [layer, layerCtx] = context(width, height);
  paintPattern(layerCtx, picture);
  ctx.drawImage(layer, 0, CAPTION, width, height);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      blob => (blob ? resolve(blob) : reject(new Error('The picture could not be written.'))),
      'image/png',
    ),
  );
}

/** As lines and text. */
export function savedSvg(picture: Picture, caption: Caption): string {
  const { width, height } = picture.frame.layout;
  const ink = new SvgInk(context(1, 1)[1]);
  paintCaption(ink, picture, caption);
  ink.translate(0, CAPTION);
  paintPattern(ink, picture);
  return ink.text(width, height + CAPTION, caption.join('\n'));
}
