import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/crystal/cell.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { type ReducedCrystal, reduceCrystal } from '../../src/matching/matcher.ts';
import type { Crystal } from '../../src/matching/periodicSet.ts';
import { primitiveCrystal } from '../../src/matching/primitiveCrystal.ts';
import { coordinateNoise, latticeNoise } from '../../src/noise/noise.ts';
import { seededRng } from '../../src/num/rng.ts';
import {
  type AtomRecovery,
  type AtomSearch,
  jointLadder,
  recoverAtoms,
} from '../../src/recovery/atomRecovery.ts';
import { type PreparedAtoms, prepareAtoms } from '../../src/recovery/atomStages.ts';
import { atomStarts } from '../../src/recovery/atomStarts.ts';
import { furthestAtom } from '../../src/recovery/sameStructure.ts';
import { libraryStructure } from '../support/library.ts';

interface Case {
  readonly crystal: Crystal;
  readonly truth: ReducedCrystal;
  readonly prepared: PreparedAtoms;
}

function caseOf(id: string): Case {
  const crystal = primitiveCrystal(libraryStructure(id));
  const instrument = PAPER_INSTRUMENT;
  const target = simulatePattern(scatteringModel(crystal.sites, instrument, crystal.cell), crystal.cell);
  const prepared = prepareAtoms({ sites: crystal.sites, instrument, loss: 'cosine', target });
  return { crystal, truth: reduceCrystal(crystal), prepared };
}

function distorted({ cell, sites }: Crystal, lattice: number, coordinates: number, seed: number): Crystal {
  const rng = seededRng(seed);
  const moved = lattice ? latticeNoise(cell, lattice, rng) : cell;
  return { cell: moved, sites: coordinates ? coordinateNoise(sites, coordinates, rng) : sites };
}

const search = (lattice: number, coordinates: number, more: Partial<AtomSearch> = {}): AtomSearch => ({
  cellIsFree: lattice > 0,
  ladder: jointLadder(lattice),
  spread: { lattice, coordinates },
  starts: 1,
  seed: 1,
  ...more,
});

function run(prepared: PreparedAtoms, given: Crystal, how: AtomSearch): AtomRecovery {
  const steps = recoverAtoms(prepared, given, how);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

describe('recovery of atoms', () => {
  it('finds the places of BPO4’s from σ = 0.05, where a fixed rate stands still, the cell untouched', () => {
    const { crystal, truth, prepared } = caseOf('BPO4');
    const given = distorted(crystal, 0, 0.05, 4);
    const { best, loss, starts, agree } = run(prepared, given, search(0, 0.05));
    expect(furthestAtom(truth, best)).toBeLessThan(0.01);
    expect(best.cell).toEqual(crystal.cell);
    expect(loss).toBeCloseTo(-1, 8);
    expect([starts, agree, best.reason]).toEqual([1, 1, 'converged']);
  });

  it('finds cell and atoms together from σ = 0.05 of both', () => {
    const { crystal, truth, prepared } = caseOf('SrTiO3');
    const given = distorted(crystal, 0.05, 0.05, 4);
    expect(furthestAtom(truth, given)).toBeNull();
    const { best } = run(prepared, given, search(0.05, 0.05));
    expect(furthestAtom(truth, best)).toBeLessThan(0.01);
    expect(best.atBound).toEqual([]);
  });

  it('exchanges species that scatter alike: Co and Ni once ended in each other’s place, 2e-8 above the truth', () => {
    const { crystal, truth, prepared } = caseOf('Na3MnCoNiO6');
    const ends = [2, 3, 4, 5].map(seed => run(prepared, distorted(crystal, 0, 0.01, seed), search(0, 0.01)));
    for (const { best } of ends) expect(furthestAtom(truth, best)).toBeLessThan(0.01);
  });

  it('tells a cell that runs away by the limit it came to rest at', () => {
    const { crystal, truth, prepared } = caseOf('SrTiO3');
    const { best } = run(prepared, distorted(crystal, 0.1, 0, 3), search(0.02, 0.01));
    expect(best.reason).toBe('atBound');
    expect(best.atBound.length).toBeGreaterThan(0);
    for (const name of best.atBound) expect(['a', 'b', 'c', 'alpha', 'beta', 'gamma']).toContain(name);
    expect(furthestAtom(truth, best)).toBeNull();
  });

  it('tells a start without a pattern from one that converged', () => {
    const { crystal, prepared } = caseOf('SrTiO3');
    const none: Cell = [4, 4, 4, 150, 150, 150];
    const { best } = run(prepared, { ...crystal, cell: none }, search(0.05, 0.05));
    expect(best.reason).toBe('noModel');
    expect(best.misfit).toBe(Number.POSITIVE_INFINITY);
  });

  it('makes all starts where none explains the target, and counts those that agree', () => {
    const { crystal, prepared } = caseOf('MoS2');
    const given = distorted(crystal, 0, 0.1, 3);
    const few = run(prepared, given, search(0, 0.1, { starts: 6, maxIterations: 4 }));
    expect(few.starts).toBe(6);
    expect(few.agree).toBeLessThan(6);
    expect(few.runnerUp).toBeGreaterThan(few.best.misfit);
  });

  it('is the same to the last bit, whatever was searched before', () => {
    const { crystal, prepared } = caseOf('SrTiO3');
    const given = distorted(crystal, 0.05, 0.05, 6);
    const how = search(0.05, 0.05, { maxIterations: 20 });
    const first = run(prepared, given, how);
    run(prepared, distorted(crystal, 0.2, 0.1, 7), how);
    expect(run(prepared, given, how)).toEqual(first);
  });
});

describe('starts around a crystal', () => {
  it('are the given one first, then others within the spread, the same for a seed', () => {
    const { crystal } = caseOf('MoS2');
    const spread = { lattice: 0.05, coordinates: 0.02 };
    const starts = [...atomStarts(crystal, spread, 5, 11)];
    expect(starts).toHaveLength(5);
    expect(starts[0]).toBe(crystal);
    expect([...atomStarts(crystal, spread, 5, 11)]).toEqual(starts);
    for (const { cell, sites } of starts.slice(1)) {
      for (let i = 0; i < 3; i++) expect(Math.abs(Math.log(cell[i]! / crystal.cell[i]!))).toBeLessThan(0.05);
      expect(sites.map(({ element }) => element)).toEqual(crystal.sites.map(({ element }) => element));
      expect(sites[0]!.fract).not.toEqual(crystal.sites[0]!.fract);
    }
    for (const { cell } of atomStarts(crystal, { ...spread, lattice: 0 }, 3, 11))
      expect(cell).toBe(crystal.cell);
  });
});
