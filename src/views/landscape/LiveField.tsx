import { type ReactNode, useLayoutEffect, useRef } from 'react';
import type { GridField } from '../../landscape/minima.ts';
import type { ColourMapId } from '../../ui/colourMaps.ts';
import { bricks } from './bricks.ts';
import type { MapFrame } from './mapFrame.ts';

/**
 * The heat of a map on a canvas, in a millisecond or two: what is on screen while a map grows or a control moves. Plotly,
 * which takes some fifty for heat and isolines, draws over it once the map rests.
 */
export function LiveField({
  field,
  frame,
  colourRange,
  colourMap,
  relief,
}: {
  field: GridField;
  frame: MapFrame;
  colourRange: readonly [number, number];
  colourMap: ColourMapId;
  relief: boolean;
}): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    const { width, height } = frame;
    if (!context || width < 1 || height < 1) return;
    context.canvas.width = width;
    context.canvas.height = height;
    const pixels = bricks(field, frame, colourRange, colourMap, relief);
    context.putImageData(new ImageData(pixels, width, height), 0, 0);
  }, [field, frame, colourRange, colourMap, relief]);
  return <canvas ref={canvas} className="live-field" />;
}
