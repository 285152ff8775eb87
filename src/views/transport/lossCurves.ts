/** Loss against iteration as screen points. */

/** Lowest and highest finite loss over several descents; a unit span where there is none. */
export function lossSpan(
  runs: readonly { readonly losses: Float64Array; readonly count: number }[],
): readonly [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { losses, count } of runs)
    for (let i = 0; i < count; i++) {
      low = Math.min(low, losses[i]!);
      high = Math.max(high, losses[i]!);
    }
  if (!(low <= high)) return [-1, 0];
  return high > low ? [low, high] : [low, low + 1e-3];
}

/**
 * At most two points a pixel: the lowest and highest loss of the steps that fall on it, so that no spike is lost.
 * @returns pairs of pixel from the left and share of the height from the top
 */
export function curvePoints(
  losses: Float64Array,
  count: number,
  last: number,
  [low, high]: readonly [number, number],
  width: number,
): [number, number][] {
  const x = (step: number): number => (last > 0 ? (step / last) * width : 0);
  const share = (loss: number): number => 1 - (loss - low) / (high - low);
  const points: [number, number][] = [];
  const perPixel = Math.max(1, Math.floor(count / Math.max(1, Math.floor(x(count - 1)))));
  for (let from = 0; from < count; from += perPixel) {
    const to = Math.min(count, from + perPixel);
    let [least, most] = [from, from];
    for (let i = from; i < to; i++) {
      if (losses[i]! < losses[least]!) least = i;
      if (losses[i]! > losses[most]!) most = i;
    }
    for (const step of least === most ? [least] : least < most ? [least, most] : [most, least])
      points.push([x(step), share(losses[step]!)]);
  }
  if (count > 0) points.push([x(count - 1), share(losses[count - 1]!)]);
  return points;
}
