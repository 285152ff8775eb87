import type { ReactNode } from 'react';
import { type Criterion, type Rate, rateOf } from '../../study/summary.ts';
import type { Setting } from '../../study/trialKey.ts';
import { formatNumber, THIN } from '../../ui/format.ts';
import { useSize } from '../../ui/useSize.ts';
import { settingLook } from './settingLook.ts';
import { isDescent, type Shown } from './shown.ts';

const MARGIN = { left: 44, right: 12, top: 26, bottom: 42 };

interface Bar {
  readonly setting: Setting;
  readonly rate: Rate;
}
interface Cluster {
  readonly sigma: number;
  readonly bars: readonly Bar[];
  readonly lines: readonly Bar[];
}

function clustersOf({ levels, settings, trials }: Shown, criterion: Criterion): Cluster[] {
  return levels.map(sigma => {
    const all = settings.flatMap(setting => {
      const group = trials.filter(trial => trial.sigma === sigma && trial.setting === setting);
      return group.length ? [{ setting, rate: rateOf(group, criterion) }] : [];
    });
    return {
      sigma,
      bars: all.filter(({ setting }) => isDescent(setting)),
      lines: all.filter(({ setting }) => !isDescent(setting)),
    };
  });
}

const percent = (share: number): string => `${formatNumber(100 * share, 0)}${THIN}%`;

/** Success against distortion: bars with Jeffreys intervals, the two baselines as lines across them. */
export function RateChart({
  shown,
  criterion,
  level,
  noise,
  onLevel,
}: {
  shown: Shown;
  criterion: Criterion;
  level: number | null;
  noise: 'lattice' | 'coordinates';
  onLevel(level: number): void;
}): ReactNode {
  const [box, { width, height }] = useSize<HTMLDivElement>();
  const clusters = clustersOf(shown, criterion);
  const inner = { width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
  const step = inner.width / Math.max(1, clusters.length);
  const y = (share: number): number => MARGIN.top + inner.height * (1 - share);
  const most = Math.max(1, ...clusters.map(({ bars }) => bars.length));
  const slot = Math.min(50, (step - 14) / most);
  const barWidth = Math.min(30, slot - 8);
  return (
    <div className="study-chart" ref={box}>
      {inner.width > 60 && inner.height > 60 && (
        <svg width={width} height={height} role="img" aria-label={inWords(clusters, criterion)}>
          {[0, 0.25, 0.5, 0.75, 1].map(share => (
            <g key={share}>
              <line
                x1={MARGIN.left}
                x2={width - MARGIN.right}
                y1={y(share)}
                y2={y(share)}
                stroke={share === 0 ? 'var(--axis)' : 'var(--grid)'}
              />
              <text x={MARGIN.left - 8} y={y(share) + 4} textAnchor="end" className="tick">
                {share === 1 ? percent(1) : 100 * share}
              </text>
            </g>
          ))}
          {clusters.map(({ sigma, bars, lines }, i) => {
            const middle = MARGIN.left + step * (i + 0.5);
            const left = middle - (slot * bars.length) / 2;
            const half = Math.max(20, (slot * Math.max(1, bars.length)) / 2);
            return (
              // The level can be chosen in the panel beside too.
              // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the pointer
              <g key={sigma} className="cluster" onClick={() => onLevel(sigma)}>
                <rect
                  x={middle - step / 2}
                  y={MARGIN.top}
                  width={step}
                  height={inner.height}
                  fill="transparent"
                />
                {bars.map(({ setting, rate }, k) => {
                  const look = settingLook(setting);
                  const x = left + slot * k + (slot - barWidth) / 2;
                  return (
                    <g key={setting}>
                      <rect
                        x={x}
                        y={y(rate.share)}
                        width={barWidth}
                        height={y(0) - y(rate.share)}
                        fill={look.line}
                        fillOpacity={0.3}
                      />
                      <line
                        x1={x}
                        x2={x + barWidth}
                        y1={y(rate.share)}
                        y2={y(rate.share)}
                        stroke={look.line}
                        strokeWidth={2.5}
                      />
                    </g>
                  );
                })}
                {lines.map(({ setting, rate }) => (
                  <line
                    key={setting}
                    x1={middle - half}
                    x2={middle + half}
                    y1={y(rate.share)}
                    y2={y(rate.share)}
                    stroke={settingLook(setting).line}
                    strokeWidth={1.8}
                    strokeDasharray={settingLook(setting).dash}
                  />
                ))}
                {bars.map(({ setting, rate }, k) => {
                  const x = left + slot * (k + 0.5);
                  const [low, high] = rate.interval;
                  return (
                    <g key={setting}>
                      <path
                        d={`M${x - 4} ${y(high)}h8M${x} ${y(high)}V${y(low)}M${x - 4} ${y(low)}h8`}
                        stroke="var(--panel)"
                        strokeWidth={3.6}
                      />
                      <path
                        d={`M${x - 4} ${y(high)}h8M${x} ${y(high)}V${y(low)}M${x - 4} ${y(low)}h8`}
                        stroke="var(--ink)"
                        strokeWidth={1.3}
                      />
                      <text
                        x={x}
                        y={Math.max(12, y(high) - 7)}
                        textAnchor="middle"
                        className="rate"
                        fill={settingLook(setting).text}
                      >
                        {slot < 36 ? formatNumber(100 * rate.share, 0) : percent(rate.share)}
                      </text>
                    </g>
                  );
                })}
                <text
                  x={middle}
                  y={y(0) + 17}
                  textAnchor="middle"
                  className={sigma === level ? 'tick chosen' : 'tick'}
                >
                  {sigma}
                </text>
              </g>
            );
          })}
          <text x={MARGIN.left + inner.width / 2} y={height - 7} textAnchor="middle" className="axis">
            {noise === 'lattice' ? 'lattice distortion σ' : 'coordinate distortion σ, unit fraction'}
          </text>
        </svg>
      )}
    </div>
  );
}

function inWords(clusters: readonly Cluster[], criterion: Criterion): string {
  const rates = clusters.map(
    ({ sigma, bars, lines }) =>
      `σ ${sigma}: ${[...lines, ...bars].map(({ setting, rate }) => `${settingLook(setting).name} ${percent(rate.share)} of ${rate.n}`).join(', ')}`,
  );
  return `Share of trials that count as ${criterion}. ${rates.join('. ')}.`;
}
