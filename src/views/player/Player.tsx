import { type ReactNode, useMemo } from 'react';
import { store, useBraggscape, useSeveral } from '../../state/core/store.ts';
import { clearStarts, followRun, setSpeed } from '../../state/explore/actions.ts';
import { stopContinued } from '../../state/explore/continuedJob.ts';
import { stageSpan } from '../../state/explore/continuedRun.ts';
import { stopDescents } from '../../state/explore/descentJob.ts';
import { goTo, stepBy, togglePlay } from '../../state/explore/playback.ts';
import { continuedOf, lastStep, pathsOf, playsContinued, shownStage } from '../../state/explore/selectors.ts';
import { placeOnTrack, type Timeline, timelineOf } from '../../state/explore/timeline.ts';
import { Button } from '../../ui/Button.tsx';
import type { ChartFrame } from '../../ui/Chart.tsx';
import { formatNumber } from '../../ui/format.ts';
import { IconButton } from '../../ui/Icon.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { DescentChart, lossSpan } from '../DescentChart.tsx';
import { PATH_STYLES } from '../modeStyle.ts';
import { widthName } from '../widthName.ts';
import styles from './Player.module.css';

/** Plays, steps and scrubs through the descents; the track carries their losses. */
export function Player(): ReactNode {
  const some = useBraggscape(state => state.inputs.starts.length > 0);
  const playing = useBraggscape(state => state.play.playing);
  const speed = useBraggscape(state => state.play.speed);
  const running = useBraggscape(state => pathsOf(state).some(run => run.status === 'computing'));
  const paths = useSeveral(pathsOf);
  const timeline = useMemo(() => timelineOf(paths), [paths]);
  if (!some)
    return (
      <section className={`${styles.player} ${styles.empty}`} aria-label="Descents over time">
        <p>No descent yet. Click the map, or press Enter on it, and three descents start there.</p>
      </section>
    );
  return (
    <section className={styles.player} aria-label="Descents over time">
      <div className={styles.buttons}>
        <IconButton
          name="first"
          label="First step"
          onClick={() => goToPlace(timeline, 0)}
          className={styles.outer}
        />
        <IconButton name="previous" label="One step back" onClick={() => stepBy(-1)} />
        <Button
          kind="primary"
          className={styles.play}
          onClick={togglePlay}
          aria-label={playing ? 'Pause' : 'Play'}
        >
          <PlayIcon playing={playing} />
        </Button>
        <IconButton name="next" label="One step on" onClick={() => stepBy(1)} />
        <IconButton
          name="last"
          label="Last step"
          onClick={() => goToPlace(timeline, timeline.length)}
          className={styles.outer}
        />
      </div>
      <StepReadout />
      <LossTrack timeline={timeline} />
      <span className={styles.follow}>
        <span className="quiet">follow</span>
        <FollowSelect />
      </span>
      <Segmented
        label="Speed"
        small
        value={speed}
        options={[
          { value: 0.25, label: '¼×', title: 'A quarter of the speed' },
          { value: 1, label: '1×', title: 'Normal speed' },
          { value: 4, label: '4×', title: 'Four times the speed' },
        ]}
        onChange={setSpeed}
      />
      {running ? (
        <Button
          small
          onClick={() => {
            stopDescents();
            stopContinued();
          }}
        >
          Stop
        </Button>
      ) : (
        <Button small onClick={clearStarts}>
          Clear
        </Button>
      )}
    </section>
  );
}

function PlayIcon({ playing }: { playing: boolean }): ReactNode {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">
      <path d={playing ? 'M4 3h3v10H4zM9 3h3v10H9z' : 'M5 3.2 13 8l-8 4.8z'} />
    </svg>
  );
}

/** Shows what is at a place along the track. */
function goToPlace({ descents, scale }: Timeline, place: number): void {
  const { plain } = store.getState().play;
  if (place <= descents || scale === 0) goTo(plain, place);
  else goTo('continued', Math.round((place - descents) / scale));
}

