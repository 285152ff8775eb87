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
