import { describe, expect, it } from 'vitest';
import { cellVolume, latticeMatrix } from '../../src/crystal/cell.ts';
import { gridShape } from '../../src/phasing/densityGrid.ts';
import { densityPeaks } from '../../src/phasing/densityPeaks.ts';
import { interatomicVectors } from '../../src/phasing/interatomicVectors.ts';
import { pattersonFactors } from '../../src/phasing/patterson.ts';
import { periodicDistance } from '../../src/phasing/positions.ts';
import { structureFactors } from '../../src/phasing/structureFactors.ts';
import { densityAt, synthesise } from '../../src/phasing/synthesis.ts';
import { libraryStructure } from '../support/library.ts';

const PLAIN = { sharpen: false, removeOrigin: false, damping: 0 };

describe('the Patterson map', () => {
  it('is the autocorrelation of the density, point by point', () => {
    const structure = libraryStructure('U2Ti');
    const factors = structureFactors(structure, 1.2);
    const shape = gridShape(structure.cell, 1.2);
    const density = synthesise(factors, shape).values;
    const map = synthesise(pattersonFactors(factors, structure, PLAIN), shape).values;
    const [nx, ny, nz] = shape;
    const scale = cellVolume(structure.cell) / density.length;
    const at = (i: number, j: number, k: number): number => ((i % nx) * ny + (j % ny)) * nz + (k % nz);
    for (let u = 0; u < nx; u++)
      for (let v = 0; v < ny; v++)
        for (let w = 0; w < nz; w++) {
          let sum = 0;
          for (let i = 0; i < nx; i++)
            for (let j = 0; j < ny; j++)
              for (let k = 0; k < nz; k++) sum += density[at(i, j, k)]! * density[at(i + u, j + v, k + w)]!;
          expect(Math.abs(scale * sum - map[at(u, v, w)]!)).toBeLessThan(1e-11 * map[0]!);
        }
  });

  it('without its origin loses there what the atoms are to themselves, and sharpening keeps ΣZ²', () => {
    const structure = libraryStructure('BPO4');
    const factors = structureFactors(structure, 0.8);
    const plain = pattersonFactors(factors, structure, PLAIN);
    const bare = pattersonFactors(factors, structure, { ...PLAIN, removeOrigin: true });
    const selfPower = structure.sites.reduce(
      (sum, { element }) => sum + { B: 5, P: 15, O: 8 }[element]! ** 2,
      0,
    );
    expect(plain.f000 - bare.f000).toBeCloseTo(selfPower, 9);
    expect(densityAt(bare, [0, 0, 0])).toBeLessThan(0.1 * densityAt(plain, [0, 0, 0]));
    const sharp = pattersonFactors(factors, structure, { ...PLAIN, sharpen: true });
    expect(sharp.f000).toBeCloseTo(plain.f000, 9);
    const point = pattersonFactors(factors, structure, { sharpen: true, removeOrigin: true, damping: 0 });
    // ΣZ² (E² − 1): the mean of E² over many reflections is near 1 for atoms anywhere.
    const mean = point.re.reduce((sum, value) => sum + value, 0) / point.re.length;
    expect(Math.abs(mean)).toBeLessThan(0.2 * selfPower);
  });

  it('has its highest peaks off the origin where the heaviest interatomic vectors end', () => {
    const structure = libraryStructure('VNi2S3');
    const factors = structureFactors(structure, 0.6);
    const coefficients = pattersonFactors(factors, structure, {
      sharpen: true,
      removeOrigin: true,
      damping: 1.5,
    });
    const grid = synthesise(coefficients, gridShape(structure.cell, 0.6, 0.15));
    const peaks = densityPeaks(grid, 4).filter(
      ({ fract }) => periodicDistance(latticeMatrix(structure.cell), fract, [0, 0, 0]) > 1,
    );
    expect(peaks.length).toBeGreaterThan(0);
    const vectors = interatomicVectors(structure);
    for (const { fract } of peaks) {
      const near = vectors.filter(
        ({ vector }) => periodicDistance(latticeMatrix(structure.cell), fract, vector) < 0.3,
      );
      expect(near.length).toBeGreaterThan(0);
    }
  });
});

describe('interatomic vectors', () => {
  it('of strontium titanate are those that can be written down by hand', () => {
    const found = interatomicVectors(libraryStructure('SrTiO3'));
    // One Sr (38) and one Ti (22) half a cell diagonal apart: both directions end at the same point of the cell.
    const diagonal = found.find(({ vector }) => vector.every(x => Math.abs(x - 0.5) < 1e-9))!;
    expect(diagonal.weight).toBe(2 * 38 * 22);
    expect(diagonal.pairs.length).toBe(2);
    const faces = found.filter(({ vector }) => [...vector].sort().join() === '0,0.5,0.5');
    // Sr–O and O–O vectors: each of the three faces has Sr–O both ways and O–O both ways.
    expect(faces.map(face => face.weight)).toEqual([736, 736, 736]);
    const edges = found.filter(({ vector }) => [...vector].sort().join() === '0,0,0.5');
    expect(edges.map(edge => edge.weight)).toEqual([352, 352, 352]);
    expect(found.length).toBe(7);
  });

  it('carry Σ Z² pairs in all and a partner in the opposite direction', () => {
    const structure = libraryStructure('Na3MnCoNiO6');
    const vectors = interatomicVectors(structure);
    const z: Record<string, number> = { Na: 11, Mn: 25, Co: 27, Ni: 28, O: 8 };
    const charges = structure.sites.map(site => site.occupancy * z[site.element]!);
    const whole = charges.reduce((sum, p) => sum + p, 0) ** 2;
    const self = vectors.reduce((sum, { weight }) => sum + weight, 0);
    const positions = new Map<string, number>();
    structure.sites.forEach(({ fract }, i) => {
      const key = fract.map(x => (x % 1).toFixed(4)).join();
      positions.set(key, (positions.get(key) ?? 0) + charges[i]!);
    });
    const same = [...positions.values()].reduce((sum, p) => sum + p * p, 0);
    expect(self).toBeCloseTo(whole - same, 6);
    for (const { vector, weight } of vectors) {
      const back = vectors.find(other =>
        other.vector.every((x, a) => Math.abs(((x + vector[a]! + 0.5) % 1) - 0.5) < 1e-3),
      );
      expect(back?.weight).toBeCloseTo(weight, 8);
    }
  });
});
