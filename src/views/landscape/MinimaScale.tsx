import { type ReactNode, useId } from 'react';
import { lossOf } from '../../losses/registry.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { ColourGradient } from '../../ui/ColourBar.tsx';
import { formatNumber } from '../../ui/format.ts';
import { niceTicks } from '../../ui/ticks.ts';
import { NumberBadge, Star } from '../map/marks.tsx';
import type { MapScene } from '../map/useMapScene.ts';
import styles from './MinimaScale.module.css';

interface Entry {
  /** Of a false minimum; null: the truth. */
  readonly number: number | null;
  readonly value: number;
  readonly selected: boolean;
}

/** Losses of the truth and of the numbered minima. */
function useEntries(scene: MapScene): Entry[] {
  const loss = useBraggscape(state => state.inputs.loss);
  const focus = useBraggscape(state => state.inputs.focus);
  const shown = useBraggscape(state => state.inputs.view.minima);
  const truth = { number: null, value: lossOf(loss).best, selected: focus.kind === 'truth' };
  if (scene.stale || !shown) return [truth];
  return [
    truth,
    ...scene.falseMinima.map(({ number, index, minimum }) => ({
      number,
      value: minimum.value,
      selected: focus.kind === 'minimum' && focus.index === index,
    })),
  ];
}

const summary = (entries: readonly Entry[], [low, high]: readonly [number, number]): string =>
  `Loss from ${formatNumber(low)} (dark) to ${formatNumber(high)} (light). ${entries
    .map(({ number, value }) => `${number === null ? 'Truth' : `Minimum ${number}`} ${formatNumber(value)}`)
    .join(', ')}.`;

/** Least distance between the marks of two minima, pixels. */
const GAP = 19;

/** Left edge of the upright scale: room for a minus sign, a digit and two decimals, pixels. */
const BAR = 40;

/** The colours of the map as a scale with the truth and its minima: upright beside it, or lying under it. */
export function MinimaScale(props: {
  readonly scene: MapScene;
  /** Pixels of the pane along the scale. */
  readonly length: number;
  readonly upright: boolean;
}): ReactNode {
  const { scene, length, upright } = props;
  const colourMap = useBraggscape(state => state.inputs.view.colourMap);
  const entries = useEntries(scene);
  const gradient = useId();
  const { colourRange, frame } = scene;
  const [low, high] = colourRange;
  const span = high - low || 1;
  /** Pixels of both ends along the scale. */
  const [from, to] = upright ? [frame.top + frame.height, frame.top] : [40, Math.max(80, length - 14)];
  const along = (value: number): number => from + ((value - low) / span) * (to - from);
  const [least, most] = [Math.min(from, to), Math.max(from, to)];
  const ticks = niceTicks(low, high, (most - least) / (upright ? 60 : 50));
  const valued = entries.filter(({ value }) => value >= low - 0.02 * (high - low) && value <= high);
  const inside = fitting(valued, Math.floor((most - least - 12) / GAP) + 1);
  const more = valued.length - inside.length;
  const wanted = inside.map(({ value }) => Math.min(most, Math.max(least, along(value))));
  const places = upright ? spread(wanted, GAP, least + 8, most - 4) : spread(wanted, GAP, least, most);
  const decimals = Math.max(3, Math.min(5, 2 - Math.floor(Math.log10(span))));
  const text = (x: number, y: number, words: ReactNode, anchor: 'start' | 'middle' | 'end'): ReactNode => (
    <text x={x} y={y} textAnchor={anchor}>
      {words}
    </text>
  );
  return (
    <svg
      className={styles.scale}
      data-part="minima-scale"
      width={upright ? 134 : length}
      height={upright ? length : 56}
      role="img"
      aria-label={summary(entries, colourRange)}
    >
      <defs>
        <ColourGradient id={gradient} colourMap={colourMap} upright={upright} />
      </defs>
      <rect
        {...(upright
          ? { x: BAR, y: least, width: 12, height: most - least }
          : { x: least, y: 26, width: most - least, height: 10 })}
        fill={`url(#${gradient})`}
      />
      {ticks.values.map(value => {
        const at = along(value);
        const line = upright ? { x1: BAR - 5, x2: BAR, y1: at, y2: at } : { x1: at, x2: at, y1: 36, y2: 40 };
        const words = formatNumber(value, ticks.decimals);
        return (
          <g key={value}>
            <line {...line} />
            {upright ? text(BAR - 8, at + 4, words, 'end') : text(at, 52, words, 'middle')}
          </g>
        );
      })}
      <g className={styles.title}>
        {upright ? text(BAR + 6, most + 18, 'loss', 'middle') : text(least - 6, 35, 'loss', 'end')}
        {more > 0 && upright && text(BAR + 34, least - 6, `and ${more} more`, 'middle')}
      </g>
      {inside.map(({ number, value, selected }, i) => {
        const [x, y] = upright ? [BAR + 34, places[i]!] : [places[i]!, 9];
        const colour = selected ? 'var(--current)' : 'var(--ink)';
        return (
          <g key={number ?? 'truth'}>
            <path
              d={upright ? `M${BAR + 13} ${wanted[i]}h3l6 ${y - wanted[i]!}h3` : `M${x} 18L${wanted[i]} 26`}
              fill="none"
              stroke={selected ? 'var(--current)' : 'var(--axis)'}
            />
            {number === null ? (
              <Star x={x} y={y} radius={7} fill="var(--panel)" stroke={colour} />
            ) : (
              <NumberBadge
                number={number}
                {...{ x, y }}
                radius={upright ? 7.5 : 8}
                ink={selected ? 'var(--on-current)' : 'var(--ink)'}
                paper={selected ? 'var(--current)' : 'var(--panel)'}
                rim={colour}
              />
            )}
            {upright && (
              <text x={BAR + 45} y={y + 4} style={{ fill: colour, fontWeight: selected ? 600 : undefined }}>
                {formatNumber(value, Math.min(3, decimals))}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

/** The truth, the lowest minima and the chosen one: as many as have room, in their order. */
export function fitting<T extends { readonly selected: boolean }>(entries: readonly T[], room: number): T[] {
  const chosen = entries.slice(room).filter(({ selected }) => selected);
  const first = entries.slice(0, Math.max(1, room - chosen.length));
  return entries.length > room ? [...first, ...chosen] : [...entries];
}

/**
 * Places of labels that want to be at `wanted` but need `gap` between each other: the order is kept, groups that
 * collide spread around their mean (pooling, as in isotonic regression), and all stay within [low, high] if they fit.
 */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((value, i) => ({ value, i })).sort((p, q) => p.value - q.value || p.i - q.i);
  // Subtracting the gap in front of each turns "at least a gap apart" into "not decreasing".
  const pools: { sum: number; count: number }[] = [];
  for (const [rank, { value }] of order.entries()) {
    pools.push({ sum: value - rank * gap, count: 1 });
    for (;;) {
      const last = pools.at(-1);
      const before = pools.at(-2);
      if (!last || !before || before.sum / before.count <= last.sum / last.count) break;
      pools.splice(-2, 2, { sum: before.sum + last.sum, count: before.count + last.count });
    }
  }
  const most = high - (wanted.length - 1) * gap;
  const out = new Array<number>(wanted.length);
  let rank = 0;
  for (const { sum, count } of pools)
    for (let k = 0; k < count; k++, rank++) {
      const base = Math.max(low, Math.min(Math.max(low, most), sum / count));
      out[order[rank]!.i] = base + rank * gap;
    }
  return out;
}
