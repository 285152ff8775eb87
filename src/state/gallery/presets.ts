import type { Cell } from '../../crystal/cell.ts';
import { DEFAULT_INPUTS, type Inputs } from '../core/inputs.ts';
import { linkOf } from '../core/permalink.ts';
import {
  FAILURE_IDS,
  type GalleryFilter,
  PARAMETER_IDS,
  type PresetId,
  WAY_DOWN_IDS,
} from './gallerySettings.ts';
import { END, type Preset, preset, SMALL_MAP } from './preset.ts';

/** Noise 0.1 with seed 43 of `tests/gallery/searchNoise.ts`, to four decimals. */
const NA3_NOISE: Cell = [17.3453, 2.7807, 6.2322, 90.5761, 112.4347, 96.8751];
/** The same with seed 59. */
const BPO4_NOISE: Cell = [4.2622, 4.0257, 7.2744, 90.7527, 95.2183, 92.4855];

/** Noise 0.2 of SrTiO3 with seed 9. */
const WINDOW_NOISE: Cell = [3.4907, 4.3396, 3.388, 77.7126, 104.7306, 75.5539];

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
      'Read the projector the other ways (Descent, More, Projector). Here P averages a and b with the true c, so that every step takes a third of the way to the truth by itself: that, and not the axis, is why it arrives.',
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
      'Give the constrained start a jitter (Descent, More, Jitter) and see it leave the line. The paper’s figure shows the constrained start failing where the constrained descent arrives: here the two are one descent, on every reading of the projector.',
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
    attempt: 'Switch between the readings (Descent, More, Projector): the start and the crystal stay.',
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
      'Make the jitter smaller (Descent, More, Jitter): the step at which the descent leaves the line comes later, until it stops first.',
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
  preset('fig3a-down', {
    show: ['wayDown', 'descents', 'Fig. 3a'],
    question: 'The same start, and the way down',
    see: 'What is too rough for one peak width is one smooth bowl for wide peaks. Beyond the paper, the fourth path descends that bowl first, then narrower ones, each from where the last one ended: no projector is needed, and nothing of the true cell.',
    attempt:
      'Play it, or go through the stages beside the map: the map sharpens around the path. Then drop starts wherever you like.',
    structureId: 'Au2S',
    slice: { x: 'a', y: 'b' },
    descent: { continued: true },
    start: [4.569, 4.728],
    follow: ['continued', END],
  }),
  preset('fig3b-down', {
    show: ['wayDown', 'descents', 'Fig. 3b'],
    question: 'The same tilt, and the way down',
    see: 'Off γ = 90° the plain landscape has its valley beside the line. Under wide peaks it has none: the path crosses straight to the truth.',
    attempt: 'Choose the first stage beside the map and look for the valley in which the free descent ends.',
    structureId: 'Na3MnCoNiO6',
    slice: { x: 'a', y: 'gamma' },
    descent: { continued: true },
    start: [16.019, 94],
    follow: ['continued', END],
  }),
  preset('fig5-down', {
    show: ['wayDown', 'patterns', 'Fig. 5'],
    question: 'The same distorted cell, and the way down',
    see: 'All six parameters are free, no symmetry is held, and the start is the distorted cell of the figure. The descents trade reflections and stay; the continued path brings every reflection home.',
    attempt: 'Step through the stages and watch the peaks of the pattern find their places.',
    structureId: 'Na3MnCoNiO6',
    descent: { space: 'full', learningRate: 0.002, modes: ['unconstrained', 'constrained'], continued: true },
    start: [NA3_NOISE[0], NA3_NOISE[2]],
    cell: NA3_NOISE,
    follow: ['continued', END],
  }),
  preset('wrong-cell', {
    show: ['wayDown', 'patterns', null],
    question: 'Is a low loss a certificate?',
    see: 'The window is short: few lines are left for six free parameters. The continued path finds a cell that explains them all but perfectly, and it is the wrong one. The distances of an end from the next best, and how many starts agree, say more than any threshold.',
    attempt:
      'Widen the window (Instrument, Two-theta to): the lines beyond its end tell the two cells apart.',
    structureId: 'SrTiO3',
    slice: { x: 'a', y: 'b', xRange: [3.1, 4.5], yRange: [3.4, 4.8] },
    instrument: { twoThetaMax: 40 },
    descent: { space: 'full', learningRate: 0.002, modes: ['unconstrained'], continued: true },
    start: [WINDOW_NOISE[0], WINDOW_NOISE[1]],
    cell: WINDOW_NOISE,
    follow: ['continued', END],
  }),
  preset('oxygen', {
    show: ['minima', 'landscapes', null],
    question: 'How often is the true oxygen there?',
    see: 'The cell is right, and one oxygen moves with all its mates. A twofold axis and the mirror image give the same pattern: places marked = are the truth in other words, and no descent that ends there is wrong.',
    attempt:
      'Choose z for the vertical axis: there the map has false minima too, each nearly as good as the truth.',
    structureId: 'BPO4',
    slice: { x: 'x.O5', y: 'y.O5', xRange: [-0.05, 0.95], yRange: [0.05, 1.05], resolution: 101 },
    minimum: 1,
  }),
  preset('homometric', {
    show: ['minima', 'landscapes', null],
    question: 'Two crystals, one pattern?',
    see: 'Two of four equal atoms move along c. Places marked = have the pattern of the truth: some are the same crystal, its atoms exchanged, and some are another one with the same interatomic vectors. No powder pattern tells them apart.',
    attempt:
      'Choose a = in the table of minima and look at the unit cell. The phase-problem laboratory searches such pairs (Homometric).',
    structureId: 'cyclotomic',
    slice: { x: 'z.1', y: 'z.2', xRange: [0.05, 1.05], yRange: [0.05, 1.05], resolution: 101 },
    minimum: 1,
  }),
  preset('light-atom', {
    show: ['nudged', 'landscapes', null],
    question: 'Does the pattern see lithium?',
    see: 'Both atoms move by the same distance, lithium at the first mark and iridium at the second. The floor along lithium is flat: a few electrons beside many say next to nothing.',
    attempt: 'Choose manganese for one of the axes: it stands between the two.',
    structureId: 'LiMnIr2',
    slice: { x: 'x.0', y: 'x.8', resolution: 101 },
    nudge: [0.05, 0.05],
  }),
  preset('losses', {
    show: ['minima', 'landscapes', null],
    question: 'Does MSE see atoms better?',
    see: 'The paper says that the squared error sees intensities better than the cosine. Both are tried here from the same grid of starts, by descents that take short steps and use the curvature.',
    attempt:
      'Choose MSE (Loss): the map becomes another one. The catchment map (Analysis) counts starts over the whole of it.',
    structureId: 'BPO4',
    slice: { x: 'x.O5', y: 'z.O5', xRange: [0, 1], yRange: [0, 1], resolution: 101 },
    minimum: 1,
    nudge: [0.05, 0],
    against: 'mse',
  }),
  preset('motion', {
    show: ['nudged', 'landscapes', null],
    question: 'Does it move, or is it missing?',
    see: 'Thermal motion of the oxygen and its occupancy both take intensity away. Changed alone, each shows; where the other may follow, next to nothing does: the valley between them is long and flat.',
    attempt:
      'Widen the window (Instrument, Two-theta to): motion weighs at high angles and occupancy at all, so that there they part.',
    structureId: 'BPO4',
    instrument: { twoThetaMax: 60 },
    slice: { x: 'B.O', y: 'occ.O5', xRange: [-1, 3], yRange: [0.6, 1.4], resolution: 101 },
    nudge: [1, 0.1],
  }),
  preset('zero-shift', {
    show: ['nudged', 'patterns', null],
    question: 'What does a zero error cost?',
    see: 'The zero of the circle shifts all peaks alike, a longer axis shifts them more at high angles. A wrong zero is paid for with a wrong cell: the valley is tilted.',
    attempt:
      'End the window at lower angles (Instrument, Two-theta to): the two become harder to tell apart.',
    structureId: 'SrTiO3',
    slice: { x: 'a', y: 'zero', xRange: [3.83, 3.98], yRange: [-0.3, 0.3], tied: true, resolution: 101 },
    nudge: [0.01, 0.1],
  }),
];

