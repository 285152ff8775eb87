import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/crystal/cell.ts';
import { blendedObjective, cellEnergy } from '../../src/energy/blend.ts';
import { primitiveAtoms } from '../../src/energy/centring.ts';
import { tensorNet } from '../../src/energy/potential.ts';
import { tensorNetWeights } from '../../src/energy/weights.ts';
import { blendOf, interpolated, scalesOf } from '../../src/views/energy/blendField.ts';
import { expectClose } from '../support/expectClose.ts';
import { numericalGradient } from '../support/gradcheck.ts';
import { libraryStructure } from '../support/library.ts';
import { randomTensors } from './randomTensors.ts';

const scales = { xrdZero: -1, xrdRange: 0.5, energyZero: -30, energyRange: 2 };

describe('the blend of XRD loss and energy', () => {
  it('has the gradient of its value, for any weight', () => {
    const { sites } = libraryStructure('LiMnIr2');
    const energy = cellEnergy(tensorNet(tensorNetWeights(randomTensors()), null), primitiveAtoms(sites));
    // Any function with a known gradient can stand for the loss.
    const loss = (cell: Float64Array, gradient: Float64Array): number => {
      cell.forEach((value, i) => {
        gradient[i] = Math.cos(value);
      });
      return cell.reduce((sum, value) => sum + Math.sin(value), 0);
    };
    const at: Cell = [5.9, 6.1, 6.0, 88, 91, 92];
    for (const w of [0, 0.3, 1]) {
      const objective = blendedObjective(w, scales, loss, energy);
      const gradient = new Float64Array(6);
      objective(Float64Array.from(at), gradient);
      const numeric = numericalGradient(
        x => objective(x, new Float64Array(6)),
        at,
        i => (i < 3 ? 1e-3 : 0.02),
      );
      expectClose(gradient, numeric, { relative: 1e-6, absolute: 1e-7 }, `w = ${w}`);
    }
  });

  it('leaves a term of weight 0 alone, and has no value where there is no cell', () => {
    const never = (): number => {
      throw new Error('evaluated');
    };
    const half = (_: Float64Array, g: Float64Array): number => {
      g.fill(1);
      return -0.5;
    };
    const g = new Float64Array(6);
    expect(blendedObjective(1, scales, half, never)(new Float64Array(6), g)).toBe(1);
    expect(g[0]).toBe(2);
    expect(blendedObjective(0, { ...scales, energyZero: -1.5 }, never, half)(new Float64Array(6), g)).toBe(
      0.5,
    );
    const { sites } = libraryStructure('U2Ti');
    const energy = cellEnergy(tensorNet(tensorNetWeights(randomTensors()), null), primitiveAtoms(sites));
    expect(energy(Float64Array.of(5, 5, 3, 170, 90, 20), g)).toBeNaN();
    expect(energy(Float64Array.of(4.8, 4.8, 0.6, 90, 90, 120), g)).toBeNaN();
  });

  it('runs from 0 to 1 over both maps, whose grids may differ', () => {
    const field = (n: number, f: (x: number, y: number) => number) => {
      const axis = Float64Array.from({ length: n }, (_, i) => i / (n - 1));
      const values = Float64Array.from({ length: n * n }, (_, k) =>
        f(axis[k % n]!, axis[Math.floor(k / n)]!),
      );
      return { xs: axis, ys: axis, values };
    };
    const loss = field(5, (x, y) => -1 + 0.25 * (x + y));
    const energy = field(9, x => 7 + 3 * x);
    expect(scalesOf(loss, energy)).toEqual({ xrdZero: -1, xrdRange: 0.5, energyZero: 7, energyRange: 3 });
    expect(interpolated(loss, 0.3, 0.7)).toBeCloseTo(-0.75, 12);
    expect(interpolated(loss, 1.01, 0.5)).toBeNaN();
    const blend = blendOf(loss, energy, 0.5);
    // At x = 1, y = 0: half of 0.5 and half of 1.
    expect(blend[8]).toBeCloseTo(0.75, 12);
  });
});
