import type { CurvatureAtCell } from '../../state/analysis/analysisSlice.ts';

/** Largest stable learning rate 2/λ_max; null where no direction curves up. */
export function stableRate({ values }: CurvatureAtCell['report']): number | null {
  const most = values.at(-1) ?? 0;
  return most > 0 ? 2 / most : null;
}

/** Rising with a power above this counts as quartic. */
const QUARTIC = 3.3;

/** Meaning of a quartic direction, in words; null where there is none. */
export function flatDirection(
  { exponents, vectors }: CurvatureAtCell['report'],
  names: readonly string[],
): string | null {
  const n = names.length;
  const at = exponents.findIndex(power => power > QUARTIC);
  if (at < 0) return null;
  const parts = names
    .map((name, j) => ({ name, share: vectors[at * n + j]! }))
    .filter(({ share }) => Math.abs(share) > 0.1);
  const sign = Math.sign(parts[0]?.share ?? 1);
  const direction = parts
    .map(({ name, share }, i) => `${share * sign < 0 ? '− ' : i ? '+ ' : ''}${name}`)
    .join(' ');
  return `Along ${direction} the loss rises with the fourth power: leaving the symmetry splits each peak evenly to both sides, which changes the pattern only with the square of the step, and the loss with the square of that. The valley floor is flat there, and descents stop on it.`;
}
