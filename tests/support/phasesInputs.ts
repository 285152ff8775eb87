import { LIBRARY } from '../../src/crystal/library.ts';
import {
  EXPERIMENTS,
  PHASES_LIMITS as LIMITS,
  PHASE_KINDS,
  type PhasesInputs,
  PLANES,
} from '../../src/state/phases/phasesInputs.ts';
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
    triple(whole(-LIMITS.index, LIMITS.index)).filter(hkl => hkl.some(index => index !== 0)),
    { nil: null },
  ),
  moves: fc.uniqueArray(fc.record({ site: whole(0, 200), fract: triple(real(0, 1)) }), {
    maxLength: 6,
    selector: move => move.site,
  }),
  atom: whole(0, 200),
  origin: triple(real(-1, 1)),
  dMin: real(...LIMITS.dMin),
  blur: real(...LIMITS.blur),
  phases: oneOf(PHASE_KINDS),
  seed: whole(...LIMITS.seed),
  spread: real(...LIMITS.spread),
  lender: oneOf(LIBRARY.map(entry => entry.id)),
  share: real(0, 1),
  plane: oneOf(PLANES),
  height: real(0, 1),
  contour: fc.option(real(...LIMITS.contour), { nil: null }),
  atoms: fc.boolean(),
  negative: fc.boolean(),
  picture: oneOf(['section', 'surface'] as const),
  level: real(...LIMITS.level),
  sharpen: fc.boolean(),
  removeOrigin: fc.boolean(),
  damping: real(...LIMITS.blur),
  vectors: fc.boolean(),
  divisions: whole(...LIMITS.divisions),
  points: whole(...LIMITS.points),
  pairClass: whole(0, 500),
  pairSet: whole(1, 20),
  widthScale: real(...LIMITS.widthScale),
  amplitudes: oneOf(['ideal', 'powder'] as const),
  flipDMin: real(...LIMITS.dMin),
  flipBlur: real(...LIMITS.blur),
  delta: real(...LIMITS.delta),
  weak: real(...LIMITS.weak),
  flipSeed: whole(...LIMITS.seed),
  cycles: whole(...LIMITS.cycles),
  powderWavelength: real(...LIMITS.wavelength),
  powderWidth: real(...LIMITS.widthScale),
  running: fc.boolean(),
});
