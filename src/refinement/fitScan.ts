import {
  type Freed,
  type Refinement,
  type RefinementInput,
  type RefinementStart,
  refineSteps,
} from './refine.ts';
import { scanModel } from './scanModel.ts';

/** Everything that a laboratory's scan has besides its crystal. */
export const ALL_FREED: Freed = [
  'cell',
  'zero',
  'displacement',
  'u',
  'v',
  'w',
  'mixing',
  'mixingSlope',
  'asymmetry',
  'b',
  'march',
];

/** A profile to begin with, of peaks so wide, degrees. */
export const firstProfile = (width: number): RefinementStart['profile'] => ({
  ...{ zero: 0, displacement: 0, u: 0, v: 0, w: width * width },
  ...{ mixing: 0.5, mixingSlope: 0, asymmetry: 0.02, b: 0.5, march: 1 },
});

/** Numbers that join in one stage after another: what a wrong one would mislead comes later. */
const STAGES: readonly Freed[] = [
  ['zero', 'displacement'],
  ['zero', 'displacement', 'w'],
  ['cell', 'zero', 'displacement', 'w', 'mixing', 'b'],
  ['cell', 'zero', 'displacement', 'u', 'v', 'w', 'mixing', 'mixingSlope', 'b', 'march'],
];

/** Refines in stages, the last over all that is freed. Yields as it goes. */
export function* fitSteps(
  input: RefinementInput,
  start: RefinementStart,
  freed: Freed = ALL_FREED,
): Generator<{ readonly chi2: number; readonly evaluations: number }, Refinement> {
  const model = scanModel(input.sites, input.family, input.setting, input.allowed);
  let from = start;
  let evaluations = 0;
  for (const stage of [...STAGES, freed]) {
    const own = stage.filter(key => freed.includes(key));
    if (own.length === 0) continue;
    const found = yield* refineSteps(input, from, own, null, model);
    evaluations += found.evaluations;
    from = found;
    if (stage === freed) return { ...found, evaluations };
  }
  return yield* refineSteps(input, from, [], null, model);
}

/** Rounds in which intensities and profile take turns. */
const ROUNDS = 16;
const SHARES = 10;

/**
 * The same with free intensities: shares of what is observed, by what is calculated (Le Bail, Duroy & Fourquet,
 * Mater. Res. Bull. 23, 447, 1988), in turns with least squares over cell and profile. The floor for any model of the
 * atoms.
 */
export function* leBailSteps(
  input: RefinementInput,
  start: RefinementStart,
  freed: Freed = ALL_FREED,
): Generator<{ readonly chi2: number; readonly evaluations: number }, Refinement> {
  const own = freed.filter(key => key !== 'b' && key !== 'march');
  const model = scanModel(input.sites, input.family, input.setting, input.allowed);
  const n = input.observed.length;
  let from: RefinementStart = start;
  let found = yield* refineSteps(input, from, [], null, model);
  // those of the atoms to begin with, all alike where there are none
  let intensities: Float64Array = model.squares().slice();
  let best: Refinement = { ...found, intensities: intensities.slice() };
  for (let round = 0; round < ROUNDS; round++) {
    for (let share = 0; share < SHARES; share++) {
      const calculated = new Float64Array(n);
      const scale = found.scale || 1;
      const parts: { group: number; from: number; values: Float64Array }[] = [];
      model.share((group, first, values) => {
        parts.push({ group, from: first, values });
        for (const [i, value] of values.entries())
          calculated[first + i]! += scale * intensities[group]! * value;
      });
      const taken = new Float64Array(model.groups);
      const whole = new Float64Array(model.groups);
      for (const { group, from: first, values } of parts)
        for (const [i, value] of values.entries()) {
          const at = first + i;
          if (!(input.sigma[at]! > 0) || !(calculated[at]! > 0)) continue;
          const net = input.observed[at]! - found.background[at]!;
          const own = scale * intensities[group]! * value;
          taken[group]! += (own * net) / calculated[at]!;
          whole[group]! += own;
        }
      intensities = intensities.map((value, g) =>
        whole[g]! > 0 ? Math.max(1e-12, (value * taken[g]!) / whole[g]!) : value,
      );
    }
    found = yield* refineSteps(
      input,
      from,
      round < 2 ? own.filter(key => key === 'zero') : own,
      intensities,
      model,
    );
    from = found;
    if (found.rwp <= best.rwp) best = { ...found, intensities };
  }
  return best;
}

/** Standard uncertainties: the file's, or √max(y, 1) of counts. */
export const sigmasOf = (observed: Float64Array, given: Float64Array | null): Float64Array =>
  given ?? observed.map(y => Math.sqrt(Math.max(y, 1)));
