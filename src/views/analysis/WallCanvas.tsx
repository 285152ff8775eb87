import { type PointerEvent, type ReactNode, useMemo } from 'react';
import { cellIndex } from '../../crystal/cell.ts';
import { fieldRange } from '../../landscape/minima.ts';
import type { WallMap } from '../../state/analysis/analysisSlice.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { setFocus, setHover } from '../../state/explore/actions.ts';
import { Heatmap } from '../../ui/Heatmap.tsx';
import { useSize } from '../../ui/useSize.ts';
import { fromPixel, type MapFrame, toX, toY } from '../map/mapFrame.ts';
import tools from './AnalysisPanel.module.css';
import styles from './WallCanvas.module.css';

/** A small map of the wall with the shared cursor and the truth. A click makes the point the current crystal. */
export function WallCanvas({ map, note }: { map: WallMap | null; note: string | null }): ReactNode {
  const [box, size] = useSize<HTMLDivElement>();
  const colourMap = useBraggscape(state => state.inputs.view.colourMap);
  const slice = useBraggscape(state => state.inputs.slice);
  const cell = useBraggscape(state => state.current?.cell ?? null);
  const truth = useBraggscape(state => state.structure?.cell ?? null);
  const frame = useMemo(
    (): MapFrame | null =>
      map && {
        ...{ left: 0, top: 0, ...size },
        xRange: [map.xs[0]!, map.xs.at(-1)!],
        yRange: [map.ys[0]!, map.ys.at(-1)!],
      },
    [map, size],
  );
  const at = (event: PointerEvent): { x: number; y: number } => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return fromPixel(frame!, event.clientX - left, event.clientY - top);
  };
  const placeOf = (place: ArrayLike<number> | null): { left: number; top: number } | null =>
    frame &&
    place && {
      left: toX(frame, place[cellIndex(slice.x)]!),
      top: toY(frame, place[cellIndex(slice.y)]!),
    };
  const [star, cursor] = [placeOf(truth), placeOf(cell)];
  return (
    <div
      className={styles.map}
      data-testid="wall-map"
      ref={box}
      onPointerMove={event => {
        if (frame && event.pointerType !== 'touch') setHover(at(event));
      }}
      onPointerLeave={() => setHover(null)}
      onPointerDown={event => frame && setFocus({ kind: 'probe', ...at(event) })}
    >
      {map && frame && (
        <Heatmap field={map} area={frame} range={fieldRange(map.values)} colourMap={colourMap} />
      )}
      {map && note && <span className={`${tools.tag} ${styles.tag}`}>{note}</span>}
      {star && (
        <span className={styles.truth} style={star} aria-hidden="true">
          ★
        </span>
      )}
      {cursor && (
        <>
          <span className={`${styles.hair} ${styles.x}`} style={{ left: cursor.left }} />
          <span className={`${styles.hair} ${styles.y}`} style={{ top: cursor.top }} />
          <span className={styles.ring} data-testid="wall-cursor" style={cursor} />
        </>
      )}
    </div>
  );
}
