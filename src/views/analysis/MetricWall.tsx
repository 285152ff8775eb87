import { type PointerEvent, type ReactNode, useEffect, useMemo } from 'react';
import { fieldRange } from '../../landscape/minima.ts';
import { sliceParameter, slicePlaces } from '../../landscape/slice.ts';
import type { Loss } from '../../losses/loss.ts';
import { LOSSES, lossFor } from '../../losses/registry.ts';
import type { Point } from '../../model/parameter.ts';
import { setAnalysis } from '../../state/analysis/analysisSettings.ts';
import type { WallMap } from '../../state/analysis/analysisSlice.ts';
import { startAnalysis } from '../../state/analysis/startAnalysis.ts';
import { WALL_SIDE, wallJob } from '../../state/analysis/wallJob.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { setFocus, setHover, setLoss } from '../../state/explore/actions.ts';
import { askedSlice } from '../../state/explore/selectors.ts';
import { Button } from '../../ui/Button.tsx';
import { formatNumber, formatPercent } from '../../ui/format.ts';
import { Heatmap } from '../../ui/Heatmap.tsx';
import { linePath } from '../../ui/linePath.ts';
import { useSize } from '../../ui/useSize.ts';
import { axisTitle } from '../CellParameter.tsx';
import { fromPixel, type MapFrame, toX, toY } from '../map/mapFrame.ts';
import { ProgressLine } from '../ProgressLine.tsx';
import { SettingInput } from '../SettingRow.tsx';
import { useLossScale } from '../useLossScale.ts';
import tools from './AnalysisPanel.module.css';
import styles from './MetricWall.module.css';

/** The same slice under all losses, with one cursor. */
export function MetricWall(): ReactNode {
  useEffect(startAnalysis, []);
  const wall = useBraggscape(state => state.analysis.wall);
  const job = useBraggscape(state => state.analysis.wallJob);
  const scale = useLossScale();
  const slice = useBraggscape(askedSlice);
  return (
    <div className={styles.wall} data-testid="wall">
      <ul>
        {LOSSES.map(({ id }) => (
          <li key={id}>
            <Tile loss={lossFor(id, scale)} map={wall.find(entry => entry.loss === id) ?? null} />
          </li>
        ))}
        <li className={styles.note}>
          <p>
            The same slice
            {slice &&
              `, ${axisTitle(sliceParameter(slice, 'x'))} to the right and ${axisTitle(sliceParameter(slice, 'y'))} upwards`}
            , under every loss. Low is dark; each map has the range that stands below it, since their units
            differ.
          </p>
          <p>
            The cursor is shared. Minima are those deeper than 0.9 % of the range. A bowl is easy to descend;
            pits are traps.
          </p>
          <ProgressLine className={tools.status} progress={job} unit="points" cancel={wallJob.cancel} />
          <p className="quiet">
            At most {WALL_SIDE} × {WALL_SIDE} points each, float64 on the CPU.
          </p>
        </li>
      </ul>
    </div>
  );
}

function Tile({ loss, map }: { loss: Loss; map: WallMap | null }): ReactNode {
  const [low, high] = map ? fieldRange(map.values) : [0, 1];
  const digits = high - low > 20 ? 0 : 2;
  return (
    <article aria-label={`${loss.label} loss`} data-loss={loss.id}>
      <header>
        <h3>{loss.label}</h3>
        <span className="spacer" />
        <Button
          kind="text"
          onClick={() => {
            setLoss(loss.id);
            setAnalysis({ view: 'map' });
          }}
        >
          Open<span className="visually-hidden"> {loss.label}</span>
        </Button>
      </header>
      <WallCanvas map={map} note={loss.beyondPaper ? 'not in the paper' : null} />
      <p data-part="figures" className={styles.figures}>
        {map ? (
          <>
            <b>{map.roughness.minima}</b> {map.roughness.minima === 1 ? 'minimum' : 'minima'},{' '}
            {formatPercent(map.roughness.nonConvex, 0)} not convex
            <span className="spacer" />
            <span className="quiet">
              {formatNumber(low, digits)} to {formatNumber(high, digits)}
              {loss.id === 'wasserstein' ? '°' : ''}
            </span>
          </>
        ) : (
          <span className="quiet">being computed</span>
        )}
      </p>
      {loss.id === 'gpwdf' && (
        <p className={styles.width}>
          <span aria-hidden="true">
            <i>α</i>
          </span>
          <SettingInput of="lossAlpha" />
        </p>
      )}
      <Sparkline loss={loss} />
    </article>
  );
}

/** The loss along the profile line, in its own range. */
function Sparkline({ loss }: { loss: Loss }): ReactNode {
  const profile = useBraggscape(
    state => state.analysis.profiles.find(entry => entry.loss === loss.id) ?? null,
  );
  if (!profile) return null;
  const [low, high] = fieldRange(profile.values);
  return (
    <svg
      className={styles.profile}
      viewBox="0 0 200 36"
      preserveAspectRatio="none"
      role="img"
      aria-label={`${loss.label} along the profile line`}
    >
      <path
        className={styles.line}
        d={linePath(
          profile.values,
          i => (200 * i) / (profile.values.length - 1),
          value => 34 - (32 * (value - low)) / (high - low || 1),
        )}
      />
    </svg>
  );
}

/** A small map of the wall with the shared cursor and the truth. A click makes the point the current crystal. */
function WallCanvas({ map, note }: { map: WallMap | null; note: string | null }): ReactNode {
  const [box, size] = useSize<HTMLDivElement>();
  const colourMap = useBraggscape(state => state.inputs.view.colourMap);
  const slice = useBraggscape(askedSlice);
  const current = useBraggscape(state => state.current?.point ?? null);
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
  const placeOf = (point: Point | null): { left: number; top: number } | null => {
    if (!frame || !slice || !point || point.length !== slice.base.length) return null;
    const [px, py] = slicePlaces(slice);
    return { left: toX(frame, point[px]!), top: toY(frame, point[py]!) };
  };
  const [star, cursor] = [placeOf(slice?.base ?? null), placeOf(current)];
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
        <Heatmap field={map} area={frame} range={fieldRange(map.values)} colourMap={colourMap} smooth />
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
