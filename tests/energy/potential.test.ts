import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/crystal/cell.ts';
import { type Atoms, atomsOf, coverageProblem } from '../../src/energy/atoms.ts';
import { energyGradient } from '../../src/energy/blend.ts';
import { neighbourGraph } from '../../src/energy/graph.ts';
import { GPA, tensorNet } from '../../src/energy/potential.ts';
import { radialFunctions } from '../../src/energy/radialFunctions.ts';
import { buildRadialTable, finish, interpolateRadial } from '../../src/energy/radialTable.ts';
import { tensorNetWeights } from '../../src/energy/weights.ts';
import { determinant, product } from '../../src/num/matrix3.ts';
import { seededRng } from '../../src/num/rng.ts';
import { expectClose } from '../support/expectClose.ts';
import { numericalGradient } from '../support/gradcheck.ts';
import { libraryStructure } from '../support/library.ts';
import { randomTensors } from './randomTensors.ts';

const weights = tensorNetWeights(randomTensors());
const exact = tensorNet(weights, null);
const tabled = tensorNet(weights, finish(buildRadialTable(radialFunctions(weights))));

/** U2Ti, sheared and with atoms off their places, so that nothing vanishes by symmetry. */
function distorted(): Atoms {
  const { sites } = libraryStructure('U2Ti');
  const rng = seededRng(3);
  const atoms = atomsOf(sites, [4.9, 4.7, 2.9, 86, 93, 118]);
  return { ...atoms, fract: atoms.fract.map(value => value + 0.02 * rng.normal()) };
}

