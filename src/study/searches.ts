import type { LossId } from '../losses/loss.ts';
import type { NoiseKind } from '../noise/noise.ts';
import type { Freedom } from '../recovery/ladder.ts';

/** Ways of recovery beyond the paper, from the same distorted copies as its descents. */
export type SearchId =
  | 'vcGpwdf'
  | 'continuedHeld'
  | 'continuedHeld20'
  | 'continuedFree'
  | 'continuedFree20'
  | 'atoms'
  | 'atoms20'
  | 'atoms100'
  | 'joint'
  | 'joint20';

export interface StudySearch {
  readonly id: SearchId;
  readonly name: string;
  readonly noise: NoiseKind;
  /** Minimised. */
  readonly loss: LossId;
  /** Starts at most. */
  readonly starts: number;
  /** Parameters that the cell has, in a width continuation. */
  readonly freedom?: Freedom;
  /** On one core, for the forecast before anything is measured. */
  readonly seconds: number;
}

/** The literature's before ours, fewer starts before more. */
export const SEARCHES: readonly StudySearch[] = [
  { id: 'vcGpwdf', name: 'VC-GPWDF', noise: 'lattice', loss: 'gpwdf', starts: 1, seconds: 2 },
  {
    id: 'continuedHeld',
    name: 'continued, held',
    noise: 'lattice',
    loss: 'cosine',
    starts: 1,
    freedom: 'held',
    seconds: 0.05,
  },
  {
    id: 'continuedHeld20',
    name: 'continued, held, to 20 starts',
    noise: 'lattice',
    loss: 'cosine',
    starts: 20,
    freedom: 'held',
    seconds: 0.1,
  },
  {
    id: 'continuedFree',
    name: 'continued, free',
    noise: 'lattice',
    loss: 'cosine',
    starts: 1,
    freedom: 'free',
    seconds: 0.1,
  },
  {
    id: 'continuedFree20',
    name: 'continued, free, to 20 starts',
    noise: 'lattice',
    loss: 'cosine',
    starts: 20,
    freedom: 'free',
    seconds: 0.3,
  },
  { id: 'atoms', name: 'L-BFGS', noise: 'coordinates', loss: 'cosine', starts: 1, seconds: 0.1 },
  {
    id: 'atoms20',
    name: 'L-BFGS, to 20 starts',
    noise: 'coordinates',
    loss: 'cosine',
    starts: 20,
    seconds: 0.5,
  },
  {
    id: 'atoms100',
    name: 'L-BFGS, to 100 starts',
    noise: 'coordinates',
    loss: 'cosine',
    starts: 100,
    seconds: 2,
  },
  { id: 'joint', name: 'cell and atoms', noise: 'both', loss: 'cosine', starts: 1, seconds: 0.5 },
  {
    id: 'joint20',
    name: 'cell and atoms, to 20 starts',
    noise: 'both',
    loss: 'cosine',
    starts: 20,
    seconds: 2,
  },
];

/** Null for what is none. */
export const searchOf = (id: string): StudySearch | null => SEARCHES.find(search => search.id === id) ?? null;

/** Those of a noise kind. */
export const searchesOf = (noise: NoiseKind): readonly StudySearch[] =>
  SEARCHES.filter(search => search.noise === noise);
