import type { ReactNode } from 'react';
import type { FinishedTrial } from '../../study/record.ts';
import { CRITERIA, type Criterion, type CrystalDistance, finalLoss } from '../../study/summary.ts';
import { trialId } from '../../study/trialKey.ts';
import { niceTicks } from '../../ui/ticks.ts';
import { settingLook } from './settingLook.ts';

const MARGIN = { left: 34, right: 8, top: 10, bottom: 34 };

export interface Scale {
  readonly low: number;
  readonly high: number;
}

/** Similarity: the negative loss, or for MSE the relative squared error itself. */
export const similarityOf = (trial: FinishedTrial): number =>
  trial.loss === 'mse' ? finalLoss(trial) : -finalLoss(trial);

/** Distance from the truth against similarity, one setting; filled points count as success. */
export function ScatterPlot({
  trials,
  distance,
  criterion,
  x,
  y,
  label,
  width,
  height,
  selected,
  onSelect,
}: {
  trials: readonly FinishedTrial[];
  distance: CrystalDistance;
  criterion: Criterion;
  x: Scale;
  y: Scale;
  label: string;
  width: number;
  height: number;
  selected: string | null;
  onSelect(trial: FinishedTrial): void;
}): ReactNode {
  const at = (scale: Scale, value: number): number => (value - scale.low) / (scale.high - scale.low || 1);
  const px = (value: number): number => MARGIN.left + (width - MARGIN.left - MARGIN.right) * at(x, value);
  const py = (value: number): number =>
    height - MARGIN.bottom - (height - MARGIN.top - MARGIN.bottom) * at(y, value);
  const xTicks = niceTicks(x.low, x.high, 3);
  const yTicks = niceTicks(y.low, y.high, 4);
  const nearest = (event: { clientX: number; clientY: number; currentTarget: SVGSVGElement }): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const [mx, my] = [event.clientX - box.left, event.clientY - box.top];
    const far = (trial: FinishedTrial): number =>
      Math.hypot(px(similarityOf(trial)) - mx, py(trial[distance]) - my);
    const best = trials.reduce<FinishedTrial | null>(
      (found, trial) => (found === null || far(trial) < far(found) ? trial : found),
      null,
    );
    if (best && far(best) < 14) onSelect(best);
  };
  const succeeded = trials.filter(CRITERIA[criterion]).length;
  return (
    // Every point is a row of the table below, which the keyboard reaches.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <svg
      width={width}
      height={height}
      role="img"
      className="scatter"
      aria-label={`${trials.length} trials, ${succeeded} filled: distance from the truth in ångström against ${label}`}
      onClick={nearest}
    >
      {yTicks.values.map(value => (
        <g key={value}>
          <line
            x1={MARGIN.left}
            x2={width - MARGIN.right}
            y1={py(value)}
            y2={py(value)}
            stroke={value === y.low ? 'var(--axis)' : 'var(--grid)'}
          />
          <text x={MARGIN.left - 6} y={py(value) + 4} textAnchor="end" className="tick">
            {value.toFixed(yTicks.decimals)}
          </text>
        </g>
      ))}
      {xTicks.values.map(value => (
        <text key={value} x={px(value)} y={height - MARGIN.bottom + 15} textAnchor="middle" className="tick">
          {value.toFixed(xTicks.decimals)}
        </text>
      ))}
      <text x={(MARGIN.left + width - MARGIN.right) / 2} y={height - 4} textAnchor="middle" className="axis">
        {label}
      </text>
      {trials.map(trial => {
        const id = trialId(trial);
        const look = settingLook(trial.setting);
        const solid = CRITERIA[criterion](trial);
        return (
          <circle
            key={id}
            cx={px(similarityOf(trial))}
            cy={py(trial[distance])}
            r={3.1}
            fill={solid ? look.line : 'var(--panel)'}
            fillOpacity={solid ? 0.85 : 0.6}
            stroke={look.line}
            strokeWidth={1.2}
          />
        );
      })}
      {trials
        .filter(trial => trialId(trial) === selected)
        .map(trial => (
          <circle
            key="ring"
            cx={px(similarityOf(trial))}
            cy={py(trial[distance])}
            r={7}
            fill="none"
            stroke="var(--current)"
            strokeWidth={2}
          />
        ))}
    </svg>
  );
}
