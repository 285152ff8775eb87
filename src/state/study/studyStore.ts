import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { StudyPlan } from '../../study/plan.ts';
import type { Study } from '../../study/studyFile.ts';
import type { Trial } from '../../study/trialKey.ts';

/** How the shipped results were made. */
export interface ShippedNote {
  readonly commands: readonly string[];
  readonly commit: string;
  readonly machine: string;
  readonly hours: number;
  readonly date: string;
  readonly files: readonly string[];
  readonly remarks: readonly string[];
}

export interface StudyRun {
  readonly plan: StudyPlan;
  readonly status: 'running' | 'paused' | 'finished' | 'failed';
  /** Trials finished of those in the plan, and descents among them. */
  readonly done: number;
  readonly total: number;
  readonly doneDescents: number;
  readonly totalDescents: number;
  /** A trial that is being computed. */
  readonly now: Trial | null;
  /** Seconds a descent of this session and ms left, null before it means anything. */
  readonly secondsPerDescent: number | null;
  readonly remaining: number | null;
  readonly message: string | null;
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
}

export const studyStore = createStore<StudyState>(() => ({
  shipped: null,
  note: null,
  shippedFailure: null,
  own: null,
  run: null,
  selected: null,
  ready: false,
}));

export const useStudy = <T>(select: (state: StudyState) => T): T => useStore(studyStore, select);
