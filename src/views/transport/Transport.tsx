import { type ReactNode, useMemo } from 'react';
import { clearStarts, followRun, scrub, setSpeed } from '../../state/actions.ts';
import { stopDescents } from '../../state/descentJob.ts';
import { stepBy, togglePlay } from '../../state/playback.ts';
import { lastStep } from '../../state/selectors.ts';
import { useBraggscape } from '../../state/store.ts';
import { formatNumber } from '../../ui/format.ts';
import { IconButton } from '../../ui/Icon.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { useSize } from '../../ui/useSize.ts';
import { lookOf, MODE_LOOKS } from '../modeLook.ts';
import { curvePoints, lossSpan } from './lossCurves.ts';
import './transport.css';

/** Plays, steps and scrubs through the descents; the track carries their losses. */
export function Transport(): ReactNode {
  const some = useBraggscape(state => state.inputs.starts.length > 0);
  const playing = useBraggscape(state => state.play.playing);
  const speed = useBraggscape(state => state.play.speed);
  const running = useBraggscape(state => state.runs.some(run => run.status === 'running'));
  const last = useBraggscape(lastStep);
  if (!some)
    return (
      <section className="transport empty" aria-label="Descents over time">
        <p>No descent yet. Click the map, or press Enter on it, and three descents start there.</p>
      </section>
    );
  return (
    <section className="transport" aria-label="Descents over time">
      <div className="transport-buttons">
        <IconButton name="first" label="First step" onClick={() => scrub(0)} className="first" />
        <IconButton name="previous" label="One step back" onClick={() => stepBy(-1)} />
        <button
          type="button"
          className="button primary play"
          onClick={togglePlay}
          aria-label={playing ? 'Pause' : 'Play'}
        >
          <PlayIcon playing={playing} />
        </button>
        <IconButton name="next" label="One step on" onClick={() => stepBy(1)} />
        <IconButton name="last" label="Last step" onClick={() => scrub(last)} className="last" />
      </div>
      <StepReadout last={last} />
      <LossTrack last={last} />
      <span className="transport-follow">
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
        <button type="button" className="button small" onClick={() => stopDescents()}>
          Stop
        </button>
      ) : (
        <button type="button" className="button small" onClick={clearStarts}>
          Clear
        </button>
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
    <p className="transport-step">
      step <b>{formatNumber(step, 0)}</b> <span>of {formatNumber(last, 0)}</span>
    </p>
  );
}

const TRACK_HEIGHT = 40;

function LossTrack({ last }: { last: number }): ReactNode {
  const [box, { width }] = useSize<HTMLDivElement>();
  const runs = useBraggscape(state => state.runs);
  const start = useBraggscape(state => state.play.start);
  const step = useBraggscape(state => Math.round(state.play.step));
  const shown = useMemo(() => runs.filter(run => run.start === start && run.count > 0), [runs, start]);
  const span = useMemo(() => lossSpan(shown), [shown]);
  const inner = Math.max(1, width - 44 - 8);
  const curves = useMemo(
    () => shown.map(run => ({ run, points: curvePoints(run.losses, run.count, last, span, inner) })),
    [shown, last, span, inner],
  );
  const x = (at: number): number => 44 + (last > 0 ? (at / last) * inner : 0);
  const top = 5;
  const chart = 22;
  return (
    <div className="transport-track" ref={box}>
      <svg width={width} height={TRACK_HEIGHT} aria-hidden="true">
        <g className="axes">
          <text x="38" y={top + 4} textAnchor="end">
            {formatNumber(span[1], 2)}
          </text>
          <text x="38" y={top + chart + 4} textAnchor="end">
            {formatNumber(span[0], 2)}
          </text>
        </g>
        {curves.map(({ run, points }) => {
          const look = lookOf(run.mode);
          const end = points.at(-1) ?? [0, 0];
          const [ex, ey] = [44 + end[0], top + end[1] * chart];
          return (
            <g key={run.mode}>
              <polyline
                points={points
                  .map(([px, share]) => `${(44 + px).toFixed(1)},${(top + share * chart).toFixed(1)}`)
                  .join(' ')}
                fill="none"
                stroke={look.line}
                strokeWidth={look.marker === 'circle' ? 2 : 1.6}
                strokeDasharray={look.marker === 'circle' ? '0.1 3.4' : look.dash ? '5 3' : undefined}
                strokeLinecap={look.marker === 'circle' ? 'round' : 'butt'}
              />
              {look.marker === 'circle' && <circle cx={ex} cy={ey} r="3" fill={look.line} />}
              {look.marker === 'square' && (
                <rect x={ex - 3} y={ey - 3} width="6" height="6" fill={look.line} />
              )}
              {look.marker === 'diamond' && <path d={`M${ex} ${ey - 4}l4 4-4 4-4-4z`} fill={look.line} />}
            </g>
          );
        })}
        <line x1={x(step)} x2={x(step)} y1="2" y2={TRACK_HEIGHT - 4} className="transport-now" />
      </svg>
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

/** Whose step is the current crystal. */
function FollowSelect(): ReactNode {
  const starts = useBraggscape(state => state.inputs.starts.length);
  const modes = useBraggscape(state => state.inputs.descent.modes);
  const follow = useBraggscape(state => state.play.follow);
  const start = useBraggscape(state => state.play.start);
  const options = Array.from({ length: starts }, (_, i) =>
    MODE_LOOKS.filter(look => modes.includes(look.id)).map(look => ({
      value: `${i} ${look.id}`,
      label: starts > 1 ? `${look.name}, start ${i + 1}` : look.name,
    })),
  ).flat();
  return (
    <Select
      label="Descent to follow"
      value={`${start} ${follow}`}
      options={options}
      onChange={value => {
        const [index = '0', mode] = value.split(' ');
        const look = MODE_LOOKS.find(entry => entry.id === mode);
        if (look) followRun(Number(index), look.id);
      }}
    />
  );
}
