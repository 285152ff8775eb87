import { type SavedPicture, savedPng, savedSvg } from './captioned.ts';
import { type Picture, paintPattern } from './paintPattern.ts';

const saved = (picture: Picture, caption: readonly [string, string]): SavedPicture => ({
  width: picture.frame.layout.width,
  height: picture.frame.layout.height,
  palette: picture.palette,
  caption,
  paint: ctx => paintPattern(ctx, picture),
});

/** The picture on screen as PNG, with two lines that say what it is. */
export const patternPng = (picture: Picture, caption: readonly [string, string]): Promise<Blob> =>
  savedPng(saved(picture, caption));

/** The same as SVG. */
export const patternSvg = (picture: Picture, caption: readonly [string, string]): string =>
  savedSvg(saved(picture, caption));
