/** Variables of a relaxation: the cell with fixed fractional coordinates, the atoms at a fixed cell, or both. */
export type RelaxMode = 'cell' | 'ions' | 'both';

export interface RelaxPlan {
  readonly mode: RelaxMode;
  /** Largest force that ends the relaxation, eV per angstrom (paper: 0.02). */
  readonly fMax: number;
  readonly maxSteps: number;
}
export const PAPER_RELAXATION: RelaxPlan = { mode: 'both', fMax: 0.02, maxSteps: 300 };
