/** How a background is taken off a measured pattern. */
export const BACKGROUNDS = ['none', 'snip', 'chebyshev'] as const;
export type BackgroundKind = (typeof BACKGROUNDS)[number];

/** A measured pattern as the target of map and descents. */
export interface MeasuredInputs {
  /** Null: the target is the simulated pattern of the crystal. */
  readonly id: string | null;
  /** Degrees; the true 2θ is the measured one minus this. */
  readonly zeroShift: number;
  readonly background: BackgroundKind;
  /** Of SNIP: half the width of what counts as a peak, degrees. */
  readonly halfWidth: number;
  /** Degree of the Chebyshev polynomial. */
  readonly degree: number;
  /** Left out of every loss, degrees. */
  readonly excluded: readonly (readonly [number, number])[];
  /** Used part of the pattern, degrees; null: all that the file has. */
  readonly range: readonly [number, number] | null;
  /** Height of the simulated pattern over the measured one; null: the least-squares one. */
  readonly scale: number | null;
}

export const MEASURED_LIMITS = {
  zeroShift: [-2, 2],
  halfWidth: [0.05, 30],
  degree: [0, 20],
  excluded: 8,
  scale: [1e-12, 1e12],
} as const;

export const DEFAULT_MEASURED: MeasuredInputs = {
  id: null,
  zeroShift: 0,
  background: 'snip',
  halfWidth: 1.5,
  degree: 6,
  excluded: [],
  range: null,
  scale: null,
};
