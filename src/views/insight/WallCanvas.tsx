import { type PointerEvent, type ReactNode, useEffect, useRef } from 'react';
import { cellIndex } from '../../crystal/cell.ts';
import { fieldRange } from '../../landscape/minima.ts';
import { setFocus, setHover } from '../../state/actions.ts';
import type { WallMap } from '../../state/insight/insightStore.ts';
import { useBraggscape } from '../../state/store.ts';
import { COLOUR_MAPS } from '../../ui/colourMaps.ts';
import { coloured } from '../../ui/fieldColours.ts';

/** A small map of the wall with the shared cursor and the truth. A click makes the point the current crystal. */
export function WallCanvas({ map, note }: { map: WallMap | null; note: string | null }): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const colourMap = useBraggscape(state => state.inputs.view.colourMap);
  const slice = useBraggscape(state => state.inputs.slice);
  const cell = useBraggscape(state => state.current?.cell ?? null);
  const truth = useBraggscape(state => state.structure?.cell ?? null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !map) return;
    const [nx, ny] = [map.xs.length, map.ys.length];
    context.canvas.width = nx;
    context.canvas.height = ny;
    const image = new ImageData(nx, ny);
    const colours = coloured(map.values, fieldRange(map.values), COLOUR_MAPS[colourMap]);
    // the first row of the field is the lowest
    for (let iy = 0; iy < ny; iy++)
      image.data.set(colours.subarray(4 * nx * iy, 4 * nx * (iy + 1)), 4 * nx * (ny - 1 - iy));
    context.putImageData(image, 0, 0);
  }, [map, colourMap]);
  if (!map) return <div className="wall-map" />;
  const [x0, x1, y0, y1] = [map.xs[0]!, map.xs.at(-1)!, map.ys[0]!, map.ys.at(-1)!];
  const place = (x: number, y: number): { left: string; top: string } => ({
    left: `${(100 * (x - x0)) / (x1 - x0)}%`,
    top: `${100 * (1 - (y - y0) / (y1 - y0))}%`,
  });
  const at = (event: PointerEvent): { x: number; y: number } => {
    const box = event.currentTarget.getBoundingClientRect();
    return {
      x: x0 + ((event.clientX - box.left) / box.width) * (x1 - x0),
      y: y0 + (1 - (event.clientY - box.top) / box.height) * (y1 - y0),
    };
  };
  const [cx, cy] = [cell?.[cellIndex(slice.x)], cell?.[cellIndex(slice.y)]];
  return (
    <div
      className="wall-map"
      onPointerMove={event => {
        if (event.pointerType !== 'touch') setHover(at(event));
      }}
      onPointerLeave={() => setHover(null)}
      onPointerDown={event => setFocus({ kind: 'probe', ...at(event) })}
    >
      <canvas ref={canvas} />
      {note && <span className="tag">{note}</span>}
      {truth && (
        <span
          className="wall-truth"
          style={place(truth[cellIndex(slice.x)]!, truth[cellIndex(slice.y)]!)}
          aria-hidden="true"
        >
          ★
        </span>
      )}
      {cx !== undefined && cy !== undefined && (
        <>
          <span className="wall-hair x" style={{ left: place(cx, cy).left }} />
          <span className="wall-hair y" style={{ top: place(cx, cy).top }} />
          <span className="wall-ring" style={place(cx, cy)} />
        </>
      )}
    </div>
  );
}
