import { MATCH_OPTIONS } from '../../matching/matcher.ts';
import type { FinishedTrial } from '../../study/record.ts';
import { CRITERIA, type Criterion } from '../../study/summary.ts';
import { isDescent } from './shown.ts';

/** The gauges of a verdict: value, limit, and whether it is beyond. Null where the matcher has no value. */
export interface Gauge {
  readonly value: number | null;
  readonly limit: number;
}

/** Worst length (share), worst angle (degrees) and largest displacement (of the free length) against their limits. */
export const gaugesOf = ({ match }: FinishedTrial): readonly [Gauge, Gauge, Gauge] => [
  { value: match.length, limit: MATCH_OPTIONS.ltol },
  { value: match.angle, limit: MATCH_OPTIONS.angleTol },
  { value: match.maximum, limit: MATCH_OPTIONS.stol },
];

/** Descents that failed by the criterion, most similar pattern first. */
export const nearMisses = (trials: readonly FinishedTrial[], criterion: Criterion): FinishedTrial[] =>
  trials
    .filter(trial => isDescent(trial.setting) && !CRITERIA[criterion](trial))
    .sort((p, q) => q.cosine - p.cosine);
