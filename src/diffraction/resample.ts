/** A pattern as points: positions ascending, heights beside them. */
export interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * Heights between the points by straight lines; 0 outside them. Heights are kept, not areas: a change of axis is a
 * change of the ruler under the curve.
 * @param at ascending positions
 */
export function resample({ x, y }: Points, at: Float64Array): Float64Array {
  const out = new Float64Array(at.length);
  let i = 0;
  for (let k = 0; k < at.length; k++) {
    const place = at[k]!;
    if (!(place >= x[0]! && place <= x[x.length - 1]!)) continue;
    while (i < x.length - 2 && x[i + 1]! < place) i++;
    const span = x[i + 1]! - x[i]!;
    out[k] = y[i]! + ((place - x[i]!) / span) * (y[i + 1]! - y[i]!);
  }
  return out;
}

/** Two patterns on the same points, and how far these are apart. */
export interface OnOneAxis {
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly step: number;
}

/**
 * Two patterns on one axis: as they are where their points are the same, otherwise over the range that they share at
 * the finer of their mean spacings. Null where they share none.
 */
export function onOneAxis(p: Points, q: Points): OnOneAxis | null {
  const spacing = ({ x }: Points): number => (x.at(-1)! - x[0]!) / (x.length - 1);
  if (p.x.length === q.x.length && p.x.every((value, i) => Math.abs(value - q.x[i]!) < 1e-9))
    return { first: p.y, second: q.y, step: spacing(p) };
  const low = Math.max(p.x[0]!, q.x[0]!);
  const high = Math.min(p.x.at(-1)!, q.x.at(-1)!);
  if (!(high > low)) return null;
  const n = Math.max(2, Math.floor((high - low) / Math.min(spacing(p), spacing(q)) + 1e-9) + 1);
  const step = (high - low) / (n - 1);
  const at = Float64Array.from({ length: n }, (_, i) => low + i * step);
  return { first: resample(p, at), second: resample(q, at), step };
}
