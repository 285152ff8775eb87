import { type ReactNode, useId } from 'react';
import { useBraggscape, useSeveral } from '../../state/core/store.ts';
import { type ContinuedRun, stageSpan } from '../../state/explore/continuedRun.ts';
import type { MapState } from '../../state/explore/exploreState.ts';
import { goTo } from '../../state/explore/playback.ts';
import { continuedOf, pathsOf, shownStage } from '../../state/explore/selectors.ts';
import { ModeMarker } from '../ModeMarker.tsx';
import { DescentPath } from '../map/DescentPath.tsx';
import { descentAt, descentPaths } from '../map/descentPaths.ts';
import { MiniMap } from '../map/MiniMap.tsx';
import type { MapFrame } from '../map/mapFrame.ts';
import { modeStyle } from '../modeStyle.ts';
import { widthName } from '../widthName.ts';
import styles from './StageLadder.module.css';

/** Of the line widths and dashes of the large map. */
const SCALE = 0.62;
const LABEL = 17;
const GAP = 8;

/**
 * The way down: a small map for each stage of the continued path, wide to narrow, with the path as far as the stage goes.
 * Choosing one shows it large; the arrow keys go from stage to stage.
 * @param room pixels along the ladder
 */
export function StageLadder({ room, upright }: { room: number; upright: boolean }): ReactNode {
  const run = useBraggscape(continuedOf);
  const maps = useBraggscape(state => state.stageMaps);
  const plain = useBraggscape(state => state.map);
  const chosen = useBraggscape(shownStage);
  const name = useId();
  if (!run) return null;
  const count = run.widths.length;
  const side = Math.floor(Math.min(112, (room - (count - 1) * GAP) / count - (upright ? LABEL : 0)));
  if (side < 40) return null;
  return (
    <div
      className={`${styles.ladder} ${upright ? styles.upright : ''}`}
      role="radiogroup"
      aria-label="Stages of the continued path"
      data-part="stage-ladder"
    >
      {run.widths.map((width, stage) => {
        const map = width > 0 ? maps.find(entry => entry.width === width) : plain;
        const title =
          width > 0
            ? `Stage ${stage + 1}: every peak smoothed by ${widthName(width)}`
            : `Stage ${stage + 1}: the patterns as they are`;
        return (
          <label key={width} title={title} style={{ width: side }}>
            <input
              type="radio"
              name={name}
              aria-label={title}
              checked={chosen === stage}
              onChange={() => goTo('continued', stageSpan(run, stage)[1])}
            />
            <span className={styles.picture} style={{ width: side, height: side }}>
              {map ? (
                <MiniMap map={map} side={side} lines={false} marks={false}>
                  {frame => <StagePaths run={run} stage={stage} map={map} frame={frame} />}
                </MiniMap>
              ) : (
                <span className="quiet">…</span>
              )}
            </span>
            <span className={styles.name}>{widthName(width)}</span>
          </label>
        );
      })}
    </div>
  );
}

/** The continued path to the end of a stage; under the plain patterns the descents too. */
function StagePaths({
  run,
  stage,
  map: { slice },
  frame,
}: {
  run: ContinuedRun;
  stage: number;
  map: MapState;
  frame: MapFrame;
}): ReactNode {
  const paths = useSeveral(pathsOf);
  const last = stage === run.widths.length - 1;
  const drawn = last ? paths.filter(path => path.start === run.start) : [run];
  return descentPaths(drawn, frame, slice).map(entry => {
    const { mode, count } = entry.run;
    const step = mode === 'continued' ? stageSpan(run, stage)[1] : count - 1;
    const { d, at } = descentAt(entry, frame, slice, step);
    const style = modeStyle(mode);
    return (
      <g key={mode}>
        <DescentPath d={d} style={style} scale={SCALE} />
        <ModeMarker kind={style.marker} x={at[0]} y={at[1]} fill={style.onMap} stroke="#fff" />
      </g>
    );
  });
}
