import { useMemo } from 'react';
import type { CellReflections } from '../../diffraction/crystalPattern.ts';
import { strideOf } from '../../landscape/slice.ts';
import { type State, useSeveral } from '../../state/core/store.ts';
import { reachesPoint } from '../../state/explore/reached.ts';
import { askedSlice, knownTruth } from '../../state/explore/selectors.ts';
import type { Tally } from '../pattern/occupancy.ts';
import { currentScene, targetScene } from '../pattern/scene.ts';
import { type AnyRun, type Verdict, type VerdictScene, verdictOf } from './verdict.ts';

/** A path with what became of it. */
export interface Judged {
  readonly run: AnyRun;
  readonly verdict: Verdict;
  /** Of the peaks at its end; null until they are known. */
  readonly tally: Tally | null;
}

/** What the verdicts follow from. */
const groundsOf = (state: State) => ({
  runs: state.runs,
  continued: state.continued,
  ends: state.ends,
  slice: askedSlice(state),
  map: state.map,
  minima: state.minima,
  problem: state.problem,
  stableRate: state.stableRate,
  full: state.inputs.descent.space === 'full',
  known: knownTruth(state) !== null,
  targetPeaks: state.targetPeaks,
  family: state.structure?.family ?? null,
});
type Grounds = ReturnType<typeof groundsOf>;

/** The verdicts on all paths on screen: the continued ones first, then in the order of their starts. */
export function useVerdicts(): readonly Judged[] {
  const grounds = useSeveral(groundsOf);
  return useMemo(() => judge(grounds), [grounds]);
}

export const judged = (state: State): readonly Judged[] => judge(groundsOf(state));

function judge(grounds: Grounds): readonly Judged[] {
  const { runs, continued, ends, slice, map, problem, minima, stableRate, full, known } = grounds;
  if (!slice || !problem) return [];
  const { sites } = problem;
  const here = map?.final && map.problem === problem && map.slice.x === slice.x && map.slice.y === slice.y;
  const scene: VerdictScene = {
    ...{ slice, minima, stableRate, full },
    map: here ? map : null,
    isTruth: known ? point => reachesPoint(slice, sites, point) : null,
  };
  return [...continued, ...runs]
    .filter(run => run.stride === strideOf(slice))
    .map(run => {
      const peaks = ends.get(run);
      return { run, verdict: verdictOf(run, scene), tally: peaks ? tallyAt(peaks, grounds) : null };
    });
}

/** By the reflections at an end, which belong to one target. */
const tallies = new WeakMap<CellReflections, Tally | null>();

function tallyAt(peaks: CellReflections, { problem, targetPeaks, family }: Grounds): Tally | null {
  if (!problem || !targetPeaks || !family) return null;
  let known = tallies.get(peaks);
  if (known === undefined) {
    const target = targetScene(problem.instrument, family, problem.target, targetPeaks);
    known = target && currentScene(target, problem.target, peaks).tally;
    tallies.set(peaks, known);
  }
  return known;
}
