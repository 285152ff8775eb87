import type { Figure } from 'plotly.js/lib/core';
import { type HeatmapProps, paintHeatmap } from './Heatmap.tsx';
import type { PlotArea } from './heatmapPixels.ts';
import { ISOLINE_WIDTH, type IsolinePath } from './isolinePaths.ts';
import { dataAddress } from './raster.ts';

/** A map at rest, as drawn by `Heatmap` and `Isolines`. */
export interface RestingMap {
  readonly area: PlotArea;
  /** Null: isolines alone. */
  readonly heat: HeatmapProps | null;
  readonly isolines: readonly IsolinePath[];
}

/**
 * A resting map as a plotly figure on exactly the pixels of its area: the colours as an image and the isolines as paths,
 * the very ones of our own drawing, so that nothing moves when plotly takes over. Its traces would take 240 ms for the
 * isolines of 201 × 201 points and hold the page up meanwhile.
 * @param ratio image pixels for each of the area
 */
export async function mapFigure({ area, heat, isolines }: RestingMap, ratio: number): Promise<Figure> {
  const { width, height, xRange, yRange } = area;
  const source = heat && (await fieldPng(heat, ratio));
  return {
    data: [],
    layout: {
      width,
      height,
      margin: { l: 0, r: 0, t: 0, b: 0, pad: 0 },
      paper_bgcolor: CLEAR,
      plot_bgcolor: CLEAR,
      xaxis: { visible: false, range: xRange, fixedrange: true },
      yaxis: { visible: false, range: yRange, fixedrange: true },
      showlegend: false,
      images: source
        ? [
            {
              source,
              ...{ xref: 'x', yref: 'y', x: xRange[0], y: yRange[1], sizing: 'stretch', layer: 'below' },
              sizex: xRange[1] - xRange[0],
              sizey: yRange[1] - yRange[0],
            },
          ]
        : [],
      shapes: isolines.map(({ d, stroke }) => ({
        type: 'path',
        path: d.replace(/(-?[\d.]+) (-?[\d.]+)/g, (_, x, y) => `${x} ${-y}`),
        ...{ xref: 'x', yref: 'y', xsizemode: 'pixel', ysizemode: 'pixel' },
        ...{ xanchor: xRange[0], yanchor: yRange[1], line: { color: stroke, width: ISOLINE_WIDTH } },
      })),
    },
  };
}

const CLEAR = 'rgba(0,0,0,0)';

/** The colours as the address of a PNG, encoded off the page's thread. */
export async function fieldPng(heat: HeatmapProps, ratio: number): Promise<string> {
  const canvas = new OffscreenCanvas(1, 1);
  paintHeatmap(canvas, heat, ratio);
  const blob = await canvas.convertToBlob();
  return dataAddress(blob);
}
