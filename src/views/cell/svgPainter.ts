import { cellSvg } from './cellSvg.ts';
import type { CellPainter } from './frame.ts';

const NAMESPACE = 'http://www.w3.org/2000/svg';

/** An SVG file around `content`, which is `width` by `height` pixels. */
export const svgFile = (content: string, width: number, height: number): string =>
  `<svg xmlns="${NAMESPACE}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${content}</svg>\n`;

/** Draws an SVG file onto a canvas of its own, at `ratio` times its pixels. */
export async function rasterised(file: string, ratio: number): Promise<HTMLCanvasElement> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(file)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = ratio * image.naturalWidth;
  canvas.height = ratio * image.naturalHeight;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('This browser gives no canvas to write the picture on.');
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** Draws the cell as SVG inside `host`: before WebGL is there, and where it is not. */
export function createSvgPainter(host: HTMLElement): CellPainter {
  const svg = document.createElementNS(NAMESPACE, 'svg');
  svg.setAttribute('aria-hidden', 'true');
  host.prepend(svg);
  return {
    paint(frame) {
      const { width, height } = frame.projection;
      svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
      // Numbers and element colours only: nothing of a file's text reaches the markup.
      svg.innerHTML = cellSvg(frame);
    },
    snapshot: (frame, ratio) =>
      rasterised(svgFile(cellSvg(frame), frame.projection.width, frame.projection.height), ratio),
    dispose: () => svg.remove(),
  };
}
