import { cellSvg } from './cellSvg.ts';
import type { CellFrame, CellPainter } from './frame.ts';

const NAMESPACE = 'http://www.w3.org/2000/svg';

const markupOf = (frame: CellFrame, ratio: number): string => {
  const { width, height } = frame.projection;
  return `<svg xmlns="${NAMESPACE}" width="${width * ratio}" height="${height * ratio}" viewBox="0 0 ${width} ${height}">${cellSvg(frame)}</svg>`;
};

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
    async snapshot(frame, ratio) {
      const image = new Image();
      image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(markupOf(frame, ratio))}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = frame.projection.width * ratio;
      canvas.height = frame.projection.height * ratio;
      canvas.getContext('2d')?.drawImage(image, 0, 0);
      return canvas;
    },
    dispose() {
      svg.remove();
    },
  };
}
