import { describe, expect, it } from 'vitest';
import { cellVolume } from '../../src/crystal/cell.ts';
import { LIBRARY } from '../../src/crystal/library.ts';
import { formFactorOf, scatteringFactor } from '../../src/diffraction/formFactor.ts';
import { realFft } from '../../src/num/fft.ts';
import { seededRng } from '../../src/num/rng.ts';
import { gridShape } from '../../src/phasing/densityGrid.ts';
import { factorCorrelation } from '../../src/phasing/lab/maps.ts';
import { perturbedPhases, randomPhases, withPhases, zeroPhases } from '../../src/phasing/phaseChoice.ts';
import {
  amplitudesOf,
  type StructureFactors,
  squareS,
  structureFactors,
} from '../../src/phasing/structureFactors.ts';
import { createSynthesis, densityAt, densitySection, synthesise } from '../../src/phasing/synthesis.ts';
import { libraryStructure } from '../support/library.ts';
import { mapCorrelation } from '../support/mapCorrelation.ts';

const largest = (values: Float64Array): number => values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);

/** Points of a grid, a fixed few of them: index and unit fractions. */
function somePoints([nx, ny, nz]: readonly [number, number, number]): [number, [number, number, number]][] {
  const rng = seededRng(7);
  return Array.from({ length: 12 }, () => {
    const [i, j, k] = [nx, ny, nz].map(n => Math.floor(rng.uniform() * n)) as [number, number, number];
    return [(i * ny + j) * nz + k, [i / nx, j / ny, k / nz]];
  });
}

describe('Fourier synthesis', () => {
  it.each(LIBRARY.map(entry => entry.id))(
    'of %s equals the sums over reflections and over band-limited atoms',
    id => {
      const structure = libraryStructure(id);
      const factors = structureFactors(structure, 1);
      const shape = gridShape(structure.cell, 1);
      const { values } = synthesise(factors, shape);
      const scale = largest(values);
      const volume = cellVolume(structure.cell);
      const q = squareS(structure.cell, factors.hkl);
      const elements = [...new Set(structure.sites.map(site => site.element))];
      const f = new Map(elements.map(e => [e, q.map(s2 => scatteringFactor(formFactorOf(e), s2))]));
      for (const [at, x] of somePoints(shape)) {
        expect(Math.abs(densityAt(factors, x) - values[at]!)).toBeLessThan(1e-11 * scale);
        // Each atom's own density with the same cut-off: real, centred on the atom, no structure factor in sight.
        let atoms = 0;
        for (const { element, fract, occupancy } of structure.sites) {
          let one = formFactorOf(element).z;
          for (let k = 0; k < q.length; k++) {
            const turns = [0, 1, 2].reduce(
              (sum, a) => sum + factors.hkl[3 * k + a]! * (x[a]! - fract[a]!),
              0,
            );
            one += 2 * f.get(element)![k]! * Math.cos(2 * Math.PI * turns);
          }
          atoms += (occupancy * one) / volume;
        }
        expect(Math.abs(atoms - values[at]!)).toBeLessThan(1e-10 * scale);
      }
    },
  );

  it('obeys Parseval’s theorem for every choice of phases', () => {
    const structure = libraryStructure('VNi2S3');
    const factors = structureFactors(structure, 0.9);
    const shape = gridShape(structure.cell, 0.9);
    const synthesis = createSynthesis(factors, shape);
    const volume = cellVolume(structure.cell);
    const power = amplitudesOf(factors).reduce((sum, a) => sum + 2 * a * a, factors.f000 ** 2) / volume;
    for (const phases of [zeroPhases(factors), randomPhases(factors, seededRng(1))]) {
      const { values } = synthesis(withPhases(factors, phases));
      const integral = (volume / values.length) * values.reduce((sum, v) => sum + v * v, 0);
      expect(Math.abs(integral / power - 1)).toBeLessThan(1e-12);
      const electrons = (volume / values.length) * values.reduce((sum, v) => sum + v, 0);
      expect(Math.abs(electrons / factors.f000 - 1)).toBeLessThan(1e-11);
    }
  });

  it('has its transform in the structure factors: F = V/N Σ ρ exp(+2πi h·x)', () => {
    const structure = libraryStructure('Ga2O3');
    const factors = structureFactors(structure, 1.1);
    const shape = gridShape(structure.cell, 1.1);
    const { values } = synthesise(factors, shape);
    const fft = realFft(shape);
    const [re, im] = [new Float64Array(fft.spectrumSize), new Float64Array(fft.spectrumSize)];
    fft.forward(values, re, im);
    const scale = cellVolume(structure.cell) / values.length;
    let checked = 0;
    for (let k = 0; k < factors.re.length; k++) {
      const [h, p, l] = [factors.hkl[3 * k]!, factors.hkl[3 * k + 1]!, factors.hkl[3 * k + 2]!];
      if (l < 0) continue;
      const at = (((h + shape[0]) % shape[0]) * shape[1] + ((p + shape[1]) % shape[1])) * fft.halfLength + l;
      expect(Math.abs(scale * re[at]! - factors.re[k]!)).toBeLessThan(1e-9);
      expect(Math.abs(scale * im[at]! + factors.im[k]!)).toBeLessThan(1e-9);
      checked++;
    }
    expect(checked).toBeGreaterThan(100);
  });

  it('refuses a grid on which two reflections would fall together, and another list', () => {
    const structure = libraryStructure('SrTiO3');
    const factors = structureFactors(structure, 0.8);
    expect(() => synthesise(factors, [8, 16, 16])).toThrow('needs a grid finer');
    const synthesis = createSynthesis(factors, gridShape(structure.cell, 0.8));
    expect(() => synthesis(structureFactors(structure, 0.8))).toThrow('another list');
  });
});

