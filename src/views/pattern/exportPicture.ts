import { type Picture, paintPattern } from './paintPattern.ts';
import { setFont } from './paintText.ts';

/** Height of the caption over the picture, and pixels of the file in a CSS pixel. */
const CAPTION = 44;
const SCALE = 3;

/** The picture on screen as PNG, with two lines that say what it is. */
export async function patternPng(picture: Picture, caption: readonly [string, string]): Promise<Blob> {
  const { frame, palette } = picture;
  const { width, height } = frame.layout;
  const canvas = document.createElement('canvas');
  canvas.width = width * SCALE;
  canvas.height = (height + CAPTION) * SCALE;
  const ctx = canvas.getContext('2d');
  if (!ctx) throw new Error('The browser gave no canvas for the picture.');
  ctx.scale(SCALE, SCALE);
  ctx.fillStyle = palette.panel;
  ctx.fillRect(0, 0, width, height + CAPTION);
  caption.forEach((line, i) => {
    setFont(ctx, palette, i === 0 ? 13 : 11, i === 0 ? '600' : '');
    ctx.fillStyle = i === 0 ? palette.ink : palette.ink2;
    ctx.fillText(line, 16, 20 + 17 * i, width - 32);
  });
  const layer = document.createElement('canvas');
  layer.width = width * SCALE;
  layer.height = height * SCALE;
  const layerCtx = layer.getContext('2d');
  if (!layerCtx) throw new Error('The browser gave no canvas for the picture.');
  layerCtx.scale(SCALE, SCALE);
  paintPattern(layerCtx, picture);
  ctx.drawImage(layer, 0, CAPTION, width, height);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      blob => (blob ? resolve(blob) : reject(new Error('The picture could not be written.'))),
      'image/png',
    ),
  );
}