function StepReadout(): ReactNode {
  const last = useBraggscape(lastStep);
  const step = useBraggscape(state => Math.min(last, Math.round(state.play.step)));
  const stage = useBraggscape(shownStage);
  const stages = useBraggscape(state => continuedOf(state)?.widths.length ?? 0);
  return (
    <p className={styles.step}>
      {stage !== null && (
        <span className={styles.stages}>
          stage <b>{stage + 1}</b> of {stages},{' '}
        </span>
      )}
      step <b>{formatNumber(step, 0)}</b> <span>of {formatNumber(last, 0)}</span>
    </p>
  );
}

function LossTrack({ timeline }: { timeline: Timeline }): ReactNode {
  const paths = useSeveral(pathsOf);
  const start = useBraggscape(state => state.play.start);
  const last = useBraggscape(lastStep);
  const step = useBraggscape(state => Math.min(last, Math.round(state.play.step)));
  const stage = useBraggscape(shownStage);
  const follow = useBraggscape(state => (playsContinued(state) ? 'continued' : state.play.plain));
  const shown = useMemo(() => paths.filter(run => run.start === start && run.count > 0), [paths, start]);
  const ends = useMemo(() => lossSpan(shown), [shown]);
  const at = placeOnTrack(timeline, follow, step);
  return (
    <div className={styles.track}>
      <DescentChart
        runs={shown}
        timeline={timeline}
        at={timeline.length}
        height={40}
        margin={{ left: 44, right: 8, top: 5, bottom: 13 }}
        loss={{ ticks: ends, format: loss => formatNumber(loss, 2), grid: false }}
      >
        {frame => (
          <>
            <StageMarks frame={frame} timeline={timeline} />
            <path d={`M${frame.x(at)} 2V36`} stroke="var(--current)" />
          </>
        )}
      </DescentChart>
      <input
        type="range"
        aria-label="Step of the descents"
        aria-valuetext={`${stage === null ? '' : `continued, stage ${stage + 1}, `}step ${step} of ${last}`}
        min={0}
        max={Math.max(1, timeline.length)}
        step={1}
        value={at}
        onChange={event => goToPlace(timeline, Number(event.target.value))}
        onKeyDown={event => {
          const by = STEP_KEYS[event.key];
          if (by === undefined) return;
          // a step of the continued path is many units of the track
          event.preventDefault();
          stepBy(by);
        }}
      />
    </div>
  );
}

const STEP_KEYS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
};

/** The stages of the continued path along the track, with their widths where there is room. */
function StageMarks({ frame, timeline }: { frame: ChartFrame; timeline: Timeline }): ReactNode {
  const run = useBraggscape(continuedOf);
  if (!run) return null;
  return run.widths.map((width, stage) => {
    const [first, last] = stageSpan(run, stage);
    const [from, to] = [first, last].map(step => frame.x(placeOnTrack(timeline, 'continued', step)));
    return (
      <g key={width} className={styles.stage}>
        <path d={`M${from} 1V${frame.bottom}`} />
        {to! - from! > 26 && (
          <text x={from! + 3} y={9}>
            {widthName(width, run.smoothing)}
          </text>
        )}
      </g>
    );
  });
}

/** Descent whose step is the current crystal. */
function FollowSelect(): ReactNode {
  const starts = useBraggscape(state => state.inputs.starts.length);
  const modes = useBraggscape(state => state.inputs.descent.modes);
  const continued = useBraggscape(state => state.continued.some(run => run.count > 0));
  const follow = useBraggscape(state => state.play.follow);
  const start = useBraggscape(state => state.play.start);
  const options = Array.from({ length: starts }, (_, i) =>
    PATH_STYLES.filter(({ id }) => (id === 'continued' ? continued : modes.includes(id))).map(style => ({
      value: `${i} ${style.id}`,
      label: starts > 1 ? `${style.name}, start ${i + 1}` : style.name,
    })),
  ).flat();
  return (
    <Select
      label="Descent to follow"
      value={`${start} ${follow}`}
      options={options}
      onChange={value => {
        const [index = '0', mode] = value.split(' ');
        const style = PATH_STYLES.find(entry => entry.id === mode);
        if (style) followRun(Number(index), style.id);
      }}
    />
  );
}
