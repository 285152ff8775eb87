import type { Ink } from '../../ui/ink.ts';
import { SvgInk } from '../../ui/svgInk.ts';
import { setFont } from './paintText.ts';
import type { Palette } from './palette.ts';

/** A picture to save: its size, how it is painted, and two lines that say what it is. */
export interface SavedPicture {
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
  readonly caption: readonly [string, string];
  paint(ctx: Ink): void;
}

/** Height of the caption over the picture, and pixels of a PNG in a CSS pixel. */
const CAPTION = 44;
const SCALE = 3;

function paintCaption(ctx: Ink, { width, height, palette, caption }: SavedPicture): void {
  ctx.fillStyle = palette.panel;
  ctx.fillRect(0, 0, width, height + CAPTION);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  caption.forEach((line, i) => {
    setFont(ctx, palette, i === 0 ? 13 : 11, i === 0 ? '600' : '');
    ctx.fillStyle = i === 0 ? palette.ink : palette.ink2;
    ctx.fillText(line, 16, 20 + 17 * i, width - 32);
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
export async function savedPng(picture: SavedPicture): Promise<Blob> {
  const { width, height } = picture;
  const [canvas, ctx] = context(width, height + CAPTION);
  paintCaption(ctx, picture);
  // The painter clears what it paints on, so it has a layer of its own.
  const [layer, layerCtx] = context(width, height);
  picture.paint(layerCtx);
  ctx.drawImage(layer, 0, CAPTION, width, height);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      blob => (blob ? resolve(blob) : reject(new Error('The picture could not be written.'))),
      'image/png',
    ),
  );
}

/** As lines and text. */
export function savedSvg(picture: SavedPicture): string {
  const ink = new SvgInk(context(1, 1)[1]);
  paintCaption(ink, picture);
  ink.translate(0, CAPTION);
  picture.paint(ink);
  return ink.text(picture.width, picture.height + CAPTION, picture.caption.join('\n'));
}
