import type { ReactNode, RefObject } from 'react';
import { saveFile } from '../../ui/download.ts';
import type { Ink } from '../../ui/ink.ts';
import { canvasPen, pngOf } from '../../ui/raster.ts';
import { SvgInk } from '../../ui/svgInk.ts';
import { type SaveItem, SaveMenu } from '../SaveMenu.tsx';
import type { Picture } from './frame.ts';
import { paintPattern } from './paintPattern.ts';
import { setFont } from './paintText.ts';
import type { PlotScene } from './plotScene.ts';

/** Two lines over a saved picture that say what it is. */
export type Caption = readonly [string, string];

/** The picture on screen as PNG and SVG, and what else can be saved of it. */
export function PlotDownloads<Scene extends PlotScene>(props: {
  readonly label: string;
  readonly shown: RefObject<Picture<Scene> | null>;
  /** Name of the picture's file, without its ending. */
  file(): string;
  caption(scene: Scene): Caption;
  readonly tables: readonly (readonly [label: string, save: (scene: Scene) => void])[];
}): ReactNode {
  const { label, shown, file, caption, tables } = props;
  const item = (name: string, save: (picture: Picture<Scene>) => unknown): SaveItem => [
    name,
    () => shown.current && save(shown.current),
  ];
  return (
    <SaveMenu
      label={label}
      items={[
        item('Picture (PNG)', async picture =>
          saveFile(`${file()}.png`, await pngOf(pictureCanvas(picture, caption(picture.scene)))),
        ),
        item('Picture (SVG)', picture =>
          saveFile(`${file()}.svg`, pictureSvg(picture, caption(picture.scene)), 'image/svg+xml'),
        ),
        ...tables.map(([name, save]) => item(name, ({ scene }) => save(scene))),
      ]}
    />
  );
}

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

function pictureCanvas(picture: Picture, caption: Caption): HTMLCanvasElement {
  const { width, height } = picture.frame.layout;
  const pen = canvasPen(width, height + CAPTION, SCALE);
  paintCaption(pen, picture, caption);
  // The painter clears what it paints on, so it has a layer of its own.
  const layer = canvasPen(width, height, SCALE);
  paintPattern(layer, picture);
  pen.drawImage(layer.canvas, 0, CAPTION, width, height);
  return pen.canvas;
}

function pictureSvg(picture: Picture, caption: Caption): string {
  const { width, height } = picture.frame.layout;
  const ink = new SvgInk(canvasPen(1, 1, 1));
  paintCaption(ink, picture, caption);
  ink.translate(0, CAPTION);
  paintPattern(ink, picture);
  return ink.text(width, height + CAPTION, caption.join('\n'));
}
