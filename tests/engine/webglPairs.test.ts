import { expect, test } from 'vitest';
import { reciprocalMetric } from '../../src/crystal/cell.ts';
import type { Site } from '../../src/crystal/structure.ts';
import { fwhm } from '../../src/diffraction/caglioti.ts';
import { binCount, PAPER_INSTRUMENT, reflectionWindow } from '../../src/diffraction/instrument.ts';
import {
  mergeReflections,
  obliqueIn,
  obliqueInvariants,
  singleReflections,
} from '../../src/diffraction/mergedReflections.ts';
import { scatteringModel } from '../../src/diffraction/pattern.ts';
import { pseudoVoigt } from '../../src/diffraction/pseudoVoigt.ts';
import { edgeQuadrature } from '../../src/engine/webgl/edgeQuadrature.ts';
import { nodeGrid } from '../../src/engine/webgl/listTextures.ts';
import { overlapError, overlapPanels } from '../../src/engine/webgl/overlapPanels.ts';
import { BatchSize } from '../../src/engine/webgl/pace.ts';
import { targetPanels } from '../../src/engine/webgl/targetPanels.ts';
import { offsetOf } from '../../src/engine/webgl/texels.ts';
import { seededRng } from '../../src/num/rng.ts';
import { overlap } from '../../src/peakspace/overlap/overlapKernel.ts';

const site = (element: string, x: number, y: number, z: number): Site => ({
  label: element,
  element,
  fract: [x, y, z],
  occupancy: 1,
});
/** No symmetry at all, so that merged reflections differ in intensity. */
const SITES = [site('Sr', 0, 0, 0), site('Ti', 0.48, 0.53, 0.51), site('O', 0.1, 0.42, 0.6)];
const sumsAt = (...cell: [number, number, number, number, number, number]) =>
  scatteringModel(SITES, PAPER_INSTRUMENT, cell).sums;

test('merged reflections have the sum of the intensities of those that coincide', () => {
  const sums = sumsAt(3.9, 4.3, 5.1, 90, 90, 90);
  const single = singleReflections(sums);
  const rng = seededRng(5);
  const factors = [rng.uniform() * 30, rng.uniform() * 20, rng.uniform() * 8];
  const intensities = ({ count, ranks, elements, amplitudes }: typeof single): number[] =>
    Array.from({ length: count }, (_, k) => {
      let square = 0;
      for (let r = 0; r < ranks; r++) {
        let row = 0;
        for (let e = 0; e < elements; e++) row += factors[e]! * amplitudes[(k * ranks + r) * elements + e]!;
        square += row * row;
      }
      return square;
    });
  const own = intensities(single);
  for (const [oblique, share] of [
    [[false, false, false], 0.45],
    [[false, true, false], 0.7],
    [[true, true, true], 1.01],
  ] as const) {
    const { rows, groupOf } = mergeReflections(sums, obliqueInvariants(oblique));
    expect(rows.count).toBeLessThan(share * sums.count);
    const expected = new Float64Array(rows.count);
    for (const [k, group] of groupOf.entries()) expected[group]! += own[k]!;
    const found = intensities(rows);
    const scale = Math.max(...own);
    for (let group = 0; group < rows.count; group++)
      expect(Math.abs(found[group]! - expected[group]!) / scale).toBeLessThan(1e-13);
    // Nothing is merged that is not in the same place.
    const cell = [3.7, 4.4, 5, 90, oblique[1] ? 83 : 90, oblique[0] ? 97 : 90];
    const g = reciprocalMetric(cell);
    const inverse = (hkl: Int32Array, k: number): number => {
      const [h, i, l] = [hkl[3 * k]!, hkl[3 * k + 1]!, hkl[3 * k + 2]!];
      return (
        h * h * g[0]! + i * i * g[4]! + l * l * g[8]! + 2 * (h * i * g[1]! + h * l * g[2]! + i * l * g[5]!)
      );
    };
    for (const [k, group] of groupOf.entries())
      expect(inverse(sums.hkl, k) / inverse(rows.hkl, group) - 1).toBeCloseTo(0, 11);
  }
});

test('an angle counts as oblique as soon as one cell has it so', () => {
  const metrics = (...cells: number[][]): Float64Array[] => cells.map(cell => reciprocalMetric(cell));
  const right = [4, 5, 6, 90, 90, 90];
  expect(obliqueIn(metrics(right))).toEqual([false, false, false]);
  expect(obliqueIn(metrics(right, [4, 5, 6, 90, 90, 120]))).toEqual([true, false, false]);
  expect(obliqueIn(metrics([4, 5, 6, 90, 90.0001, 90], right))).toEqual([false, true, false]);
  expect(obliqueIn(metrics([4, 5, 6, 80, 90, 90], [4, 5, 6, 90, 100, 90]))).toEqual([false, true, true]);
});

for (const [name, change] of [
  ['the paper', {}],
  ['Gaussian', { eta: 1 }],
  ['Lorentzian', { eta: 0 }],
  ['unequal widths', { eta: 0.3, u: 0.3, v: 0, w: 0.02 }],
  ['a minimum of the width inside the window', { eta: 0.6, u: 0.5, v: -0.4, w: 0.1 }],
  ['a margin', { twoThetaMin: 20, twoThetaMax: 71, margin: 3, step: 0.03 }],
] as const)
  test(`overlaps by the table are right to float32: ${name}`, () => {
    const instrument = { ...PAPER_INSTRUMENT, ...change };
    expect(overlapError(instrument, overlapPanels(instrument))).toBeLessThan(1e-7);
  });

