import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/crystal/cell.ts';
import { atomsOf } from '../../src/energy/atoms.ts';
import type { Potential } from '../../src/energy/potential.ts';
import { type RelaxState, relaxedCell, startRelaxation, stepRelaxation } from '../../src/energy/relax.ts';
import { PAPER_RELAXATION, type RelaxMode } from '../../src/energy/relaxPlan.ts';
import { coordinateNoise, latticeNoise } from '../../src/noise/noise.ts';
import { addInverseUpdate, scaledIdentity, times } from '../../src/num/bfgs.ts';
import { seededRng } from '../../src/num/rng.ts';
import { expectClose } from '../support/expectClose.ts';
import { libraryStructure } from '../support/library.ts';
import { HAVE_WEIGHTS, NEEDS, publishedModel } from './weightsFile.ts';

const U2TI = libraryStructure('U2Ti');

function relax(potential: Potential, state: RelaxState): RelaxState[] {
  const trail = [state];
  while (!trail.at(-1)!.stopped) trail.push(stepRelaxation(potential, trail.at(-1)!));
  return trail;
}
const plan = (mode: RelaxMode) => ({ ...PAPER_RELAXATION, mode });

describe('the BFGS update', () => {
  it('learns the inverse of a quadratic form from as many steps as it has variables', () => {
    // H = [[4, 1], [1, 3]], H⁻¹ = [[3, −1], [−1, 4]]/11; conjugate steps give it exactly.
    const h = (s: Float64Array): Float64Array => Float64Array.of(4 * s[0]! + s[1]!, s[0]! + 3 * s[1]!);
    let b = scaledIdentity(2, 1);
    const first = Float64Array.of(1, 0);
    const second = Float64Array.of(-0.25, 1);
    b = addInverseUpdate(b, first, h(first));
    b = addInverseUpdate(b, second, h(second));
    expectClose(b, [3 / 11, -1 / 11, -1 / 11, 4 / 11], { relative: 0, absolute: 1e-14 }, 'inverse');
    expectClose(times(b, h(first)), first, { relative: 0, absolute: 1e-14 }, 'secant');
  });

  it('keeps what it has where the curvature is not positive', () => {
    const b = scaledIdentity(2, 1);
    expect(addInverseUpdate(b, Float64Array.of(1, 0), Float64Array.of(-1, 0))).toBe(b);
  });
});

describe.skipIf(!HAVE_WEIGHTS)(`relaxation of U2Ti ${NEEDS}`, () => {
  it("brings a distorted cell to the potential's own minimum, fractional coordinates fixed", () => {
    const { tabled } = publishedModel();
    const start = latticeNoise(U2TI.cell, 0.05, seededRng(2));
    const trail = relax(tabled, startRelaxation(tabled, atomsOf(U2TI.sites, start), plan('cell')));
    const end = trail.at(-1)!;
    expect(end.stopped).toBe('converged');
    expect(end.largestForce).toBeLessThan(0.02);
    // The specification has the minimum at a = 4.798 Å, c = 2.806 Å, 15.3 meV below the true cell.
    const [a, b, c, alpha, beta, gamma] = relaxedCell(end);
    expectClose([a, b, c], [4.798, 4.798, 2.806], { relative: 0, absolute: 0.02 }, 'lengths');
    expectClose([alpha, beta, gamma], [90, 90, 120], { relative: 0, absolute: 0.3 }, 'angles');
    const below = tabled.energy(atomsOf(U2TI.sites, U2TI.cell)) - end.energy;
    expect(below).toBeGreaterThan(0.014);
    expect(below).toBeLessThan(0.0155);
    expectClose(end.atoms.fract, atomsOf(U2TI.sites, start).fract, { relative: 0, absolute: 0 }, 'atoms');
  });

  it('brings displaced atoms back at a fixed cell', () => {
    const { tabled } = publishedModel();
    const sites = coordinateNoise(U2TI.sites, 0.02, seededRng(4));
    const begin = startRelaxation(tabled, atomsOf(sites, U2TI.cell), plan('ions'));
    const end = relax(tabled, begin).at(-1)!;
    expect(end.stopped).toBe('converged');
    expect(end.atoms.lattice).toEqual(begin.atoms.lattice);
    const ideal = atomsOf(U2TI.sites, U2TI.cell);
    // Up to a common shift: the two U relative to Ti.
    const relative = (fract: Float64Array): number[] =>
      [3, 4, 5, 6, 7, 8].map(i => {
        const d = fract[i]! - fract[i % 3]! - (ideal.fract[i]! - ideal.fract[i % 3]!);
        return d - Math.round(d);
      });
    expectClose(relative(end.atoms.fract), new Float64Array(6), { relative: 0, absolute: 0.005 }, 'atoms');
  });

  it('relaxes both, and its pull is the slope of the energy in its own variables', () => {
    const { tabled } = publishedModel();
    const sites = coordinateNoise(U2TI.sites, 0.02, seededRng(4));
    const start = latticeNoise(U2TI.cell, 0.05, seededRng(2));
    const trail = relax(tabled, startRelaxation(tabled, atomsOf(sites, start), plan('both')));
    expect(trail.at(-1)!.stopped).toBe('converged');
    // Between two iterates the energy falls by the mean pull along the step, to third order in its length.
    const [p, q] = trail.slice(-3, -1) as [RelaxState, RelaxState];
    const gained = p.pull.reduce(
      (sum, value, i) => sum + 0.5 * (value + q.pull[i]!) * (q.variables[i]! - p.variables[i]!),
      0,
    );
    expect(Math.abs(p.energy - q.energy - gained)).toBeLessThan(0.02 * Math.abs(gained) + 1e-6);
  });

  it('says when atoms are too close for the potential to mean anything', () => {
    const { tabled } = publishedModel();
    const tiny: Cell = [4.8, 4.8, 0.6, 90, 90, 120];
    const state = startRelaxation(tabled, atomsOf(U2TI.sites, tiny), plan('cell'));
    expect(state.stopped).toBe('collapsed');
    expect(stepRelaxation(tabled, state)).toBe(state);
  });
});
