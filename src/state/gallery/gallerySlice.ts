import { IDLE, type Progress } from '../core/progress.ts';
import { registerSlice, type State } from '../core/store.ts';
import type { Figure } from './figure.ts';
import type { PresetId } from './presetIds.ts';

/** Progress of a picture of the gallery; done runs from 0 to 1. */
export interface CardState extends Progress {
  /** It is in the queue. */
  readonly waiting: boolean;
  readonly figure: Figure | null;
}

declare module '../core/store.ts' {
  interface Slices {
    /** Figures stay as long as the page lives: a picture is computed once. */
    readonly gallery: Readonly<Partial<Record<PresetId, CardState>>>;
  }
}

const NO_CARD: CardState = { ...IDLE, total: 1, waiting: false, figure: null };

export const gallery = registerSlice('gallery', {});

export const cardOf = (state: Pick<State, 'gallery'>, id: PresetId): CardState =>
  state.gallery[id] ?? NO_CARD;
