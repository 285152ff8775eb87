import { describe, expect, it } from 'vitest';
import { fractOf, movedSites } from '../../src/crystal/siteVector.ts';
import { binCount, type Instrument, PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { lossOf, PAPER_LOSSES } from '../../src/losses/registry.ts';
import { seededRng } from '../../src/num/rng.ts';
import { crystalObjective } from '../../src/peakspace/coordinates/crystalObjective.ts';
import { smoothingMap, stageGrid } from '../../src/recovery/smoothing.ts';
import { numericalGradient } from '../support/gradcheck.ts';
import { libraryStructure } from '../support/library.ts';

/** Kα₂ too, and a window that cuts peaks off. */
const DOUBLET: Instrument = { ...PAPER_INSTRUMENT, secondWavelength: 1.54439, twoThetaMin: 10, margin: 3 };

function problem(id: string, instrument: Instrument) {
  const { sites, cell } = libraryStructure(id);
  const target = simulatePattern(scatteringModel(sites, instrument, cell), cell);
  const rng = seededRng(5);
  // away from symmetry, and nowhere at the end of the window
  const at = Float64Array.from([
    ...cell.map((value, i) => (i < 3 ? value * (1 + 0.011 * (i + 1)) : value + 0.7 * (i - 3.4))),
    ...fractOf(sites).map(x => x + 0.02 * rng.normal()),
  ]);
  return { sites, target, at };
}

describe('the loss over cell and coordinates together', () => {
  for (const [name, instrument] of [
    ['paper', PAPER_INSTRUMENT],
    ['doublet', DOUBLET],
  ] as const)
    for (const { id: loss } of PAPER_LOSSES)
      for (const kernel of [0, 2])
        it(`(${loss}, ${name} instrument, kernel of ${kernel}°) has the gradient of finite differences`, () => {
          const { sites, target, at } = problem('VNi2S3', instrument);
          const map = smoothingMap(instrument, stageGrid(instrument, kernel));
          const seen = map ? map.forward(target) : target;
          const objective = crystalObjective(sites, instrument, lossOf(loss), seen, map);
          const [byCell, byFract] = [new Float64Array(6), new Float64Array(3 * sites.length)];
          const value = (x: Float64Array): number =>
            objective(x.slice(0, 6), x.slice(6), new Float64Array(6), new Float64Array(3 * sites.length));
          objective(at.slice(0, 6), at.slice(6), byCell, byFract);
          const expected = numericalGradient(value, at, i => (i < 3 ? 2e-4 : i < 6 ? 3e-3 : 1e-4));
          for (const [own, from] of [
            [byCell, 0],
            [byFract, 6],
          ] as const) {
            const part = expected.subarray(from, from + own.length);
            const largest = Math.max(...part.map(Math.abs));
            for (const [i, slope] of own.entries())
              expect(Math.abs(slope - part[i]!) / largest).toBeLessThan(2e-5);
          }
        });

  it('is the loss of the dense reference', () => {
    for (const { id } of PAPER_LOSSES) {
      const { sites, target, at } = problem('Ga2O3', DOUBLET);
      const objective = crystalObjective(sites, DOUBLET, lossOf(id), target, null);
      const [cell, fract] = [at.slice(0, 6), at.slice(6)];
      const own = objective(cell, fract, new Float64Array(6), new Float64Array(fract.length));
      const moved = movedSites(sites, fract);
      const six = [...cell] as unknown as Parameters<typeof scatteringModel>[2];
      const dense = lossOf(id).value(target, simulatePattern(scatteringModel(moved, DOUBLET, six), six));
      expect(Math.abs(own - dense)).toBeLessThan(1e-7 * Math.max(1, Math.abs(dense)));
    }
  });

  it('has the same bits whatever cells were asked for before', () => {
    const { sites, target, at } = problem('U2Ti', PAPER_INSTRUMENT);
    const make = () => crystalObjective(sites, PAPER_INSTRUMENT, lossOf('cosine'), target, null);
    const [cell, fract] = [at.slice(0, 6), at.slice(6)];
    const [fresh, used] = [make(), make()];
    const slopes = () => [new Float64Array(6), new Float64Array(fract.length)] as const;
    used(Float64Array.of(9, 9, 7, 80, 95, 100), fract, ...slopes());
    const [first, second] = [slopes(), slopes()];
    expect(used(cell, fract, ...second)).toBe(fresh(cell, fract, ...first));
    expect(second).toEqual(first);
  });

  it('has no value where the cell does not exist', () => {
    const { sites, target, at } = problem('U2Ti', PAPER_INSTRUMENT);
    const objective = crystalObjective(sites, PAPER_INSTRUMENT, lossOf('cosine'), target, null);
    const fract = at.slice(6);
    const none = Float64Array.of(4, 4, 4, 150, 150, 150);
    expect(objective(none, fract, new Float64Array(6), new Float64Array(fract.length))).toBeNaN();
  });
});

describe('smoothing as a map', () => {
  it('goes back by its transpose', () => {
    const rng = seededRng(3);
    const grid = stageGrid(DOUBLET, 1.5);
    const map = smoothingMap(DOUBLET, grid)!;
    const x = Float64Array.from({ length: binCount(DOUBLET) }, () => rng.normal());
    const r = Float64Array.from({ length: grid.count }, () => rng.normal());
    const dot = (p: Float64Array, q: Float64Array): number =>
      p.reduce((sum, value, i) => sum + value * q[i]!, 0);
    expect(dot(map.forward(x), r)).toBeCloseTo(dot(x, map.back(r)), 10);
  });
});
