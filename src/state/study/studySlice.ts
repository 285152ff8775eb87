import type { StudyPlan } from '../../study/plan.ts';
import type { Study } from '../../study/studyFile.ts';
import type { Trial } from '../../study/trialKey.ts';
import type { Progress } from '../core/progress.ts';
import { registerSlice } from '../core/store.ts';

/** Origin of the shipped results. */
export interface ShippedNote {
  readonly commands: readonly string[];
  readonly commit: string;
  readonly machine: string;
  readonly hours: number;
  readonly date: string;
  readonly files: readonly string[];
  readonly remarks: readonly string[];
}

/** A plan under way, paused (cancelled) or done; what it counts are trials. */
export interface StudyRun extends Progress {
  readonly plan: StudyPlan;
  /** Descents among the trials, and those that are done. */
  readonly doneDescents: number;
  readonly totalDescents: number;
  /** A trial that is being computed. */
  readonly now: Trial | null;
  /** Seconds a descent of this session, null before it means anything. */
  readonly secondsPerDescent: number | null;
}

export interface StudyState {
  readonly shipped: Study | null;
  readonly note: ShippedNote | null;
  readonly shippedFailure: string | null;
  /** Results of runs in this browser and of files merged into them. */
  readonly own: Study | null;
  readonly run: StudyRun | null;
  /** Name of the trial that is looked at. */
  readonly selected: string | null;
  readonly ready: boolean;
  /** Kept values that this version cannot read. */
  readonly unread: number;
}

declare module '../core/store.ts' {
  interface Slices {
    readonly study: StudyState;
  }
}

export const study = registerSlice('study', {
  shipped: null,
  note: null,
  shippedFailure: null,
  own: null,
  run: null,
  selected: null,
  ready: false,
  unread: 0,
});
