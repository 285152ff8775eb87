import type { CellKey } from '../../src/crystal/cell.ts';
import { cellIndex } from '../../src/crystal/cell.ts';
import { PROJECTOR_READINGS, type ProjectorReading } from '../../src/optimise/modes.ts';
import {
  type Descended,
  descended,
  distance,
  type SearchProblem,
  searchProblem,
  seededStarts,
  slicePlan,
} from './searchSupport.ts';

/** An end within this share of the true parameters counts as the truth: a tenth of the least distance of any minimum. */
const AT_TRUTH = 0.002;

/** Outcome of the three descents of a start. */
export interface Outcome {
  readonly at: readonly [number, number];
  readonly free: Descended;
  readonly start: Descended;
  readonly held: Descended;
}

export type Story =
  | 'three-way'
  | 'constraint helps'
  | 'constrained start is enough'
  | 'all reach'
  | 'none reaches'
  | 'other';

/**
 * The paper's three-way story: the free descent ends away from the truth, the constrained start too but nearer, and
 * only the constrained descent arrives.
 */
export function storyOf({ free, start, held }: Outcome, truth: ArrayLike<number>): Story {
  const [f, s, h] = [free, start, held].map(run => distance(run.end, truth)) as [number, number, number];
  const reached = [f, s, h].map(d => d <= AT_TRUTH);
  const pattern = reached.map(yes => (yes ? '1' : '0')).join('');
  if (pattern === '001') return s < f ? 'three-way' : 'other';
  if (pattern === '011') return 'constraint helps';
  if (pattern === '010') return 'constrained start is enough';
  if (pattern === '111') return 'all reach';
  return pattern === '000' ? 'none reaches' : 'other';
}

export interface StartSearch {
  readonly reading: ProjectorReading;
  readonly outcomes: readonly Outcome[];
}

/** `count` seeded starts in the ±10 % box, under each reading of the projector. */
export function searchStarts(
  problem: SearchProblem,
  x: CellKey,
  y: CellKey,
  count: number,
  learningRate: number,
): StartSearch[] {
  const starts = seededStarts(problem, x, y, count, 1);
  const run = (
    at: readonly [number, number],
    mode: 'unconstrained' | 'constrainedStart' | 'constrained',
    reading: ProjectorReading,
  ) => descended(slicePlan(problem, x, y, at, { mode, reading, learningRate }), problem.objective);
  const free = starts.map(at => run(at, 'unconstrained', 'full'));
  return PROJECTOR_READINGS.map(reading => ({
    reading,
    outcomes: starts.map((at, i) => ({
      at,
      free: free[i]!,
      start: run(at, 'constrainedStart', reading),
      held: run(at, 'constrained', reading),
    })),
  }));
}

const SLICES: readonly (readonly [string, CellKey, CellKey])[] = [
  ['Au2S', 'a', 'b'],
  ['Au2S', 'a', 'alpha'],
  ['Na3MnCoNiO6', 'a', 'gamma'],
];

/** Prints, for each slice and reading, how often each story happens, and the starts of the three-way one. */
export function reportStarts(count: number, rates: readonly number[], only?: string): void {
  for (const [id, x, y] of SLICES.filter(([name, p, q]) => !only || only === `${name}-${p}-${q}`)) {
    const problem = searchProblem(id);
    const truth = problem.structure.cell;
    for (const rate of rates)
      for (const { reading, outcomes } of searchStarts(problem, x, y, count, rate)) {
        const counts = new Map<Story, number>();
        for (const outcome of outcomes) {
          const story = storyOf(outcome, truth);
          counts.set(story, (counts.get(story) ?? 0) + 1);
        }
        console.log(
          `${id} (${x}, ${y}), rate ${rate}, ${reading}: ${[...counts].map(([s, n]) => `${s} ${n}`).join(', ')} of ${count}`,
        );
        for (const wanted of ['three-way', 'constraint helps'] as const)
          for (const outcome of outcomes.filter(o => storyOf(o, truth) === wanted).slice(0, 12)) {
            const end = (run: Descended): string =>
              `${[x, y].map(key => run.end[cellIndex(key)]!.toFixed(3)).join(' ')} (${run.loss.toFixed(3)}, ${run.steps})`;
            console.log(
              `  ${wanted} from ${outcome.at.join(' ')}: free ${end(outcome.free)}; start ${end(outcome.start)}; held ${end(outcome.held)}`,
            );
          }
      }
  }
}

/** Counts of a push off the symmetry line that changes where the constrained start ends, and the starts where it does. */
export function reportJitter(count: number, rates: readonly number[], only?: string): void {
  for (const [id, x, y] of SLICES.filter(([name, p, q]) => !only || only === `${name}-${p}-${q}`)) {
    const problem = searchProblem(id);
    for (const learningRate of rates)
      for (const at of seededStarts(problem, x, y, count, 1)) {
        const ends = [0, 1e-6, 0.01, 0.1, 0.5].map(jitter => {
          const plan = slicePlan(problem, x, y, at, {
            mode: 'constrainedStart',
            reading: 'movedOnly',
            learningRate,
            jitter,
          });
          const run = descended(plan, problem.objective);
          return `${jitter}: ${[x, y].map(key => run.end[cellIndex(key)]!.toFixed(3)).join(' ')} (${run.loss.toFixed(3)}, ${run.steps})`;
        });
        console.log(`JITTER ${id} (${x}, ${y}) from ${at.join(' ')}: ${ends.join('; ')}`);
      }
  }
}