describe('a section', () => {
  it('on any plane is the direct sum at its points, ends included', () => {
    const structure = libraryStructure('Na3MnCoNiO6');
    const factors = structureFactors(structure, 1.2);
    const plane = { origin: [0.1, 0.2, -0.3], u: [1, 0.5, 0], v: [0, 1, 1.3], nu: 7, nv: 5 } as const;
    const section = densitySection(factors, plane);
    for (let j = 0; j < 5; j++)
      for (let i = 0; i < 7; i++) {
        const x = [0, 1, 2].map(a => plane.origin[a]! + (plane.u[a]! * i) / 6 + (plane.v[a]! * j) / 4) as [
          number,
          number,
          number,
        ];
        expect(Math.abs(section[j * 7 + i]! - densityAt(factors, x))).toBeLessThan(1e-9);
      }
  });
});

describe('the correlation of maps', () => {
  const structure = libraryStructure('BPO4');
  const factors = structureFactors(structure, 0.9);
  const shape = gridShape(structure.cell, 0.9);
  const truth = synthesise(factors, shape).values;
  const against = (phases: Float64Array): [number, number] => {
    const other: StructureFactors = withPhases(factors, phases);
    return [mapCorrelation(truth, synthesise(other, shape).values), factorCorrelation(factors, other)];
  };

  it('is the same over the grid and over the reflections', () => {
    for (const width of [0, 20, 60, 200]) {
      const [map, reciprocal] = against(perturbedPhases(factors, width, seededRng(4)));
      expect(map).toBeCloseTo(reciprocal, 11);
    }
  });

  it('is 1 for the true phases, near 0 for random ones, and falls as exp(−w²/2) with their spread', () => {
    const perturbed = (degrees: number): number =>
      against(perturbedPhases(factors, degrees, seededRng(4)))[0];
    expect(perturbed(0)).toBeCloseTo(1, 12);
    expect(Math.abs(against(randomPhases(factors, seededRng(9)))[0])).toBeLessThan(0.15);
    for (const degrees of [20, 40, 60])
      expect(Math.abs(perturbed(degrees) - Math.exp(-0.5 * ((degrees * Math.PI) / 180) ** 2))).toBeLessThan(
        0.06,
      );
  });
});
