import { type ReactNode, useMemo } from 'react';
import { useBraggscape } from '../../state/core/store.ts';
import { clearStarts, followRun, scrub, setSpeed } from '../../state/explore/actions.ts';
import { stopDescents } from '../../state/explore/descentJob.ts';
import { stepBy, togglePlay } from '../../state/explore/playback.ts';
import { lastStep } from '../../state/explore/selectors.ts';
import { Button } from '../../ui/Button.tsx';
import { formatNumber } from '../../ui/format.ts';
import { IconButton } from '../../ui/Icon.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { DescentChart, lossSpan } from '../DescentChart.tsx';
import { MODE_STYLES } from '../modeStyle.ts';
import styles from './Player.module.css';

/** Plays, steps and scrubs through the descents; the track carries their losses. */
export function Player(): ReactNode {
  const some = useBraggscape(state => state.inputs.starts.length > 0);
  const playing = useBraggscape(state => state.play.playing);
  const speed = useBraggscape(state => state.play.speed);
  const running = useBraggscape(state => state.runs.some(run => run.status === 'computing'));
  const last = useBraggscape(lastStep);
  if (!some)
    return (
      <section className={`${styles.player} ${styles.empty}`} aria-label="Descents over time">
        <p>No descent yet. Click the map, or press Enter on it, and three descents start there.</p>
      </section>
    );
  return (
    <section className={styles.player} aria-label="Descents over time">
      <div className={styles.buttons}>
        <IconButton name="first" label="First step" onClick={() => scrub(0)} className={styles.outer} />
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
        <IconButton name="last" label="Last step" onClick={() => scrub(last)} className={styles.outer} />
      </div>
      <StepReadout last={last} />
      <LossTrack last={last} />
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
        <Button small onClick={() => stopDescents()}>
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

function StepReadout({ last }: { last: number }): ReactNode {
  const step = useBraggscape(state => Math.round(state.play.step));
  return (
    <p className={styles.step}>
      step <b>{formatNumber(step, 0)}</b> <span>of {formatNumber(last, 0)}</span>
    </p>
  );
}

function LossTrack({ last }: { last: number }): ReactNode {
  const runs = useBraggscape(state => state.runs);
  const start = useBraggscape(state => state.play.start);
  const step = useBraggscape(state => Math.round(state.play.step));
  const shown = useMemo(() => runs.filter(run => run.start === start && run.count > 0), [runs, start]);
  const ends = useMemo(() => lossSpan(shown), [shown]);
  return (
    <div className={styles.track}>
      <DescentChart
        runs={shown}
        last={last}
        step={last}
        height={40}
        margin={{ left: 44, right: 8, top: 5, bottom: 13 }}
        loss={{ ticks: ends, format: loss => formatNumber(loss, 2), grid: false }}
      >
        {({ x }) => <path d={`M${x(step)} 2V36`} stroke="var(--current)" />}
      </DescentChart>
      <input
        type="range"
        aria-label="Step of the descents"
        aria-valuetext={`step ${step} of ${last}`}
        min={0}
        max={Math.max(1, last)}
        step={1}
        value={step}
        onChange={event => scrub(Number(event.target.value))}
      />
    </div>
  );
}

/** Descent whose step is the current crystal. */
function FollowSelect(): ReactNode {
  const starts = useBraggscape(state => state.inputs.starts.length);
  const modes = useBraggscape(state => state.inputs.descent.modes);
  const follow = useBraggscape(state => state.play.follow);
  const start = useBraggscape(state => state.play.start);
  const options = Array.from({ length: starts }, (_, i) =>
    MODE_STYLES.filter(style => modes.includes(style.id)).map(style => ({
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
        const style = MODE_STYLES.find(entry => entry.id === mode);
        if (style) followRun(Number(index), style.id);
      }}
    />
  );
}
