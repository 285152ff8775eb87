import { type ReactNode, useId } from 'react';
import { useBraggscape, useSeveral } from '../../state/core/store.ts';
import { stageSpan } from '../../state/explore/continuedRun.ts';
import { goTo } from '../../state/explore/playback.ts';
import { continuedOf, pathsOf, shownStage } from '../../state/explore/selectors.ts';
import { MiniMap } from '../map/MiniMap.tsx';
import { StagePaths } from '../map/StagePaths.tsx';
import { widenedBy, widthName } from '../widthName.ts';
import styles from './StageLadder.module.css';

const GAP = 6;
/** Stages of the longest usual path; room is kept for them before there is one, so that the map does not move. */
const STAGES = 6;
const LARGEST = 112;
/** In one column where a map has so many pixels, in two where not. */
const LEAST = 52;
const IN_TWO = 64;

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
  const all = useSeveral(pathsOf);
  const name = useId();
  const awaited = useBraggscape(state => state.inputs.descent.continued);
  if (!run && !awaited) return null;
  const widths = run?.widths ?? [];
  const paths = run ? [...all.filter(path => path.start === run.start && path !== run), run] : [];
  const count = Math.max(STAGES, widths.length);
  const sideOf = (n: number): number => Math.floor((room - (n - 1) * GAP) / n);
  const columns = upright && sideOf(count) < LEAST ? 2 : 1;
  const side =
    columns === 2 ? Math.min(IN_TWO, sideOf(Math.ceil(count / 2))) : Math.min(LARGEST, sideOf(count));
  return (
    <div
      className={`${styles.ladder} ${upright ? styles.upright : ''}`}
      style={upright ? { gridTemplateColumns: `repeat(${columns}, ${side}px)` } : { minHeight: side + 8 }}
      {...(run && widths.length > 0
        ? { role: 'radiogroup', 'aria-label': 'Stages of the continued path', 'data-part': 'stage-ladder' }
        : { 'aria-hidden': true })}
    >
      {run &&
        widths.map((width, stage) => {
          const map = width > 0 ? maps.find(entry => entry.width === width) : plain;
          const title =
            width > 0
              ? `Stage ${stage + 1}: ${widenedBy(width, run.smoothing)}`
              : `Stage ${stage + 1}: the patterns as they are`;
          return (
            <label key={width} title={title} style={{ width: side }}>
              <input
                type="radio"
                name={name}
                aria-label={title}
                checked={chosen === stage}
                readOnly
                // No change event: the stage that is playing is chosen already, and a click on it stops there.
                onClick={() => goTo('continued', stageSpan(run, stage)[1])}
              />
              <span className={styles.picture} style={{ width: side, height: side }}>
                {map ? (
                  <MiniMap map={map} side={side} lines={false} marks={false}>
                    {frame => <StagePaths paths={paths} stage={stage} slice={map.slice} frame={frame} />}
                  </MiniMap>
                ) : (
                  <span className="quiet">…</span>
                )}
                <span className={styles.name}>{widthName(width, run.smoothing)}</span>
              </span>
            </label>
          );
        })}
    </div>
  );
}
