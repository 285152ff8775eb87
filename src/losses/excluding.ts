import type { Loss } from './loss.ts';

/** Zero at the bins that do not count, the values elsewhere. */
export function withoutExcluded(values: Float64Array, excluded: Uint8Array, out: Float64Array): Float64Array {
  for (let i = 0; i < values.length; i++) out[i] = excluded[i] ? 0 : values[i]!;
  return out;
}

/**
 * A loss over some of the bins only: neither pattern has any intensity at the others, and no gradient comes from them.
 * Norms, sums and maxima are those of the bins that count; for a loss along two theta the gap keeps its width.
 * @param excluded 1 at bins that do not count [binCount]
 */
export function excluding(loss: Loss, excluded: Uint8Array): Loss {
  const target = new Float64Array(excluded.length);
  const trial = new Float64Array(excluded.length);
  // What is done once a target is done over all bins, so it is left out.
  const { against: _, ...rest } = loss;
  return {
    ...rest,
    value: (whole, other) =>
      loss.value(withoutExcluded(whole, excluded, target), withoutExcluded(other, excluded, trial)),
    gradient(whole, other, out) {
      const value = loss.gradient(
        withoutExcluded(whole, excluded, target),
        withoutExcluded(other, excluded, trial),
        out,
      );
      withoutExcluded(out, excluded, out);
      return value;
    },
  };
}