export const presetOf = (id: PresetId): Preset => {
  const found = PRESETS.find(entry => entry.id === id);
  if (!found) throw new Error(`the gallery has no picture "${id}"`);
  return found;
};

/** The pictures that a filter leaves, in the groups in which the gallery lists them. */
export function groupsOf(
  filter: GalleryFilter,
): Readonly<Record<'figures' | 'wayDown' | 'failures' | 'parameters', Preset[]>> {
  const shown = PRESETS.filter(({ topic }) => filter === 'all' || topic === filter);
  const among = (ids: readonly string[]): Preset[] => shown.filter(({ id }) => ids.includes(id));
  const others = [...FAILURE_IDS, ...WAY_DOWN_IDS, ...PARAMETER_IDS];
  return {
    figures: shown.filter(({ id }) => !others.includes(id)),
    wayDown: among(WAY_DOWN_IDS),
    failures: among(FAILURE_IDS),
    parameters: among(PARAMETER_IDS),
  };
}

/** The link that opens the explorer with a picture and its caption, with "#"; look and engine stay as they are. */
export function presetLink(entry: Preset, now: Inputs = DEFAULT_INPUTS): string {
  const view = { ...now.view, zoom: null, colourRange: null };
  const gallery = { ...DEFAULT_INPUTS.gallery, caption: entry.id };
  return `#${linkOf({ ...entry.inputs, view, engine: now.engine, gallery })}`;
}
