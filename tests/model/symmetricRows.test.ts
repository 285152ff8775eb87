import { describe, expect, it } from 'vitest';
import { fractOf } from '../../src/crystal/siteVector.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { symmetricRows, symmetrised, symmetriser } from '../../src/model/freeCoordinates.ts';
import { modelParameters } from '../../src/model/modelParameters.ts';
import { seededRng } from '../../src/num/rng.ts';
import { projector } from '../../src/optimise/modes.ts';
import { operatorsOf } from '../../src/symmetry/operatorsOf.ts';
import { libraryStructure } from '../support/library.ts';
import { moyoInNode } from '../support/moyo.ts';

describe('the projector of a descent of every atom', () => {
  it.each(['BPO4', 'Ga2O3'])(
    'of %s is the symmetric mean of its coordinates, and leaves the true ones',
    async id => {
      const structure = libraryStructure(id);
      const operators = operatorsOf(await moyoInNode(), structure);
      const mean = symmetriser(operators, structure);
      const atoms = modelParameters(structure, operators, PAPER_INSTRUMENT).filter(
        ({ group }) => group === 'atom',
      );
      const symmetric = symmetricRows(mean, structure.sites, atoms);
      const project = projector(
        { kind: 'full', model: { cell: false, count: atoms.length, symmetric } },
        'full',
        structure.family,
      );
      const truth = fractOf(structure.sites);
      const point = (fract: ArrayLike<number>) => [...structure.cell, ...Array.from(fract)];
      for (const [i, value] of project(point(truth)).entries())
        expect(value).toBeCloseTo(point(truth)[i]!, 6);
      const rng = seededRng(1);
      const noisy = truth.map(value => value + 0.02 * rng.normal());
      const expected = symmetrised(mean, noisy, new Float64Array(noisy.length));
      const found = project(point(noisy)).slice(6);
      for (const [i, value] of found.entries()) expect(value).toBeCloseTo(expected[i]!, 12);
      expect(project([...structure.cell, ...found])).toEqual(
        [...structure.cell, ...found].map(value => expect.closeTo(value, 12)),
      );
    },
  );
});
