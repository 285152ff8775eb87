import { useEffect, useMemo } from 'react';
import { useBraggscape } from '../../state/core/store.ts';
import { openStudy } from '../../state/study/studyFiles.ts';
import { type FinishedTrial, isFinished } from '../../study/record.ts';
import type { Study } from '../../study/studyFile.ts';
import { trialId } from '../../study/trialKey.ts';
import { nearestLevel, type Shown, shownOf } from './shown.ts';

/** The study that the page shows: the shipped results or this device's; null while there is none. */
export function useShownStudy(): Study | null {
  useEffect(() => void openStudy(), []);
  const source = useBraggscape(state => state.inputs.study.source);
  const shipped = useBraggscape(state => state.study.shipped);
  const own = useBraggscape(state => state.study.own);
  return source === 'own' ? own : shipped;
}

const NONE: Study['records'] = [];

/** Its records as far as the page shows them, and the level that the panels look at. */
export function useShown(): { study: Study | null; shown: Shown; level: number | null } {
  const study = useShownStudy();
  const { noise, shownLoss, shownRate, level } = useBraggscape(state => state.inputs.study);
  const records = study?.records ?? NONE;
  const shown = useMemo(
    () => shownOf(records, { noise, shownLoss, shownRate }),
    [records, noise, shownLoss, shownRate],
  );
  return { study, shown, level: nearestLevel(shown.levels, level) };
}

export interface Selected {
  readonly trial: FinishedTrial;
  readonly study: Study;
}

/** The trial that is looked at; null where the results shown do not have it. */
export function useSelected(): Selected | null {
  const study = useShownStudy();
  const selected = useBraggscape(state => state.study.selected);
  return useMemo(() => {
    const trial = study?.records.find(record => trialId(record) === selected);
    return study && trial && isFinished(trial) ? { trial, study } : null;
  }, [study, selected]);
}
