import { useMemo } from 'react';
import { useBraggscape } from '../../state/store.ts';
import { type CurrentScene, currentScene, type TargetScene, targetScene } from './scene.ts';

/** Target and current as the picture needs them; null where the state has none that fit together. */
export function usePatternScene(): { target: TargetScene | null; current: CurrentScene | null } {
  const structure = useBraggscape(state => state.structure);
  const problem = useBraggscape(state => state.problem);
  const targetPeaks = useBraggscape(state => state.targetPeaks);
  const crystal = useBraggscape(state => state.current);
  const missing = useBraggscape(state => state.missing);
  const family = structure?.family;
  const target = useMemo(
    () =>
      problem && targetPeaks && family
        ? targetScene(problem.instrument, family, problem.target, targetPeaks)
        : null,
    [problem, targetPeaks, family],
  );
  const current = useMemo(() => {
    // Another loss leaves the patterns as they are; another crystal or instrument does not.
    const fits =
      crystal &&
      problem &&
      !missing &&
      crystal.problem.sites === problem.sites &&
      crystal.problem.instrument === problem.instrument;
    return target && fits ? currentScene(target, crystal.pattern, crystal.peaks) : null;
  }, [target, crystal, problem, missing]);
  return { target, current };
}
