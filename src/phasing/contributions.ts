import { inverseSquareSpacing, reciprocalMetric } from '../crystal/cell.ts';
import type { Structure } from '../crystal/structure.ts';
import { formFactorOf, scatteringFactor } from '../diffraction/formFactor.ts';
import type { Hkl } from '../diffraction/mergePeaks.ts';

/** One atom's arrow in the Argand diagram of a reflection. */
export interface Contribution {
  /** Index into the structure's sites. */
  readonly site: number;
  /** occ · f(s), electrons; the length of the arrow (negative only beyond the range of the table). */
  readonly amplitude: number;
  /** 360° h·x, degrees in [−180, 180]. */
  readonly phase: number;
  readonly re: number;
  readonly im: number;
}

/** occ_j f_j(s) exp(2πi h·x_j) of every site, in the order of the sites; their sum is F(hkl). (0,0,0) is allowed. */
export function contributions({ cell, sites }: Pick<Structure, 'cell' | 'sites'>, hkl: Hkl): Contribution[] {
  const q = 0.25 * inverseSquareSpacing(reciprocalMetric(cell), ...hkl);
  const factors = new Map<string, number>();
  const factorOf = (element: string): number => {
    const found = factors.get(element) ?? scatteringFactor(formFactorOf(element), q);
    factors.set(element, found);
    return found;
  };
  return sites.map(({ element, fract, occupancy }, site) => {
    const amplitude = occupancy * factorOf(element);
    const turns = hkl[0] * fract[0] + hkl[1] * fract[1] + hkl[2] * fract[2];
    const fraction = turns - Math.round(turns);
    const angle = 2 * Math.PI * fraction;
    return {
      site,
      amplitude,
      phase: 360 * fraction,
      re: amplitude * Math.cos(angle),
      im: amplitude * Math.sin(angle),
    };
  });
}
