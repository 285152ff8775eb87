/**
 * Descents on w · XRD + (1 − w) · energy from seeded starts: tsx src/headless/energyBlend.ts WEIGHTS STARTS [STRUCTURE…]
 * Prints one row of the table of docs/energy.md for each structure and weight, and for energy first and XRD last.
 */
import { readFileSync } from 'node:fs';
import type { Cell } from '../crystal/cell.ts';
import { PAPER_INSTRUMENT } from '../diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../diffraction/pattern.ts';
import { blendedObjective, cellEnergy } from '../energy/blend.ts';
import { atomsInCell, primitiveAtoms } from '../energy/centring.ts';
import { loadModel } from '../energy/model.ts';
import { finish } from '../energy/radialTable.ts';
import { fieldRange } from '../landscape/minima.ts';
import { defaultRange, type Slice, slicePoints } from '../landscape/slice.ts';
import { lossOf } from '../losses/registry.ts';
import { seededRng } from '../num/rng.ts';
import { type DescentPlan, startDescent, stepDescent } from '../optimise/descent.ts';
import { offBy } from '../optimise/outcome.ts';
import { objectiveFor } from '../peakspace/objective.ts';
import { trialSeed } from '../study/seeds.ts';
import { crystalFrom } from './crystals.ts';

/** In the order of their cost: a run that is stopped early has the ends and the schedule first. */
const WEIGHTS = [1, 0, 0.5, 0.25, 0.75];
/** Strict recovery of the study: all lengths within 0.5 %. */
const SUCCESS = 0.005;
const GRID = { loss: 61, energy: 11 } as const;

const [path, count = '8', ...names] = process.argv.slice(2);
if (!path) throw new Error('name the file of weights: tsx src/headless/energyBlend.ts state.pt 8');
const { potential } = finish(loadModel(new Uint8Array(readFileSync(path))));

for (const id of names.length ? names : ['U2Ti', 'NdAl8Cu4', 'Na3MnCoNiO6']) {
  const { cell, family, sites } = crystalFrom(id);
  const target = simulatePattern(scatteringModel(sites, PAPER_INSTRUMENT, cell), cell);
  const xrd = objectiveFor(sites, PAPER_INSTRUMENT, lossOf('cosine'), target);
  const atoms = primitiveAtoms(sites);
  const energy = cellEnergy(potential, atoms);
  const slice = (side: number): Slice => ({
    x: 'a',
    y: 'c',
    base: cell,
    xRange: defaultRange('a', cell),
    yRange: defaultRange('c', cell),
    nx: side,
    ny: side,
    tied: false,
    family,
  });
  const overSlice = (side: number, value: (at: Cell) => number): [number, number] => {
    const cells = slicePoints(slice(side));
    return fieldRange(
      Float64Array.from({ length: side * side }, (_, k) =>
        value(Array.from(cells.subarray(6 * k, 6 * k + 6)) as unknown as Cell),
      ),
    );
  };
  const ofXrd = overSlice(GRID.loss, at => xrd(Float64Array.from(at), null));
  const ofEnergy = overSlice(
    GRID.energy,
    at => potential.energy(atomsInCell(atoms, at)) * atoms.multiplicity,
  );
  const scales = {
    xrdZero: ofXrd[0],
    xrdRange: ofXrd[1] - ofXrd[0],
    energyZero: ofEnergy[0],
    energyRange: ofEnergy[1] - ofEnergy[0],
  };
  const descend = (start: Cell, weight: number): Cell => {
    const plan: DescentPlan = {
      start,
      mode: 'unconstrained',
      space: { kind: 'slice', x: 'a', y: 'c', base: cell, tied: false },
      reading: 'full',
      family,
      momentum: 0,
      rule: 'adam',
      learningRate: 0.01,
      maxIterations: 400,
      stopWindow: 50,
      stopGain: 1e-5,
    };
    const objective = blendedObjective(weight, scales, xrd, energy);
    const state = startDescent(plan, objective);
    while (!state.stopped) stepDescent(state, objective);
    return [...state.cell] as unknown as Cell;
  };
  const starts = Array.from({ length: Number(count) }, (_, k) => {
    const rng = seededRng(trialSeed('blend', id, k));
    const within = ([low, high]: readonly [number, number]): number => low + (high - low) * rng.uniform();
    const { xRange, yRange } = slice(2);
    return [within(xRange), cell[1], within(yRange), cell[3], cell[4], cell[5]] as Cell;
  });
  const row = (name: string, ends: readonly Cell[]): void => {
    const off = ends.map(end => offBy(end, cell).length).sort((p, q) => p - q);
    const successes = off.filter(value => value <= SUCCESS).length;
    const middle = off[off.length >> 1]!;
    console.log(`| ${id} | ${name} | ${successes} of ${off.length} | ${(100 * middle).toFixed(2)} % |`);
  };
  for (const weight of WEIGHTS) {
    const ends = starts.map(start => descend(start, weight));
    row(String(weight), ends);
    if (weight === 0)
      row(
        'energy first, XRD last',
        ends.map(end => descend(end, 1)),
      );
  }
}
