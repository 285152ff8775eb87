import type { Cell } from '../../crystal/cell.ts';
import type { DescentMode } from '../../optimise/modes.ts';
import { DEFAULT_INPUTS, type Inputs } from '../core/inputs.ts';
import { linkOf } from '../core/permalink.ts';
import type { DescentInputs, SliceInputs } from '../explore/exploreSettings.ts';
import type { GalleryFilter, PresetId } from './gallerySettings.ts';

/** Parts of a picture, and so what is computed for it. */
export type PresetKind = 'minima' | 'descents' | 'readings' | 'rows' | 'wall' | 'failure';

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
}

/** A picture as it is written down: what is left out is the explorer's default. */
interface Given
  extends Pick<Preset, 'question' | 'see' | 'attempt'>,
    Partial<Pick<Preset, 'resolution' | 'contrast'>> {
  /** Parts of the picture, where the gallery lists it, and the paper's figure. */
  readonly show: readonly [PresetKind, Preset['topic'], figure: string | null];
  readonly structureId: string;
  readonly slice?: Partial<SliceInputs>;
  readonly descent?: Partial<DescentInputs>;
  readonly start?: readonly [number, number];
  readonly cell?: Cell;
  /** The descent followed, and the step at which it opens. */
  readonly follow?: readonly [DescentMode, number];
  readonly minimum?: number;
}

/** The end of a descent, whatever its length. */
const END = 30_000;

/** Settings that the explorer opens with. */
function opened({ structureId, slice, descent, start, cell, follow, minimum }: Given): Inputs {
  const at = start ? [{ x: start[0], y: start[1], ...(cell ? { cell } : {}) }] : [];
  return {
    ...DEFAULT_INPUTS,
    structureId,
    slice: { ...DEFAULT_INPUTS.slice, ...slice },
    descent: { ...DEFAULT_INPUTS.descent, continued: false, ...descent },
    starts: at,
    focus: follow
      ? { kind: 'step', start: 0, mode: follow[0], step: follow[1] }
      : minimum === undefined
        ? DEFAULT_INPUTS.focus
        : { kind: 'minimum', index: minimum },
  };
}

const SMALL_MAP = 61;

function preset(id: PresetId, given: Given): Preset {
  const { question, see, attempt, resolution = SMALL_MAP, contrast = null } = given;
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
    // Made when first asked for: the defaults are not complete while modules load.
    get inputs() {
      return (made ??= opened(given));
    },
  };
}

/** Noise 0.1 with seed 43 of `tests/gallery/searchNoise.ts`, to four decimals. */
const NA3_NOISE: Cell = [17.3453, 2.7807, 6.2322, 90.5761, 112.4347, 96.8751];
/** The same with seed 59. */
const BPO4_NOISE: Cell = [4.2622, 4.0257, 7.2744, 90.7527, 95.2183, 92.4855];

