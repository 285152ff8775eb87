import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Cell } from '../../src/crystal/cell.ts';
import { LIBRARY } from '../../src/crystal/library.ts';
import type { Structure } from '../../src/crystal/structure.ts';
import { type Instrument, PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { latticeNoise } from '../../src/noise/noise.ts';
import { seededRng } from '../../src/num/rng.ts';
import { committedSimdCode, simdCode } from '../../src/peakspace/compileKernel.ts';
import { BY_BLOCKS, fastCosine } from '../../src/peakspace/fastCosine.ts';
import { fastMse } from '../../src/peakspace/fastMse.ts';
import { plainPeakSpace } from '../../src/peakspace/plainPeakSpace.ts';
import { blockTree, type ProfileTree, profileTree } from '../../src/peakspace/profileTree.ts';
import { simdPeakSpace } from '../../src/peakspace/simdPeakSpace.ts';
import { targetTable } from '../../src/peakspace/targetTable.ts';
import { largeCell } from '../bench/largeCells.ts';
import { libraryStructure } from '../support/library.ts';

/** The truth and distorted cells: the first has many equal positions, the others none. */
function cellsOf({ cell }: Structure): Cell[] {
  const rng = seededRng(3);
  return [cell, ...[0.01, 0.05, 0.1, 0.2].map(sigma => latticeNoise(cell, sigma, rng))];
}

function worstDifference(
  objective: typeof fastCosine,
  structure: Structure,
  instrument: Instrument,
  treeOf: (refine: number) => ProfileTree,
): { loss: number; gradient: number } {
  const { sites, cell } = structure;
  const table = targetTable(instrument, simulatePattern(scatteringModel(sites, instrument, cell), cell));
  const plain = objective(sites, instrument, table, treeOf, plainPeakSpace);
  const fast = objective(sites, instrument, table, treeOf, (...given) => simdPeakSpace(...given)!);
  const worst = { loss: 0, gradient: 0 };
  for (const at of cellsOf(structure).map(values => Float64Array.from(values))) {
    const [expected, found] = [new Float64Array(6), new Float64Array(6)];
    const loss = plain(at, expected);
    worst.loss = Math.max(worst.loss, Math.abs(fast(at, found) - loss), Math.abs(fast(at, null) - loss));
    const scale = Math.max(0.01, ...expected.map(Math.abs));
    for (const [i, g] of expected.entries())
      worst.gradient = Math.max(worst.gradient, Math.abs(g - found[i]!) / scale);
  }
  return worst;
}

const trees =
  (instrument: Instrument) =>
  (refine: number): ProfileTree =>
    refine === BY_BLOCKS ? blockTree(instrument)! : profileTree(instrument, refine);

describe('peak space in WebAssembly', () => {
  it.each(LIBRARY.map(({ id }) => id))('agrees with TypeScript for %s to rounding', id => {
    // terms of MSE are hundreds of times as large as the cosine's
    for (const [objective, rounding] of [
      [fastCosine, 1e-13],
      [fastMse, 1e-11],
    ] as const) {
      const given = [libraryStructure(id), PAPER_INSTRUMENT, trees(PAPER_INSTRUMENT)] as const;
      const { loss, gradient } = worstDifference(objective, ...given);
      expect(loss).toBeLessThan(rounding);
      expect(gradient).toBeLessThan(100 * rounding);
    }
  });

  it('agrees with two lines, a margin, blocks and finer leaves', () => {
    const two: Instrument = { ...PAPER_INSTRUMENT, secondWavelength: 1.5444, margin: 2, twoThetaMin: 10 };
    const cases: [Structure, Instrument, (refine: number) => ProfileTree][] = [
      [libraryStructure('Au2S'), two, trees(two)],
      [libraryStructure('NdAl8Cu4'), PAPER_INSTRUMENT, () => blockTree(PAPER_INSTRUMENT)!],
      [libraryStructure('U2Ti'), PAPER_INSTRUMENT, () => profileTree(PAPER_INSTRUMENT, 2)],
      [largeCell(60, 7), PAPER_INSTRUMENT, trees(PAPER_INSTRUMENT)],
    ];
    for (const given of cases) {
      const { loss, gradient } = worstDifference(fastCosine, ...given);
      expect(loss).toBeLessThan(1e-12);
      expect(gradient).toBeLessThan(1e-11);
    }
  });

  it('is what its sources compile to', async () => {
    expect(await simdCode(), 'run npm run kernel').toBe(committedSimdCode());
  });
});

describe('where WebAssembly cannot run', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  it('TypeScript takes over', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    vi.resetModules();
    const { fastCosine: here } = await import('../../src/peakspace/fastCosine.ts');
    const { simdPeakSpace: missing } = await import('../../src/peakspace/simdPeakSpace.ts');
    const { sites, cell } = libraryStructure('U2Ti');
    const table = targetTable(
      PAPER_INSTRUMENT,
      simulatePattern(scatteringModel(sites, PAPER_INSTRUMENT, cell), cell),
    );
    const seen: unknown[] = [];
    fastCosine(sites, PAPER_INSTRUMENT, table, trees(PAPER_INSTRUMENT), (setting, target) => {
      seen.push(missing(setting, target));
      return plainPeakSpace(setting, target);
    });
    expect(seen).toEqual([null]);
    const loss = here(sites, PAPER_INSTRUMENT, table, trees(PAPER_INSTRUMENT))(Float64Array.from(cell), null);
    expect(loss).toBeCloseTo(-1, 8);
  });
});
