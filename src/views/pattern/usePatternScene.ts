import { useMemo } from 'react';
import type { ReflectionTable } from '../../diffraction/mergePeaks.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { fittedScale, type MeasuredTarget } from '../../state/files/measuredTarget.ts';
import { largestWithin } from './curve.ts';
import { type CurrentScene, currentScene, type TargetScene, targetScene } from './scene.ts';

/** Target and current as the picture needs them; null where the state has none that fit together. */
export function usePatternScene(): { target: TargetScene | null; current: CurrentScene | null } {
  const structure = useBraggscape(state => state.structure);
  const problem = useBraggscape(state => state.problem);
  const targetPeaks = useBraggscape(state => state.targetPeaks);
  const crystal = useBraggscape(state => state.current);
  const missing = useBraggscape(state => state.missing);
  const prepared = useBraggscape(state => state.measured);
  const scale = useBraggscape(state => state.inputs.measured.scale);
  const excluded = useBraggscape(state => state.inputs.measured.excluded);
  const family = structure?.family;
  const measured = prepared && problem?.target === prepared.pattern ? prepared : null;
  const target = useMemo(
    () =>
      problem && targetPeaks && family
        ? targetScene(
            problem.instrument,
            family,
            problem.target,
            measured ? asHighAs(targetPeaks, problem.target) : targetPeaks,
            measured ? excluded : [],
          )
        : null,
    [problem, targetPeaks, family, measured, excluded],
  );
  const current = useMemo(() => {
    // Another loss leaves the patterns as they are; another crystal or instrument does not.
    const fits =
      crystal &&
      problem &&
      !missing &&
      crystal.problem.sites === problem.sites &&
      crystal.problem.instrument === problem.instrument;
    if (!target || !fits) return null;
    if (!measured) return currentScene(target, crystal.pattern, crystal.peaks);
    const factor = scale ?? fitted(measured, crystal.pattern);
    return currentScene(
      target,
      crystal.pattern.map(value => factor * value),
      scaled(crystal.peaks, factor),
    );
  }, [target, crystal, problem, missing, measured, scale]);
  return { target, current };
}

/** 1 where nothing of the simulated pattern is in the window: then there is nothing to see either. */
const fitted = ({ pattern, excluded }: MeasuredTarget, simulated: Float64Array): number =>
  fittedScale(pattern, simulated, excluded) || 1;

const scaled = (table: ReflectionTable, factor: number): ReflectionTable => ({
  ...table,
  intensity: table.intensity.map(value => factor * value),
});

/** Reflections of the crystal beside a measured pattern: the strongest as high as the pattern's highest point. */
function asHighAs(table: ReflectionTable, pattern: Float64Array): ReflectionTable {
  const strongest = largestWithin(table.intensity, 0, table.intensity.length);
  return strongest > 0 ? scaled(table, largestWithin(pattern, 0, pattern.length) / strongest) : table;
}
