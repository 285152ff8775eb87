import type { ORDER } from './axisCells.ts';
import type { FarBlocks } from './farBlocks.ts';

/** potential += B · moments over all directed far pairs with intensity on both sides. */
export function throughBlocks(
  { to, from, blocks }: FarBlocks,
  moments: Float64Array,
  potential: Float64Array,
) {
  const N: typeof ORDER = 10;
  const pairs = to.length;
  for (let i = 0; i < pairs; i++) {
    const source = from[i] * N;
    const target = to[i] * N;
    if (moments[source] === 0 || moments[target] === 0) continue;
    const m0 = moments[source];
    const m1 = moments[source + 1];
    const m2 = moments[source + 2];
    const m3 = moments[source + 3];
    const m4 = moments[source + 4];
    const m5 = moments[source + 5];
    const m6 = moments[source + 6];
    const m7 = moments[source + 7];
    const m8 = moments[source + 8];
    const m9 = moments[source + 9];
    let b = i * N * N;
    for (let n = 0; n < N; n++, b += N)
      potential[target + n] +=
        blocks[b] * m0 +
        blocks[b + 1] * m1 +
        blocks[b + 2] * m2 +
        blocks[b + 3] * m3 +
        blocks[b + 4] * m4 +
        (blocks[b + 5] * m5 +
          blocks[b + 6] * m6 +
          blocks[b + 7] * m7 +
          blocks[b + 8] * m8 +
          blocks[b + 9] * m9);
  }
}

/** Σ over unordered far pairs of 2 μᵀ B μ′: their share of the squared norm of the pattern. */
export function farEnergy({ to, from, blocks }: FarBlocks, moments: Float64Array): number {
  const N: typeof ORDER = 10;
  const pairs = to.length;
  let energy = 0;
  for (let i = 0; i < pairs; i += 2) {
    const source = from[i] * N;
    const target = to[i] * N;
    if (moments[source] === 0 || moments[target] === 0) continue;
    const m0 = moments[source];
    const m1 = moments[source + 1];
    const m2 = moments[source + 2];
    const m3 = moments[source + 3];
    const m4 = moments[source + 4];
    const m5 = moments[source + 5];
    const m6 = moments[source + 6];
    const m7 = moments[source + 7];
    const m8 = moments[source + 8];
    const m9 = moments[source + 9];
    let b = i * N * N;
    for (let n = 0; n < N; n++, b += N)
      energy +=
        moments[target + n] *
        (blocks[b] * m0 +
          blocks[b + 1] * m1 +
          blocks[b + 2] * m2 +
          blocks[b + 3] * m3 +
          blocks[b + 4] * m4 +
          (blocks[b + 5] * m5 +
            blocks[b + 6] * m6 +
            blocks[b + 7] * m7 +
            blocks[b + 8] * m8 +
            blocks[b + 9] * m9));
  }
  return 2 * energy;
}
