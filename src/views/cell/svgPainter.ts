import { rasterised } from '../../ui/raster.ts';
import { cellSvg } from './cellSvg.ts';
import type { CellPainter } from './frame.ts';

const NAMESPACE = 'http://www.w3.org/2000/svg';

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
    snapshot(frame, ratio) {
      const { width, height } = frame.projection;
      return rasterised(
        `<svg xmlns="${NAMESPACE}" width="${width}" height="${height}">${cellSvg(frame)}</svg>`,
        ratio,
      );
    },
    dispose: () => svg.remove(),
  };
}