test('overlaps own up to bins too wide for the peaks', () => {
  const instrument = { ...PAPER_INSTRUMENT, step: 0.1 };
  expect(overlapError(instrument, overlapPanels(instrument))).toBeGreaterThan(2e-5);
});

for (const [name, change] of [
  ['the paper', {}],
  ['Gaussian', { eta: 1 }],
  ['wide bins', { step: 0.05 }],
  ['narrow peaks', { u: 0.02, v: -0.01, w: 0.01 }],
  ['a window in the middle', { twoThetaMin: 20, twoThetaMax: 71, step: 0.03, eta: 0.6 }],
  ['a margin', { twoThetaMin: 20, twoThetaMax: 71, margin: 3 }],
  ['a margin and wide bins', { twoThetaMin: 20, twoThetaMax: 71, margin: 3, step: 0.04 }],
] as const)
  test(`the norm beyond the window makes up for what it cuts: ${name}`, () => {
    const instrument = { ...PAPER_INSTRUMENT, ...change };
    const { twoThetaMin, step, eta } = instrument;
    const { lower, upper } = reflectionWindow(instrument);
    const nodes = edgeQuadrature(instrument);
    const bins = binCount(instrument);
    // peaks up to both edges; none is near the start of a window from 0°
    const first = lower || 4;
    const close = [0.0004, 0.02, 0.1, 0.31, 0.9, 2.2];
    for (const t of [...close.map(d => first + d), ...close.map(d => upper - d), 0.5 * (first + upper)])
      for (const apart of [0, 0.15, 1]) {
        const other = Math.min(upper, Math.max(first, t + (t > 50 ? -apart : apart)));
        const [h1, h2] = [fwhm(instrument, t), fwhm(instrument, other)];
        const product = (x: number): number =>
          pseudoVoigt(x - t, h1, eta).value * pseudoVoigt(x - other, h2, eta).value;
        let inside = 0;
        for (let j = 0; j < bins; j++) inside += product(twoThetaMin + j * step);
        let beyond = 0;
        for (const { bin, rest, weight } of nodes)
          beyond += weight * product(twoThetaMin + bin * step + rest);
        const whole = overlap(t - other, h1, h2, eta, step);
        const own = Math.sqrt(overlap(0, h1, h1, eta, step) * overlap(0, h2, h2, eta, step));
        expect(Math.abs(whole - beyond - inside) / own, `${t}, ${other}`).toBeLessThan(1e-7);
      }
  });

test('the target panels give the product with a peak anywhere in the window', () => {
  for (const change of [
    {},
    { twoThetaMin: 20.013, twoThetaMax: 71, margin: 3, eta: 0.6 },
    { u: 0.02, v: 0, w: 0.004 },
  ]) {
    const instrument = { ...PAPER_INSTRUMENT, ...change };
    const { twoThetaMin, step, eta } = instrument;
    const rng = seededRng(2);
    // Noise and one peak: nothing about the target is smooth.
    const target = Float64Array.from({ length: binCount(instrument) }, () => rng.uniform());
    target[1234] = 500;
    const { nodes, layout } = nodeGrid(instrument, 2048);
    const panels = targetPanels(instrument, target, nodes, layout, 1);
    const spacing = nodes.every * step;
    for (let i = 0; i <= 60; i++) {
      // also at both ends of the reference angles
      const n = Math.round(((nodes.count - 1) * i) / 60);
      const x = i === 0 ? 0.4 : i === 60 ? -0.4 : rng.uniform() - 0.5;
      const t = twoThetaMin + (n - nodes.before + x) * spacing;
      let expected = 0;
      let scale = 0;
      for (let j = 0; j < target.length; j++) {
        const { value } = pseudoVoigt(twoThetaMin + j * step - t, fwhm(instrument, t), eta);
        expected += target[j]! * value;
        scale = Math.max(scale, expected);
      }
      let found = 0;
      for (let m = 11; m >= 0; m--)
        found = found * x + panels.data[offsetOf(layout, Math.floor(m / 4), n) + (m % 4)]!;
      expect(Math.abs(found - expected) / scale).toBeLessThan(3e-7);
    }
  }
});

test('batches grow to a frame of drawing, at most fourfold, and shrink at once', () => {
  const pace = new BatchSize();
  expect(pace.knowsOverhead).toBe(false);
  pace.setOverhead(2);
  expect(pace.next(1000, 4096)).toBe(4);
  // 0.01 ms a cell
  const sizes: number[] = [];
  for (let i = 0; i < 6; i++) {
    const rows = pace.next(1000, 4096);
    sizes.push(rows);
    pace.learn(rows, 1000, 2 + 0.01 * rows);
  }
  expect(sizes.every((size, i) => i === 0 || size <= 4 * sizes[i - 1]!)).toBe(true);
  expect(sizes.at(-1)).toBe(1024);
  expect(pace.next(1000, 100)).toBe(64);
  // A hundred times the work a cell: a hundredth of the cells, to the next power of two.
  expect(pace.next(100_000, 4096)).toBeLessThanOrEqual(32);
});
