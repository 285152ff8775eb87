import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/crystal/cell.ts';
import { LIBRARY } from '../../src/crystal/library.ts';
import { atomsOf } from '../../src/energy/atoms.ts';
import { atomsInCell, primitiveAtoms } from '../../src/energy/centring.ts';
import { tensorNet } from '../../src/energy/potential.ts';
import { tensorNetWeights } from '../../src/energy/weights.ts';
import { libraryStructure } from '../support/library.ts';
import { randomTensors } from './randomTensors.ts';

/** Lattice points per conventional cell by the letter of the space group: P 1, C and I 2, F 4. */
const POINTS: Readonly<Record<string, number>> = { P: 1, C: 2, I: 2, F: 4 };

describe('the primitive atoms', () => {
  for (const { id, spaceGroup } of LIBRARY)
    it(`of ${id} (${spaceGroup}) are as few as its lattice says`, () => {
      const { sites } = libraryStructure(id);
      const { multiplicity, elements } = primitiveAtoms(sites);
      expect(multiplicity).toBe(POINTS[spaceGroup[0]!]);
      expect(elements.length * multiplicity).toBe(sites.length);
    });

  it('have the energy of the whole cell, distorted too, times their share', () => {
    const potential = tensorNet(tensorNetWeights(randomTensors()), null);
    const { sites } = libraryStructure('LiMnIr2');
    const primitive = primitiveAtoms(sites);
    const cell: Cell = [5.8, 6.1, 6.3, 88, 93, 95];
    const whole = potential.energy(atomsOf(sites, cell));
    const part = potential.energy(atomsInCell(primitive, cell)) * primitive.multiplicity;
    expect(Math.abs(whole - part)).toBeLessThan(1e-9 * Math.abs(whole));
  });
});
