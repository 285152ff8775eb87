import type { Structure } from '../crystal/structure.ts';
import type { Crystal } from '../matching/periodicSet.ts';
import { primitiveCrystal } from '../matching/primitiveCrystal.ts';
import { COORDINATES_OF_BOTH, coordinateNoise, latticeNoise } from '../noise/noise.ts';
import { seededRng } from '../num/rng.ts';
import { type Conditions, seedOf } from './plan.ts';
import type { Trial } from './trialKey.ts';

/** The crystal that trials distort: as given for lattice noise, primitive where atoms move unless asked otherwise. */
export const distortedCell = (
  { noise }: Pick<Trial, 'noise'>,
  structure: Structure,
  { cells }: Pick<Conditions, 'cells'>,
): Crystal => (noise !== 'lattice' && cells === 'primitive' ? primitiveCrystal(structure) : structure);

/** Start of a trial: the distorted copy of a crystal. */
export function distortedStart(trial: Trial, crystal: Crystal, conditions: Conditions): Crystal {
  const rng = seededRng(seedOf(conditions, trial));
  const { noise, sigma } = trial;
  return {
    cell: noise === 'coordinates' ? crystal.cell : latticeNoise(crystal.cell, sigma, rng),
    sites:
      noise === 'lattice'
        ? crystal.sites
        : coordinateNoise(crystal.sites, noise === 'both' ? COORDINATES_OF_BOTH : sigma, rng),
  };
}