/** Starts, seeds and the steps at which a trade, a crossing or a two-cycle begins are results of `npm run search`. */
export const PRESETS: readonly Preset[] = [
  preset('fig2', {
    show: ['minima', 'landscapes', 'Fig. 2'],
    question: 'Why does descent stop here?',
    see: 'Each number is a false minimum: a cell whose pattern is more like the true one than that of any cell near it. Under the target, the peaks of each still lie on the strongest lines.',
    attempt:
      'Choose a number in the table of minima and watch which reflections lie under the target’s peaks. Then click near it on the map: unconstrained descent ends in it.',
    structureId: 'U2Ti',
    slice: { resolution: 101 },
    minimum: 1,
    resolution: 101,
  }),
  preset('fig3a', {
    show: ['descents', 'descents', 'Fig. 3a'],
    question: 'Is starting on the symmetry axis enough?',
    see: 'The paper’s story: free descent goes nowhere, the start projected onto a = b stops in a nearer false minimum, and only the descent that is projected at every step arrives.',
    attempt:
      'Read the projector the other ways (Descent, Projector). Here P averages a and b with the true c, so that every step takes a third of the way to the truth by itself: that, and not the axis, is why it arrives.',
    structureId: 'Au2S',
    slice: { x: 'a', y: 'b' },
    start: [4.569, 4.728],
    follow: ['constrainedStart', END],
  }),
  preset('fig3b', {
    show: ['descents', 'descents', 'Fig. 3b'],
    question: 'What does holding γ at 90° change?',
    see: 'From γ off 90° the descent sinks into the valley beside the line and stays there. Projected onto γ = 90° it reaches the truth, and it makes no difference whether γ is then held: across the line the gradient vanishes.',
    attempt:
      'Give the constrained start a jitter (Descent, Jitter) and see it leave the line. The paper’s figure shows the constrained start failing where the constrained descent arrives: here the two are one descent, on every reading of the projector.',
    structureId: 'Na3MnCoNiO6',
    slice: { x: 'a', y: 'gamma' },
    start: [16.019, 94],
    follow: ['unconstrained', END],
  }),
  preset('fig5', {
    show: ['rows', 'patterns', 'Fig. 5'],
    question: 'Why does the wrong cell score better?',
    see: 'Similarity and match disagree: the free descent scores higher and is no match, the constrained one scores lower and matches. Ribbons join each reflection to where it lies now; coloured ones lie on a peak of another hkl.',
    attempt:
      'Follow the constrained descent (under the map) and look for the reflection that lies on another’s peak. Then save both crystals as CIF and compare them.',
    structureId: 'Na3MnCoNiO6',
    descent: { space: 'full', learningRate: 0.002, modes: ['unconstrained', 'constrained'] },
    start: [NA3_NOISE[0], NA3_NOISE[2]],
    cell: NA3_NOISE,
    follow: ['constrained', END],
  }),
  preset('figS2', {
    show: ['wall', 'landscapes', 'Fig. S2'],
    question: 'Which pairs of parameters are rough?',
    see: 'All fifteen cuts through the true cell on one colour scale, each with the number of its false minima. Slices that the hexagonal symmetry makes equal show the same picture.',
    attempt:
      'Open a slice and click next to a false minimum; then choose the pair with the same angles and the other length.',
    structureId: 'U2Ti',
    slice: { x: 'a', y: 'gamma', resolution: SMALL_MAP },
  }),
  preset('figS3', {
    show: ['rows', 'patterns', 'Fig. S3'],
    question: 'Can a wrong cell give nearly the right pattern?',
    see: 'The free descent ends in a cell that is no match with a pattern close to the target’s: its peaks lie on the target’s, under other names.',
    attempt:
      'Follow the unconstrained descent and read off which reflections share a peak. Then switch the family to a wrong one.',
    structureId: 'BPO4',
    descent: { space: 'full', learningRate: 0.002, modes: ['unconstrained', 'constrained'] },
    start: [BPO4_NOISE[0], BPO4_NOISE[2]],
    cell: BPO4_NOISE,
    follow: ['unconstrained', END],
  }),
  preset('fig3a-alpha', {
    show: ['descents', 'descents', 'Fig. 3a'],
    question: 'And over a and α, as the text has it?',
    see: 'The paper’s text perturbs a and α where its caption says a and b. Off α = 90° the valleys run along α and hold the free descent; on the line the way is clear.',
    attempt:
      'Drop starts at other angles: without the projection none of the searched starts arrives, with it all do. The constrained start never stops short in this slice unless the projector ties a to b and c.',
    structureId: 'Au2S',
    slice: { x: 'a', y: 'alpha' },
    start: [5.134, 94],
    follow: ['unconstrained', END],
  }),
  preset('readings', {
    show: ['readings', 'descents', 'Fig. 3a'],
    question: 'What does the projector project?',
    see: 'One start, three readings of the paper’s projector where only a and b move. Averaged with the true c, P itself pulls towards the truth. Tied to each other only, constrained start and constrained descent are the same descent and stop in the same place. With c following, the slice itself moves.',
    attempt: 'Switch between the readings (Descent, Projector): the start and the crystal stay.',
    structureId: 'Au2S',
    slice: { x: 'a', y: 'b' },
    descent: { reading: 'movedOnly' },
    start: [4.569, 4.728],
    follow: ['constrained', END],
  }),
  preset('jitter', {
    show: ['failure', 'descents', null],
    question: 'Is a trap on the axis a trap beside it?',
    see: 'On a = b the descent stops at a minimum of the line. Pushed off the line it rolls down the other way: the trap is a saddle of the map, and the constraint is what closes it.',
    attempt:
      'Make the jitter smaller (Descent, Jitter): the step at which the descent leaves the line comes later, until it stops first.',
    structureId: 'Au2S',
    slice: { x: 'a', y: 'b' },
    descent: { reading: 'movedOnly', jitter: 0.1, modes: ['constrainedStart'] },
    start: [4.658, 4.924],
    follow: ['constrainedStart', END],
    contrast: { jitter: 0 },
  }),
  preset('trade', {
    show: ['failure', 'patterns', null],
    question: 'Two reflections trade places',
    see: 'From this step on each of two strong reflections lies where the other belongs. Every way back leads over both lying nowhere, so that the descent settles with the two exchanged.',
    attempt: 'Look at the ribbons under the pattern, then step back and watch them cross.',
    structureId: 'U2Ti',
    slice: { tied: true },
    descent: { modes: ['unconstrained'] },
    start: [4.635, 2.847],
    follow: ['unconstrained', 161],
  }),
  preset('window', {
    show: ['failure', 'patterns', null],
    question: 'A reflection leaves the window',
    see: 'Where a strong reflection crosses the end of the pattern the loss jumps. Inside, the slope pushes it out; outside, the slope of the others pulls it back in: the descent hangs at the edge until the stop rule ends it.',
    attempt:
      'Step on and watch the reflection come and go at 90°. Then give the window a margin (Instrument, Margin), so that tails enter smoothly.',
    structureId: 'LiMnIr2',
    slice: { x: 'a', y: 'b' },
    descent: { modes: ['unconstrained'] },
    start: [5.392, 6.448],
    follow: ['unconstrained', 312],
  }),
  preset('long-steps', {
    show: ['failure', 'descents', null],
    question: 'The steps are too long',
    see: 'Above 2/λ of the steepest curvature a step overshoots the valley by more than it was off it: the descent hops between two walls beside the truth, and the stop rule takes the standstill for the end.',
    attempt: 'Lower the learning rate below the stable one named under it (Descent, Learning rate).',
    structureId: 'U2Ti',
    descent: { learningRate: 0.005, modes: ['unconstrained'] },
    start: [5.054, 2.747],
    follow: ['unconstrained', 47],
    contrast: { learningRate: 0.0005 },
  }),
  preset('early', {
    show: ['failure', 'descents', null],
    question: 'It stops one slope too early',
    see: 'The point is a saddle: lowest along *a* = *b*, highest across it. The start stands a millionth of an ångström beside the line: the gradient across is next to nothing, the loss rests for a thousand steps, and the stop rule takes that for the end.',
    attempt: 'Set the least gain to 0 (Descent, or gain): the descent slides off the line, and it arrives.',
    structureId: 'Au2S',
    slice: { x: 'a', y: 'b' },
    descent: { modes: ['unconstrained'] },
    start: [4.719, 4.719001],
    follow: ['unconstrained', END],
    contrast: { stopGain: 0, maxIterations: 12_000 },
  }),
  preset('flat', {
    show: ['failure', 'landscapes', null],
    question: 'The valley floor is flat',
    see: 'Tilting a right angle splits peaks to both sides: the loss has no slope and next to no curvature there, only a fourth power. The gradient fades long before the angle is right, and the stop rule ends the descent.',
    attempt: 'Hold the family: projected, the angle is right from the first step.',
    structureId: 'Au2S',
    slice: { x: 'a', y: 'alpha' },
    descent: { modes: ['unconstrained'] },
    start: [4.805, 90.7],
    follow: ['unconstrained', END],
  }),
  preset('family', {
    show: ['failure', 'descents', null],
    question: 'The family is the wrong guess',
    see: 'Projected onto a family that the crystal does not have, the descent keeps a wrong angle by force and finds the best length for it.',
    attempt: 'Set the family back to the crystal’s own (Descent, Family).',
    structureId: 'VNi2S3',
    slice: { x: 'a', y: 'beta' },
    descent: { family: 'orthorhombic', modes: ['constrained'] },
    start: [5.6, 94.5],
    follow: ['constrained', END],
    contrast: { family: null },
  }),
];

export const presetOf = (id: PresetId): Preset => {
  const found = PRESETS.find(entry => entry.id === id);
  if (!found) throw new Error(`the gallery has no picture "${id}"`);
  return found;
};

/** The link that opens the explorer with a picture and its caption, with "#"; look and engine stay as they are. */
export function presetLink(entry: Preset, now: Inputs = DEFAULT_INPUTS): string {
  const view = { ...now.view, zoom: null, colourRange: null };
  const gallery = { ...DEFAULT_INPUTS.gallery, caption: entry.id };
  return `#${linkOf({ ...entry.inputs, view, engine: now.engine, gallery })}`;
}
