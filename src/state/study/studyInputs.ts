import { LIBRARY } from '../../crystal/library.ts';
import type { LossId } from '../../losses/loss.ts';
import { LOSSES } from '../../losses/registry.ts';
import type { NoiseKind } from '../../noise/noise.ts';
import type { DescentMode } from '../../optimise/modes.ts';

/** A loss and a setting: "cosine:constrained". */
export type SeriesId = `${LossId}:${DescentMode}`;

const MODES: readonly DescentMode[] = ['unconstrained', 'constrainedStart', 'constrained'];
export const SERIES_IDS: readonly SeriesId[] = LOSSES.flatMap(({ id }) =>
  MODES.map((mode): SeriesId => `${id}:${mode}`),
);
export const seriesParts = (id: SeriesId): { loss: LossId; mode: DescentMode } => {
  const [loss, mode] = id.split(':') as [LossId, DescentMode];
  return { loss, mode };
};

/** The plan of the next run, and what of the results is shown. */
export interface StudyInputs {
  readonly structures: readonly string[];
  readonly noise: NoiseKind;
  /** Distortion levels; null: the paper's five. */
  readonly levels: readonly number[] | null;
  /** Coordinate descents are unconstrained: there each loss counts once. */
  readonly series: readonly SeriesId[];
  /** Distorted copies of each structure at each level. */
  readonly variants: number;
  /** Null: each loss's own rate (study/presets.ts). */
  readonly rate: number | null;
  readonly maxIterations: number;
  readonly seed: number;
  /** Level and loss that scatter, strips, structures and table show. */
  readonly level: number;
  readonly shownLoss: LossId;
  /** Learning rate shown; null: for each setting the one with most trials. */
  readonly shownRate: number | null;
  readonly criterion: 'match' | 'unscaled' | 'strict';
  readonly distance: 'amd' | 'emd';
  readonly source: 'shipped' | 'own';
}

export const STUDY_DEFAULTS: StudyInputs = {
  structures: LIBRARY.map(({ id }) => id),
  noise: 'lattice',
  levels: null,
  series: ['cosine:unconstrained', 'cosine:constrained'],
  variants: 4,
  rate: null,
  maxIterations: 30_000,
  seed: 0,
  level: 0.1,
  shownLoss: 'cosine',
  shownRate: null,
  criterion: 'match',
  distance: 'amd',
  source: 'shipped',
};

export const STUDY_LIMITS = {
  variants: [1, 1000],
  rate: [1e-7, 1],
  maxIterations: [1, 100_000],
  seed: [0, 4_294_967_295],
  level: [0.0001, 0.33],
} as const;
