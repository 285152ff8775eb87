import type { ReactNode } from 'react';
import { lossOf } from '../../losses/registry.ts';
import { useBraggscape } from '../../state/store.ts';
import { COLOUR_MAPS } from '../../ui/colourMaps.ts';
import { formatNumber } from '../../ui/format.ts';
import { niceTicks } from '../../ui/ticks.ts';
import type { MapScene } from '../map/useMapScene.ts';
import { spread } from './ladder.ts';

interface Rung {
  readonly key: string;
  readonly value: number;
  readonly label: ReactNode;
  readonly selected: boolean;
}

/** Losses of the truth and of the numbered minima, lowest of a cosine map at the foot. */
function useRungs(scene: MapScene): Rung[] {
  const loss = useBraggscape(state => state.inputs.loss);
  const focus = useBraggscape(state => state.inputs.focus);
  const shown = useBraggscape(state => state.inputs.view.minima);
  const truth: Rung = {
    key: 'truth',
    value: lossOf(loss).best,
    label: null,
    selected: focus.kind === 'truth',
  };
  if (scene.stale || !shown) return [truth];
  return [
    truth,
    ...scene.falseMinima.map(({ number, index, minimum }) => ({
      key: String(number),
      value: minimum.value,
      label: String(number),
      selected: focus.kind === 'minimum' && focus.index === index,
    })),
  ];
}

const SMALL_STAR = '0,-7 2,-2.4 7,-2.2 3,1 4.3,6 0,3.2 -4.3,6 -3,1 -7,-2.2 -2,-2.4';

