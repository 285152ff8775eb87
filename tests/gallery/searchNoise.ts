import type { Cell } from '../../src/crystal/cell.ts';
import { fwhm } from '../../src/diffraction/caglioti.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { mergePeaks } from '../../src/diffraction/mergePeaks.ts';
import { matchCrystals } from '../../src/matching/matcher.ts';
import { latticeNoise } from '../../src/noise/noise.ts';
import { seededRng } from '../../src/num/rng.ts';
import { reflectionsAt } from '../../src/state/explore/problem.ts';
import { occupanciesOf, tally } from '../../src/views/pattern/occupancy.ts';
import { type Descended, descended, type SearchProblem, searchProblem } from './searchSupport.ts';

export interface NoiseOutcome {
  readonly seed: number;
  readonly start: Cell;
  readonly similarity: number;
  readonly free: Descended;
  readonly held: Descended;
  readonly matches: readonly [boolean, boolean, boolean];
  readonly others: readonly [number, number, number];
  readonly example: string;
}

const peaksAt = ({ structure }: SearchProblem, cell: Cell) => {
  const table = reflectionsAt(structure, PAPER_INSTRUMENT, cell);
  return { table, peaks: mergePeaks(table, structure.family) };
};

export function noiseOutcome(problem: SearchProblem, seed: number, learningRate: number): NoiseOutcome {
  const { structure, objective } = problem;
  const start = latticeNoise(structure.cell, 0.1, seededRng(seed)).map(value =>
    Number(value.toFixed(4)),
  ) as unknown as Cell;
  const plan = {
    start,
    space: { kind: 'full' },
    reading: 'full',
    family: structure.family,
    learningRate,
    maxIterations: 30_000,
    stopGain: 1e-4,
    stopWindow: 1000,
    momentum: 0,
  } as const;
  const free = descended({ ...plan, mode: 'unconstrained' }, objective);
  const held = descended({ ...plan, mode: 'constrained' }, objective);
  const cells = [start, free.end, held.end] as const;
  const target = peaksAt(problem, structure.cell);
  const found = cells.map(cell => {
    const { occupancies } = occupanciesOf(
      target,
      peaksAt(problem, cell),
      x => fwhm(PAPER_INSTRUMENT, x),
      [0, 90],
    );
    return tally(target, occupancies);
  });
  const name = (hkl: readonly number[] | undefined): string => hkl?.join(' ') ?? '';
  return {
    seed,
    start,
    similarity: -free.losses[0]!,
    free,
    held,
    matches: cells.map(cell => matchCrystals(structure, { cell, sites: structure.sites }).matched) as never,
    others: found.map(({ other }) => other) as never,
    example: found
      .map(({ example }) => (example ? `${name(example.occupant)} on ${name(example.place)}` : '-'))
      .join('; '),
  };
}

export function reportNoise(ids: readonly string[], seeds: number, rates: readonly number[]): void {
  for (const id of ids) {
    const problem = searchProblem(id);
    for (const rate of rates)
      for (let seed = 1; seed <= seeds; seed++) {
        const o = noiseOutcome(problem, seed, rate);
        const mark = o.matches.map(yes => (yes ? 'm' : '-')).join('');
        console.log(
          `${id} rate ${rate} seed ${seed} ${mark} similarity ${o.similarity.toFixed(3)} free ${(-o.free.loss).toFixed(3)} (${o.free.steps}) held ${(-o.held.loss).toFixed(3)} (${o.held.steps}) others ${o.others.join(' ')} [${o.example}]`,
        );
      }
  }
}
