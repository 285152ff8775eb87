import type { LossId } from '../losses/loss.ts';
import type { NoiseKind } from '../noise/noise.ts';
import type { DescentMode } from '../optimise/modes.ts';
import type { StudyMethod } from './trialKey.ts';

/** Tables 1, S1 and S2 of the paper, typed from its text. */
export type Statistic = 'mutualInformation' | 'pearson' | 'spearman';

export const STATISTICS: readonly {
  readonly id: Statistic;
  readonly label: string;
  readonly table: string;
}[] = [
  { id: 'mutualInformation', label: 'mutual information', table: 'Table 1' },
  { id: 'pearson', label: 'Pearson', table: 'Table S1' },
  { id: 'spearman', label: 'Spearman', table: 'Table S2' },
];

/** A column of the tables: what was minimised, and whether constrained. */
export interface PaperColumn {
  readonly loss: LossId;
  readonly mode: DescentMode;
}

export const PAPER_COLUMNS: readonly PaperColumn[] = [
  { loss: 'cosine', mode: 'unconstrained' },
  { loss: 'mse', mode: 'unconstrained' },
  { loss: 'entropy', mode: 'unconstrained' },
  { loss: 'cosine', mode: 'constrained' },
];

/** Distorted crystals behind each of the paper's values. */
export const PAPER_N = 500;

/** σ and the values in the order of the columns. */
type Rows = readonly (readonly [number, ...number[]])[];

const TABLES: Readonly<Record<Statistic, Readonly<Partial<Record<NoiseKind, Rows>>>>> = {
  mutualInformation: {
    lattice: [
      [0.01, 1.09, 0.25, 0.76, 1.4],
      [0.05, 0.12, 0.16, 0.53, 1.55],
      [0.1, 0.09, 0.06, 0.21, 1.12],
      [0.15, 0.03, 0.02, 0.02, 0.9],
      [0.2, 0.07, 0.02, 0.01, 0.85],
    ],
    coordinates: [
      [0.001, 1.05, 0.32, 0.68],
      [0.005, 0.83, 0.48, 0.53],
      [0.01, 0.44, 0.67, 0.56],
      [0.05, 0.96, 0.36, 1.41],
      [0.1, 0.77, 0.32, 1.06],
    ],
  },
  pearson: {
    lattice: [
      [0.01, 0.76, 0.59, 0.31, 0.79],
      [0.05, 0.43, 0.4, 0.53, 0.83],
      [0.1, 0.36, 0.27, 0.39, 0.76],
      [0.15, 0.16, 0.1, 0.23, 0.72],
      [0.2, 0.05, 0.1, 0.13, 0.65],
    ],
    coordinates: [
      [0.001, -0.64, 0.23, -0.6],
      [0.005, -0.72, 0.27, -0.55],
      [0.01, -0.64, 0.46, -0.64],
      [0.05, -0.02, 0.51, -0.27],
      [0.1, 0.52, 0.48, 0.43],
    ],
  },
  spearman: {
    lattice: [
      [0.01, 0.93, 0.61, 0.65, 0.65],
      [0.05, 0.47, 0.43, 0.58, 0.89],
      [0.1, 0.39, 0.29, 0.39, 0.77],
      [0.15, 0.18, 0.1, 0.25, 0.67],
      [0.2, 0.3, 0.13, 0.12, 0.55],
    ],
    coordinates: [
      [0.001, -0.67, 0.74, -0.64],
      [0.005, -0.64, 0.78, -0.51],
      [0.01, -0.55, 0.84, -0.62],
      [0.05, -0.06, 0.63, -0.46],
      [0.1, 0.5, 0.52, 0.28],
    ],
  },
};

/** The paper's value; null where its table has none. */
export function paperValue(
  statistic: Statistic,
  noise: NoiseKind,
  sigma: number,
  { loss, mode }: { readonly loss: LossId; readonly mode: StudyMethod },
): number | null {
  const column = PAPER_COLUMNS.findIndex(entry => entry.loss === loss && entry.mode === mode);
  const row = TABLES[statistic][noise]?.find(([level]) => level === sigma);
  return (column < 0 ? undefined : row?.[column + 1]) ?? null;
}
