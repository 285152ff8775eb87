import type { ReactNode } from 'react';
import { useBraggscape } from '../../state/store.ts';
import { studyStore, useStudy } from '../../state/study/studyStore.ts';
import { type FinishedTrial, STRICT } from '../../study/record.ts';
import { CRITERIA } from '../../study/summary.ts';
import { trialId } from '../../study/trialKey.ts';
import { formatNumber, formatPercent } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import { useSize } from '../../ui/useSize.ts';
import { settingLook } from './settingLook.ts';
import type { Shown } from './shown.ts';

/** What a strip measures: how far an end is from the truth, on a logarithmic axis, with the strict limit. */
interface Measure {
  readonly label: string;
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  readonly limit: number;
  readonly text: (value: number) => string;
  readonly value: (trial: FinishedTrial) => number;
}

const LATTICE: readonly Measure[] = [
  {
    label: 'worst length, off by',
    low: 1e-4,
    high: 1,
    ticks: [1e-4, 1e-3, 1e-2, 0.1, 1],
    limit: STRICT.length,
    text: value => formatPercent(value, value < 0.001 ? 2 : value < 0.01 ? 1 : 0),
    value: ({ off }) => off[0],
  },
  {
    label: 'worst angle, off by',
    low: 1e-2,
    high: 100,
    ticks: [0.01, 0.1, 1, 10, 100],
    limit: STRICT.angle,
    text: value => `${value}°`,
    value: ({ off }) => off[1],
  },
];

const COORDINATES: readonly Measure[] = [
  {
    label: 'largest displacement / Å',
    low: 1e-3,
    high: 10,
    ticks: [1e-3, 1e-2, 0.1, 1, 10],
    limit: STRICT.displacement,
    text: value => formatNumber(value, value < 0.01 ? 3 : value < 0.1 ? 2 : value < 1 ? 1 : 0),
    value: ({ match }) => (match.maximum ?? Number.NaN) * match.freeLength,
  },
];

const ROW = 46;
const LEFT = 118;
const RIGHT = 16;

/** Where descents end: one strip a setting, every trial a mark. */
export function StripPanel({ shown, level }: { shown: Shown; level: number | null }): ReactNode {
  const { noise } = useBraggscape(state => state.inputs.study);
  const trials = shown.trials.filter(({ sigma }) => sigma === level);
  return (
    <section className="study-panel" aria-labelledby="study-strips">
      <header>
        <h2 id="study-strips">Where descents end, σ = {level ?? '–'}</h2>
        <Info about="the strips">
          <p>
            Every mark is a trial; its height within the strip is only there to keep marks apart. The line is
            the limit of strict recovery: lengths within 0.5 %, angles within 0.5°; for coordinates a match
            with no atom further than 0.05 Å from its place. Filled marks count as success by the criterion
            chosen. What is nearer to the truth than the axis shows stands at its left end.
          </p>
        </Info>
      </header>
      <div className="strips">
        {(noise === 'lattice' ? LATTICE : COORDINATES).map(measure => (
          <Strips key={measure.label} measure={measure} trials={trials} shown={shown} />
        ))}
      </div>
    </section>
  );
}

function Strips({
  measure,
  trials,
  shown,
}: {
  measure: Measure;
  trials: readonly FinishedTrial[];
  shown: Shown;
}): ReactNode {
  const [box, { width }] = useSize<HTMLDivElement>();
  const criterion = useBraggscape(state => state.inputs.study.criterion);
  const selected = useStudy(state => state.selected);
  const inner = width - LEFT - RIGHT;
  const height = ROW * shown.settings.length + 40;
  const x = (value: number): number => {
    const { low, high } = measure;
    const clamped = Math.min(high, Math.max(low, value));
    return LEFT + (inner * Math.log(clamped / low)) / Math.log(high / low);
  };
  return (
    <div ref={box}>
      {inner > 80 && (
        <svg width={width} height={height} role="img" aria-label={`${measure.label} the truth, by setting`}>
          {measure.ticks.map(tick => (
            <g key={tick}>
              <line x1={x(tick)} x2={x(tick)} y1={4} y2={height - 36} stroke="var(--grid)" />
              <text x={x(tick)} y={height - 20} textAnchor="middle" className="tick">
                {measure.text(tick)}
              </text>
            </g>
          ))}
          <line
            x1={x(measure.limit)}
            x2={x(measure.limit)}
            y1={0}
            y2={height - 34}
            stroke="var(--ink)"
            strokeDasharray="4 3"
          />
          <text x={LEFT + inner / 2} y={height - 3} textAnchor="middle" className="axis">
            {measure.label}
          </text>
          {shown.settings.map((setting, row) => {
            const look = settingLook(setting);
            return (
              <g key={setting}>
                <text
                  x={LEFT - 10}
                  y={ROW * row + 28}
                  textAnchor="end"
                  className="tick"
                  style={{ fill: look.text }}
                >
                  {look.name}
                </text>
                {trials
                  .filter(trial => trial.setting === setting && Number.isFinite(measure.value(trial)))
                  .map(trial => {
                    const id = trialId(trial);
                    const chosen = id === selected;
                    return (
                      // biome-ignore lint/a11y/noStaticElementInteractions: the table reaches the trials by keyboard
                      <circle
                        key={id}
                        cx={x(measure.value(trial))}
                        cy={ROW * row + 24 + 15 * spread(trial.seed)}
                        r={chosen ? 5 : 2.6}
                        fill={CRITERIA[criterion](trial) ? look.line : 'var(--panel)'}
                        stroke={chosen ? 'var(--current)' : look.line}
                        strokeWidth={chosen ? 2.4 : 1}
                        onClick={() => studyStore.setState({ selected: id })}
                      />
                    );
                  })}
              </g>
            );
          })}
        </svg>
      )}
    </div>
  );
}

/** −1 … 1 from a seed: the same place at every redraw. */
const spread = (seed: number): number => ((seed % 997) / 996) * 2 - 1;
