import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { COLOUR_MAPS, type ColourMapId } from './colourMaps.ts';
import { colourScale } from './fieldColours.ts';
import styles from './Heatmap.module.css';
import { type Field, heatmapPixels, type PlotArea } from './heatmapPixels.ts';
import { ISOLINE_WIDTH, type IsolinePath } from './isolinePaths.ts';

export interface HeatmapProps {
  readonly field: Field;
  readonly area: PlotArea;
  readonly range: readonly [number, number];
  readonly colourMap: ColourMapId;
  readonly relief?: boolean | undefined;
  readonly smooth?: boolean | undefined;
}

/** Device pixels for each on screen, at most: more cost time and show nothing. */
const MOST_RATIO = 2;

export const pixelRatio = (): number => Math.min(MOST_RATIO, Math.max(1, devicePixelRatio));

/** A field as colours on a canvas, in a millisecond or two. */
export function Heatmap(props: HeatmapProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { field, area, range, colourMap, relief, smooth } = props;
  const [low, high] = range;
  useLayoutEffect(() => {
    if (!canvas.current) return;
    paintHeatmap(
      canvas.current,
      { field, area, range: [low, high], colourMap, relief, smooth },
      pixelRatio(),
    );
  }, [field, area, low, high, colourMap, relief, smooth]);
  return (
    <canvas
      ref={canvas}
      className={styles.layer}
      data-heatmap="field"
      style={{ width: area.width, height: area.height }}
    />
  );
}

/** The colours on a canvas of its own size, `ratio` canvas pixels for each of the area. */
export function paintHeatmap(
  canvas: HTMLCanvasElement | OffscreenCanvas,
  { field, area, range, colourMap, relief, smooth }: HeatmapProps,
  ratio: number,
): void {
  const context = canvas.getContext('2d') as CanvasRenderingContext2D | null;
  const [width, height] = [Math.round(ratio * area.width), Math.round(ratio * area.height)];
  if (!context || width < 1 || height < 1) return;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const scale = colourScale(COLOUR_MAPS[colourMap]);
  const pixels = heatmapPixels(field, { ...area, width, height }, { range, scale, relief, smooth });
  context.putImageData(new ImageData(pixels, width, height), 0, 0);
}

/** Isolines over a heat map. */
export function Isolines({ paths, area }: { paths: readonly IsolinePath[]; area: PlotArea }): ReactNode {
  return (
    <svg className={styles.layer} width={area.width} height={area.height} aria-hidden="true">
      {paths.map(({ d, stroke }) => (
        <path key={stroke} d={d} stroke={stroke} strokeWidth={ISOLINE_WIDTH} fill="none" />
      ))}
    </svg>
  );
}
