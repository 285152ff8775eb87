import { elementData } from '../crystal/elements.ts';
import table from './data/form-factors.json' with { type: 'json' };

const VALUES = table.values as unknown as Readonly<Record<string, readonly (readonly [number, number])[]>>;

/** True for an element whose X-ray scattering factors the table has. */
export const hasFormFactor = (element: string): boolean => Object.hasOwn(VALUES, element);

/** Atomic scattering factor as numbers ready to evaluate: Z and four pairs (a_i, b_i). */
export interface FormFactor {
  readonly z: number;
  readonly a: Float64Array;
  readonly b: Float64Array;
}

/** Throws for an element without a table entry; readers check at the edge. */
export function formFactorOf(element: string): FormFactor {
  const pairs = hasFormFactor(element) ? VALUES[element] : undefined;
  if (!pairs) throw new Error(`no X-ray scattering factor is tabulated for "${element}"`);
  return {
    z: elementData(element).z,
    a: Float64Array.from(pairs, pair => pair[0]),
    b: Float64Array.from(pairs, pair => pair[1]),
  };
}

/**
 * f(q) = Z − 41.78214 q Σ a_i exp(−b_i q) at q = s² = (sinθ/λ)², inverse square angstrom, in electrons
 * (De Graef & McHenry 2007; good to s ≈ 2 Å⁻¹).
 */
export function scatteringFactor({ z, a, b }: FormFactor, q: number): number {
  let sum = 0;
  for (let i = 0; i < 4; i++) sum += a[i]! * Math.exp(-b[i]! * q);
  return z - 41.78214 * q * sum;
}

/** df/dq of `scatteringFactor`. */
export function scatteringFactorSlope({ a, b }: FormFactor, q: number): number {
  let sum = 0;
  for (let i = 0; i < 4; i++) sum += a[i]! * (1 - b[i]! * q) * Math.exp(-b[i]! * q);
  return -41.78214 * sum;
}
