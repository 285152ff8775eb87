import { LIBRARY } from '../../src/crystal/library.ts';
import { EXPERIMENTS, PHASES, type PhasesInputs } from '../../src/state/phases/phasesSettings.ts';
import { fc } from './seeded.ts';

/** Numbers as a link carries them: ten significant digits, no −0. */
const real = (min: number, max: number): fc.Arbitrary<number> =>
  fc.double({ min, max, noNaN: true }).map(value => {
    const short = Number(value.toPrecision(10));
    return short === 0 ? 0 : Math.min(max, Math.max(min, short));
  });
const whole = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
const triple = (one: fc.Arbitrary<number>): fc.Arbitrary<readonly [number, number, number]> =>
  fc.tuple(one, one, one);
const oneOf = <T>(choices: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...choices);

/** Any settings of the laboratory that a link can carry. */
export const anyPhases: fc.Arbitrary<PhasesInputs> = fc.record({
  experiment: oneOf(EXPERIMENTS.map(entry => entry.id)),
  step: whole(0, 9),
  hkl: fc.option(
    triple(whole(-99, 99)).filter(hkl => hkl.some(index => index !== 0)),
    { nil: null },
  ),
  moves: fc.uniqueArray(fc.record({ site: whole(0, 200), fract: triple(real(0, 1)) }), {
    maxLength: 6,
    selector: move => move.site,
  }),
  atom: whole(0, 200),
  origin: triple(real(-1, 1)),
  dMin: real(...PHASES.dMin.codec.limits),
  blur: real(...PHASES.blur.codec.limits),
  phases: oneOf(PHASES.phases.codec.choices),
  seed: whole(...PHASES.seed.codec.limits),
  spread: real(...PHASES.spread.codec.limits),
  donor: oneOf(LIBRARY.map(entry => entry.id)),
  share: real(0, 1),
  plane: oneOf(PHASES.plane.codec.choices),
  height: real(0, 1),
  contour: fc.option(real(...PHASES.contour.codec.limits), { nil: null }),
  atoms: fc.boolean(),
  negative: fc.boolean(),
  picture: oneOf(['section', 'surface'] as const),
  level: real(...PHASES.level.codec.limits),
  sharpen: fc.boolean(),
  removeOrigin: fc.boolean(),
  damping: real(...PHASES.blur.codec.limits),
  vectors: fc.boolean(),
  divisions: whole(...PHASES.divisions.codec.limits),
  points: whole(...PHASES.points.codec.limits),
  pairClass: whole(0, 500),
  pairSet: whole(1, 20),
  widthScale: real(...PHASES.widthScale.codec.limits),
  amplitudes: oneOf(['ideal', 'powder'] as const),
  flipDMin: real(...PHASES.dMin.codec.limits),
  flipBlur: real(...PHASES.blur.codec.limits),
  delta: real(...PHASES.delta.codec.limits),
  weak: real(...PHASES.weak.codec.limits),
  flipSeed: whole(...PHASES.seed.codec.limits),
  cycles: whole(...PHASES.cycles.codec.limits),
  powderWavelength: real(...PHASES.powderWavelength.codec.limits),
  powderWidth: real(...PHASES.widthScale.codec.limits),
  running: fc.boolean(),
});
