import type { Cell } from '../../crystal/cell.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import type { LossId } from '../../losses/loss.ts';
import { DEFAULT_INPUTS, type Inputs } from '../core/inputs.ts';
import type { DescentInputs, PathMode, SliceInputs } from '../explore/exploreSettings.ts';
import type { GalleryFilter, PresetId } from './gallerySettings.ts';

/** Parts of a picture, and so what is computed for it. */
export type PresetKind =
  | 'minima'
  | 'descents'
  | 'readings'
  | 'rows'
  | 'wall'
  | 'failure'
  | 'wayDown'
  | 'nudged';

/** One living figure: a state of the explorer, the question it answers and words about it. Numbers are computed. */
export interface Preset {
  readonly id: PresetId;
  readonly kind: PresetKind;
  readonly topic: Exclude<GalleryFilter, 'all'>;
  readonly question: string;
  /** The figure of the paper it repeats, "Fig. 2"; null where the paper has none. */
  readonly figure: string | null;
  /** Words of the caption: what to see and what to try. */
  readonly see: string;
  readonly attempt: string;
  /** Settings that the explorer opens with. */
  readonly inputs: Inputs;
  /** Points along an axis of the small map. */
  readonly resolution: number;
  /** The same descent with these settings instead, to tell what made the difference. */
  readonly contrast: Partial<DescentInputs> | null;
  /** Changes of the two parameters from the truth whose cost is told; null where it is not asked for. */
  readonly nudge: readonly [number, number] | null;
  /** The loss that the picture's is compared with. */
  readonly against: LossId | null;
}

/** A picture as it is written down: what is left out is the explorer's default. */
interface Given
  extends Pick<Preset, 'question' | 'see' | 'attempt'>,
    Partial<Pick<Preset, 'resolution' | 'contrast' | 'nudge' | 'against'>> {
  /** Parts of the picture, where the gallery lists it, and the paper's figure. */
  readonly show: readonly [PresetKind, Preset['topic'], figure: string | null];
  readonly structureId: string;
  readonly slice?: Partial<SliceInputs>;
  readonly descent?: Partial<DescentInputs>;
  readonly instrument?: Partial<Instrument>;
  readonly start?: readonly [number, number];
  readonly cell?: Cell;
  /** The descent followed, and the step at which it opens. */
  readonly follow?: readonly [PathMode, number];
  readonly minimum?: number;
}

/** The end of a descent, whatever its length. */
export const END = 30_000;

/** Settings that the explorer opens with. */
function opened({ structureId, slice, descent, instrument, start, cell, follow, minimum }: Given): Inputs {
  const at = start ? [{ x: start[0], y: start[1], ...(cell ? { cell } : {}) }] : [];
  return {
    ...DEFAULT_INPUTS,
    structureId,
    slice: { ...DEFAULT_INPUTS.slice, ...slice },
    descent: { ...DEFAULT_INPUTS.descent, continued: false, ...descent },
    instrument: { ...DEFAULT_INPUTS.instrument, ...instrument },
    starts: at,
    focus: follow
      ? { kind: 'step', start: 0, mode: follow[0], step: follow[1] }
      : minimum === undefined
        ? DEFAULT_INPUTS.focus
        : { kind: 'minimum', index: minimum },
  };
}

export const SMALL_MAP = 61;

/** A picture as it is used. */
export function preset(id: PresetId, given: Given): Preset {
  const {
    question,
    see,
    attempt,
    resolution = SMALL_MAP,
    contrast = null,
    nudge = null,
    against = null,
  } = given;
  const [kind, topic, figure] = given.show;
  let made: Inputs | undefined;
  return {
    id,
    kind,
    topic,
    figure,
    question,
    see,
    attempt,
    resolution,
    contrast,
    nudge,
    against,
    // Made when first asked for: the defaults are not complete while modules load.
    get inputs() {
      return (made ??= opened(given));
    },
  };
}
