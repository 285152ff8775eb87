import { niceTicks } from '../../ui/ticks.ts';

export type IntensityMode = 'linear' | 'sqrt' | 'log';

/** Intensity (100 = highest point of the target) to a share of the height of the panel. */
export interface IntensityScale {
  readonly top: number;
  /** 0 at the bottom line, 1 at the top; below 0 what lies under a logarithmic axis. Never NaN for a number. */
  share(intensity: number): number;
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
}

const text = (value: number): string => String(Number(value.toPrecision(6)));

/** @param floor where a logarithmic axis starts  @param gap least distance of labels, as a share of the height */
export function intensityScale(mode: IntensityMode, top: number, floor: number, gap: number): IntensityScale {
  if (mode === 'linear') {
    const { values, decimals } = niceTicks(0, top, Math.max(1, Math.min(4, Math.floor(0.7 / gap))));
    const ticks = values.map(value => ({ value, text: value.toFixed(decimals) }));
    return { top, share: value => value / top, ticks };
  }
  if (mode === 'sqrt') {
    const share = (value: number): number => Math.sqrt(Math.max(0, value) / top);
    return { top, share, ticks: thinned([...roundBelow(top, top / 1e4), 0], share, gap) };
  }
  const low = Math.min(floor, top / 10);
  const span = Math.log10(top / low);
  // One decade below the axis is as good as minus infinity, and can be drawn.
  const share = (value: number): number => Math.log10(Math.max(value, low / 10) / low) / span;
  const decades = roundBelow(top, low).filter(value => Math.abs(Math.log10(value) % 1) < 1e-9);
  return { top, share, ticks: thinned(decades.length > 1 ? decades : roundBelow(top, low), share, gap) };
}

/** 1, 2, 5 times powers of ten from `top` down to `low`. */
function roundBelow(top: number, low: number): number[] {
  const found: number[] = [];
  for (let power = Math.floor(Math.log10(top)); power >= Math.floor(Math.log10(low)); power--)
    for (const factor of [5, 2, 1]) {
      const value = Number((factor * 10 ** power).toPrecision(3));
      if (value <= top * (1 + 1e-9) && value >= low * (1 - 1e-9)) found.push(value);
    }
  return found;
}

/** From the top down, each kept where it has room; the lowest always. */
function thinned(
  values: readonly number[],
  share: (value: number) => number,
  gap: number,
): { value: number; text: string }[] {
  const last = values.at(-1) ?? 0;
  const kept: number[] = [];
  for (const value of values)
    if (
      value === last ||
      (share(value) - share(last) >= gap && (kept.length === 0 || share(kept.at(-1)!) - share(value) >= gap))
    )
      kept.push(value);
  return kept.map(value => ({ value, text: text(value) }));
}

/** Start of a logarithmic axis: the decade below the lowest point of the target, 0.001 to 1. */
export function logFloor(target: Float64Array, scale: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const value of target) if (value > 0 && value < least) least = value;
  if (!Number.isFinite(least)) return 0.1;
  return 10 ** Math.max(-3, Math.min(0, Math.floor(Math.log10(least * scale))));
}
