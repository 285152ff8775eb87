import { useMemo } from 'react';
import { useStudy } from '../../state/study/studyStore.ts';
import { type FinishedTrial, isFinished } from '../../study/record.ts';
import type { Study } from '../../study/studyFile.ts';
import { trialId } from '../../study/trialKey.ts';
import { useShownStudy } from './useShown.ts';

export interface Selected {
  readonly trial: FinishedTrial;
  readonly study: Study;
}

/** The trial that is looked at; null where the results shown do not have it. */
export function useSelected(): Selected | null {
  const study = useShownStudy();
  const selected = useStudy(state => state.selected);
  return useMemo(() => {
    const trial = study?.records.find(record => trialId(record) === selected);
    return study && trial && isFinished(trial) ? { trial, study } : null;
  }, [study, selected]);
}