describe('the potential with drawn weights', () => {
  for (const [name, potential] of [
    ['as defined', exact],
    ['by the table', tabled],
  ] as const)
    it(`has forces and stress that are the slopes of its energy, radial functions ${name}`, () => {
      const atoms = distorted();
      const { lattice } = atoms;
      const { forces, stress } = potential.evaluate(atoms);
      const perFract = numericalGradient(fract => potential.energy({ ...atoms, fract }), atoms.fract, 1e-3);
      // dE/df = Lᵀ dE/dr.
      const expected = Float64Array.from(forces, (_, i) => {
        const [atom, k] = [3 * Math.floor(i / 3), i % 3];
        return -[0, 1, 2].reduce((sum, row) => sum + lattice[3 * row + k]! * forces[atom + row]!, 0);
      });
      expectClose(perFract, expected, { relative: 1e-7, absolute: 2e-7 }, 'forces');
      const perStrain = numericalGradient(
        strain => {
          const turned = product(
            [1, 0, 0, 0, 1, 0, 0, 0, 1].map((one, i) => one + strain[i]!),
            lattice,
          );
          return potential.energy({ ...atoms, lattice: turned });
        },
        new Float64Array(9),
        1e-3,
      );
      const volume = determinant(lattice);
      expectClose(
        stress,
        perStrain.map(value => (value / volume) * GPA),
        { relative: 1e-7, absolute: 3e-6 },
        'stress',
      );
      expect(Math.abs(stress[1]! - stress[3]!) + Math.abs(stress[2]! - stress[6]!)).toBeLessThan(1e-9);
      for (const k of [0, 1, 2])
        expect(Math.abs(forces[k]! + forces[3 + k]! + forces[6 + k]!)).toBeLessThan(1e-11);
    });

  it('has a derivative with respect to the six cell parameters', () => {
    const { sites } = libraryStructure('U2Ti');
    const cell: Cell = [4.9, 4.7, 2.9, 86, 93, 118];
    const { stress } = exact.evaluate(atomsOf(sites, cell));
    const numeric = numericalGradient(
      at => exact.energy(atomsOf(sites, Array.from(at) as unknown as Cell)),
      cell,
      i => (i < 3 ? 1e-3 : 0.02),
    );
    expectClose(
      energyGradient(cell, stress, new Float64Array(6)),
      numeric,
      { relative: 1e-7, absolute: 1e-7 },
      'gradient',
    );
  });

  it('does not change with rotation, translation, order of the atoms, cell choice and repetition', () => {
    const atoms = distorted();
    const { energy, forces, stress } = exact.evaluate(atoms);
    const near = (value: number, what: string): void =>
      expect(Math.abs(value - energy), what).toBeLessThan(1e-11 * Math.max(1, Math.abs(energy)));
    const [c, s] = [Math.cos(0.7), Math.sin(0.7)];
    const turn = product([c, -s, 0, s, c, 0, 0, 0, 1], [1, 0, 0, 0, c, s, 0, -s, c]);
    const turned = exact.evaluate({ ...atoms, lattice: product(turn, atoms.lattice) });
    near(turned.energy, 'rotation');
    const turnedForces = Float64Array.from(forces, (_, i) => {
      const [atom, row] = [3 * Math.floor(i / 3), i % 3];
      return [0, 1, 2].reduce((sum, k) => sum + turn[3 * row + k]! * forces[atom + k]!, 0);
    });
    expectClose(turned.forces, turnedForces, { relative: 0, absolute: 1e-11 }, 'forces turn');
    const trace = (m: Float64Array): number => m[0]! + m[4]! + m[8]!;
    expect(Math.abs(trace(turned.stress) - trace(stress))).toBeLessThan(1e-9);
    near(
      exact.energy({ ...atoms, fract: atoms.fract.map((v, i) => v + [0.3, -2.7, 11.13][i % 3]!) }),
      'translation',
    );
    const order = [2, 0, 1];
    near(
      exact.energy({
        ...atoms,
        elements: Int32Array.from(order, i => atoms.elements[i]!),
        fract: Float64Array.from(order.flatMap(i => [...atoms.fract.subarray(3 * i, 3 * i + 3)])),
      }),
      'permutation',
    );
    // b′ = b + a: f_a′ = f_a − f_b.
    near(
      exact.energy({
        ...atoms,
        lattice: product(atoms.lattice, [1, 1, 0, 0, 1, 0, 0, 0, 1]),
        fract: atoms.fract.map((v, i) => (i % 3 === 0 ? v - atoms.fract[i + 1]! : v)),
      }),
      'another cell',
    );
    for (const times of [
      [2, 1, 1],
      [1, 1, 3],
    ] as const) {
      const images: number[][] = [];
      for (let p = 0; p < times[0]; p++)
        for (let q = 0; q < times[2]; q++) images.push([p / times[0], 0, q / times[2]]);
      const big: Atoms = {
        lattice: atoms.lattice.map((v, i) => v * times[i % 3]!),
        elements: Int32Array.from(images.flatMap(() => [...atoms.elements])),
        fract: Float64Array.from(
          images.flatMap(image => [...atoms.fract].map((v, i) => v / times[i % 3]! + image[i % 3]!)),
        ),
      };
      near(exact.energy(big) / images.length, `supercell ${times.join('×')}`);
    }
  });

  it('describes an atom without neighbours', () => {
    const { energy, forces, stress } = exact.evaluate({
      lattice: Float64Array.of(10, 0, 0, 0, 10, 0, 0, 0, 10),
      elements: Int32Array.of(41),
      fract: new Float64Array(3),
    });
    expect(Number.isFinite(energy)).toBe(true);
    expect([...forces, ...stress].every(value => value === 0)).toBe(true);
  });
});