/** Colour legend and level diagram in one: the bar is the map's colours, the leaders are its minima. */
export function Ladder({ scene, height }: { scene: MapScene; height: number }): ReactNode {
  const colourMap = useBraggscape(state => state.inputs.view.colourMap);
  const rungs = useRungs(scene);
  const { colourRange, frame } = scene;
  const [low, high] = colourRange;
  const top = frame.top;
  const length = frame.height;
  const toPixel = (value: number): number => top + (1 - (value - low) / (high - low || 1)) * length;
  const ticks = niceTicks(low, high, length / 60);
  const bar = 34;
  const inside = rungs.filter(({ value }) => value >= low - 0.02 * (high - low) && value <= high);
  const wanted = inside.map(({ value }) => Math.min(top + length, Math.max(top, toPixel(value))));
  const at = spread(wanted, 19, top + 8, top + length - 4);
  const decimals = Math.max(3, Math.min(5, 2 - Math.floor(Math.log10(high - low || 1))));
  return (
    <svg className="ladder" width="128" height={height} role="img" aria-label={summary(rungs, colourRange)}>
      <defs>
        <linearGradient id="ladder-colours" x1="0" y1="1" x2="0" y2="0">
          {COLOUR_MAPS[colourMap].map((colour, i, all) => (
            <stop key={colour} offset={i / (all.length - 1)} stopColor={colour} />
          ))}
        </linearGradient>
      </defs>
      <rect x={bar} y={top} width="12" height={length} fill="url(#ladder-colours)" />
      <g className="axes">
        {ticks.values.map(value => (
          <g key={value}>
            <line className="axis-line" x1={bar - 5} x2={bar} y1={toPixel(value)} y2={toPixel(value)} />
            <text x={bar - 8} y={toPixel(value) + 4} textAnchor="end">
              {formatNumber(value, ticks.decimals)}
            </text>
          </g>
        ))}
        <text className="axis-title" x={bar + 6} y={top + length + 18} textAnchor="middle">
          loss
        </text>
      </g>
      {inside.map((rung, i) => {
        const y = at[i]!;
        const colour = rung.selected ? 'var(--current)' : 'var(--ink)';
        return (
          <g key={rung.key} className={rung.selected ? 'rung selected' : 'rung'}>
            <path
              d={`M${bar + 13} ${wanted[i]}h3L${bar + 22} ${y}h3`}
              fill="none"
              stroke={rung.selected ? 'var(--current)' : 'var(--axis)'}
            />
            {rung.label === null ? (
              <g transform={`translate(${bar + 34} ${y})`}>
                <polygon
                  points={SMALL_STAR}
                  fill="none"
                  stroke={colour}
                  strokeWidth="1.3"
                  strokeLinejoin="round"
                />
              </g>
            ) : (
              <>
                <circle
                  cx={bar + 34}
                  cy={y}
                  r="7.5"
                  fill={rung.selected ? 'var(--current)' : 'var(--panel)'}
                  stroke={colour}
                  strokeWidth="1.1"
                />
                <text
                  className="badge-number"
                  x={bar + 34}
                  y={y + 3.7}
                  textAnchor="middle"
                  style={{ fill: rung.selected ? 'var(--on-current)' : 'var(--ink)' }}
                >
                  {rung.label}
                </text>
              </>
            )}
            <text className="rung-value" x={bar + 45} y={y + 4} style={{ fill: colour }}>
              {formatNumber(rung.value, Math.min(3, decimals))}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

const summary = (rungs: readonly Rung[], [low, high]: readonly [number, number]): string =>
  `Loss from ${formatNumber(low)} (dark) to ${formatNumber(high)} (light). ${rungs
    .map(({ label, value }) => `${label === null ? 'Truth' : `Minimum ${label}`} ${formatNumber(value)}`)
    .join(', ')}.`;

/** The ladder lying under the map, for narrow screens. */
export function FlatLadder({ scene, width }: { scene: MapScene; width: number }): ReactNode {
  const colourMap = useBraggscape(state => state.inputs.view.colourMap);
  const rungs = useRungs(scene);
  const [low, high] = scene.colourRange;
  const [left, right] = [40, Math.max(80, width - 14)];
  const toPixel = (value: number): number => left + ((value - low) / (high - low || 1)) * (right - left);
  const inside = rungs.filter(({ value }) => value >= low - 0.02 * (high - low) && value <= high);
  const wanted = inside.map(({ value }) => Math.max(left, toPixel(value)));
  const at = spread(wanted, 19, left, right);
  const ticks = niceTicks(low, high, (right - left) / 50);
  return (
    <svg
      className="ladder flat"
      width={width}
      height="56"
      role="img"
      aria-label={summary(rungs, scene.colourRange)}
    >
      <defs>
        <linearGradient id="flat-ladder-colours">
          {COLOUR_MAPS[colourMap].map((colour, i, all) => (
            <stop key={colour} offset={i / (all.length - 1)} stopColor={colour} />
          ))}
        </linearGradient>
      </defs>
      <rect x={left} y="26" width={right - left} height="10" fill="url(#flat-ladder-colours)" />
      <text className="axis-title" x={left - 6} y="35" textAnchor="end">
        loss
      </text>
      <g className="axes">
        {ticks.values.map(value => (
          <g key={value}>
            <line className="axis-line" x1={toPixel(value)} x2={toPixel(value)} y1="36" y2="40" />
            <text x={toPixel(value)} y="52" textAnchor="middle">
              {formatNumber(value, ticks.decimals)}
            </text>
          </g>
        ))}
      </g>
      {inside.map((rung, i) => (
        <g key={rung.key}>
          <path d={`M${at[i]} 18L${wanted[i]} 26`} stroke="var(--axis)" fill="none" />
          {rung.label === null ? (
            <g transform={`translate(${at[i]} 9)`}>
              <polygon
                points={SMALL_STAR}
                fill="var(--panel)"
                stroke="var(--ink)"
                strokeWidth="1.3"
                strokeLinejoin="round"
              />
            </g>
          ) : (
            <>
              <circle
                cx={at[i]}
                cy="9"
                r="8"
                fill={rung.selected ? 'var(--current)' : 'var(--panel)'}
                stroke="var(--ink)"
                strokeWidth="1.1"
              />
              <text
                className="badge-number"
                x={at[i]}
                y="12.7"
                textAnchor="middle"
                style={{ fill: rung.selected ? 'var(--on-current)' : 'var(--ink)' }}
              >
                {rung.label}
              </text>
            </>
          )}
        </g>
      ))}
    </svg>
  );
}
