import { type ReactNode, type Ref, useMemo, useRef } from 'react';
import { sliceParameter } from '../../landscape/slice.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { Heatmap, Isolines } from '../../ui/Heatmap.tsx';
import { Plot } from '../../ui/Plot.tsx';
import { plainName } from '../CellParameter.tsx';
import { FadingMap } from './FadingMap.tsx';
import { MapOverlay } from './MapOverlay.tsx';
import styles from './MapSurface.module.css';
import { toX, toY } from './mapFrame.ts';
import { heatOf, mapPicture } from './mapPicture.ts';
import { useMapPointer } from './useMapPointer.ts';
import type { MapScene } from './useMapScene.ts';
import { useRested } from './useRested.ts';

const NAMES = { loss: 'Loss', energy: 'Energy', blend: 'Blend of loss and energy' } as const;

/** The room that a map fills. */
export const MapBox = ({ ref, children }: { ref: Ref<HTMLDivElement>; children: ReactNode }): ReactNode => (
  <div className={styles.box} data-part="map-box" ref={ref}>
    {children}
  </div>
);

/** A map with everything on it, under the pointer and the keys; the loss unless `quantity` says otherwise. */
export function MapSurface({
  scene,
  width,
  height,
  quantity = 'loss',
  below,
  children,
}: {
  scene: MapScene;
  width: number;
  height: number;
  quantity?: 'loss' | 'energy' | 'blend';
  /** SVG below and above all other marks, inside the plot area and in the pixels of the pane. */
  below?: ReactNode;
  children?: ReactNode;
}): ReactNode {
  const surface = useRef<HTMLDivElement>(null);
  const { heat: coloured, relief, colourMap, lines } = useBraggscape(state => state.inputs.view);
  const { frame, map, stale, colourRange, slice } = scene;
  useMapPointer(surface, scene);
  const [lowest, highest] = colourRange;
  const heat = useMemo(
    () => map && heatOf(map, frame, [lowest, highest], { heat: coloured, relief, colourMap }),
    [map, frame, lowest, highest, coloured, relief, colourMap],
  );
  const rests = useRested(map, map?.final ?? false) === map;
  // Isolines without heat have nothing that stands in for them.
  const lined = rests || !coloured;
  const picture = useMemo(
    () =>
      lined
        ? mapPicture(
            { map, frame, colourRange: [lowest, highest] },
            { heat: coloured, relief, colourMap, lines },
          )
        : null,
    [map, frame, lowest, highest, coloured, relief, colourMap, lines, lined],
  );
  const label = `${NAMES[quantity]} over ${plainName(sliceParameter(slice, 'x'))} and ${plainName(sliceParameter(slice, 'y'))}. Arrow keys move the probe, with Shift by ten; Enter starts descents there.`;
  return (
    // The keys of the page (arrows, Enter) act on it.
    <div
      className={styles.surface}
      ref={surface}
      role="application"
      aria-roledescription={`${quantity} map`}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys and Enter act on it
      tabIndex={0}
      data-testid={quantity === 'loss' ? 'map' : `${quantity}-map`}
    >
      <div
        className={styles.ground}
        data-testid="map-area"
        style={{ left: frame.left, top: frame.top, width: frame.width, height: frame.height }}
      >
        {map && <Hatch scene={scene} />}
        {map && (
          <div className={stale ? styles.stale : ''}>
            <Plot
              map={rests ? picture : null}
              label={`Map of the ${quantity} over ${slice.x} and ${slice.y}`}
            >
              {heat && <Heatmap {...heat} />}
              {picture && <Isolines paths={picture.isolines} area={frame} />}
            </Plot>
            <FadingMap heat={heat} width={scene.width} />
          </div>
        )}
      </div>
      <MapOverlay scene={scene} width={width} height={height} below={below}>
        {children}
      </MapOverlay>
    </div>
  );
}

/** Under the computed area: shows through where a cell does not exist. */
function Hatch({ scene: { map, frame } }: { scene: MapScene }): ReactNode {
  if (!map) return null;
  const { xRange, yRange } = map.slice;
  const left = toX(frame, xRange[0]) - frame.left;
  const top = toY(frame, yRange[1]) - frame.top;
  const style = {
    left,
    top,
    width: toX(frame, xRange[1]) - frame.left - left,
    height: toY(frame, yRange[0]) - frame.top - top,
  };
  return <div className={styles.hatch} style={style} />;
}