describe('the table of radial functions', () => {
  it('has the value and the slope of every function between its knots', () => {
    const functions = radialFunctions(weights);
    const table = finish(buildRadialTable(functions));
    const { count } = functions;
    expect(count).toBe(9 * 128);
    const [jets, read] = [new Float64Array(3 * count), new Float64Array(2 * count)];
    for (const r of [0.5, 0.5056, 1.2345, 2.1, 3.33333, 4.9999, 5]) {
      functions.jets(r, jets);
      expect(interpolateRadial(table, r, read, 0, true)).toBe(true);
      expectClose(
        read.subarray(0, count),
        jets.subarray(0, count),
        { relative: 0, absolute: 1e-9 },
        'values',
      );
      expectClose(
        read.subarray(count),
        jets.subarray(count, 2 * count),
        { relative: 0, absolute: 1e-6 },
        'slopes',
      );
    }
    expect(interpolateRadial(table, 0.4999, read, 0, true)).toBe(false);
  });

  it('is made of functions whose slopes and curvatures are derivatives', () => {
    const functions = radialFunctions(weights);
    const at = (r: number, order: number): Float64Array =>
      functions
        .jets(r, new Float64Array(3 * functions.count))
        .slice(order * functions.count, (order + 1) * functions.count);
    for (const order of [0, 1]) {
      const [h, r] = [1e-4, 2.345];
      const [up, down, inside] = [at(r + h, order), at(r - h, order), at(r, order + 1)];
      expectClose(
        up.map((value, i) => (value - down[i]!) / (2 * h)),
        inside,
        { relative: 1e-5, absolute: 1e-6 },
        `derivative ${order + 1}`,
      );
    }
  });
});

describe('the neighbour graph', () => {
  it('has the shells of simple cubic, images of the atom itself included', () => {
    // a = 3 Å: 6 at 3, 12 at 3√2 = 4.24; 8 at 3√3 = 5.2 are beyond 5 Å.
    const cubic = {
      lattice: Float64Array.of(3, 0, 0, 0, 3, 0, 0, 0, 3),
      elements: Int32Array.of(0),
      fract: Float64Array.of(7.2, -3.1, 0),
    };
    const { distance, vector } = neighbourGraph(cubic, 5);
    expect(distance).toHaveLength(18);
    expect([...distance].filter(r => Math.abs(r - 3) < 1e-12)).toHaveLength(6);
    expect(Math.abs(vector.reduce((sum, v) => sum + v, 0))).toBeLessThan(1e-12);
  });

  it('finds every neighbour in a flat cell: as many as a brute search over many images', () => {
    const lattice = Float64Array.of(3, 2.9, 0.4, 0, 0.9, 2.5, 0, 0, 2.2);
    const fract = Float64Array.of(0.05, 0.9, 0.97, 0.95, 0.1, 0.02);
    const atoms = { lattice, elements: Int32Array.of(0, 1), fract };
    let brute = 0;
    for (let i = 0; i < 2; i++)
      for (let j = 0; j < 2; j++)
        for (let p = -14; p <= 14; p++)
          for (let q = -14; q <= 14; q++)
            for (let s = -14; s <= 14; s++) {
              const f = [p, q, s].map((n, k) => n + fract[3 * j + k]! - fract[3 * i + k]!);
              const r = Math.hypot(
                ...[0, 1, 2].map(row => [0, 1, 2].reduce((sum, k) => sum + lattice[3 * row + k]! * f[k]!, 0)),
              );
              if (r > 1e-8 && r <= 5) brute++;
            }
    expect(neighbourGraph(atoms, 5).centre).toHaveLength(brute);
  });

  it('says when a cell has no volume', () => {
    expect(() =>
      neighbourGraph(
        { lattice: new Float64Array(9), elements: Int32Array.of(0), fract: new Float64Array(3) },
        5,
      ),
    ).toThrow(/no volume/);
  });
});

describe('what the potential covers', () => {
  it('names elements it was not trained on and sites that are shared', () => {
    const site = (element: string, occupancy = 1) => ({
      label: `${element}1`,
      element,
      fract: [0, 0, 0] as const,
      occupancy,
    });
    expect(coverageProblem([site('U'), site('Ti')])).toBeNull();
    expect(coverageProblem([site('Po'), site('Am'), site('Ti')])).toMatch(/not trained on Po, Am/);
    expect(coverageProblem([site('Ti', 0.5)])).toMatch(/Ti1 is occupied to 0\.5/);
  });
});
