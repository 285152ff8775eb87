import { mergeStudies } from '../study/studyFile.ts';
import { correlationOf, endsOf, type Group, groupsOf, type Rate, rateOf } from '../study/summary.ts';
import { commandLine, UsageError } from './options.ts';
import { readStudyFile } from './studyCommand.ts';
import { variantsOf } from './studyPlan.ts';

const ALL = { first: 0, count: Number.POSITIVE_INFINITY };

/** summary: rates, ends and correlations of study files, one JSON line a condition. */
export function summarise(args: readonly string[]): void {
  const line = commandLine(args, ['variants'], []);
  if (line.files.length === 0) throw new UsageError('summary needs the files to summarise');
  const { records } = mergeStudies(line.files.map(readStudyFile), line.files);
  const { first, count } = variantsOf(line.text('variants')) ?? ALL;
  const chosen = records.filter(({ variant }) => variant >= first && variant < first + count);
  for (const group of groupsOf(chosen)) console.log(JSON.stringify(rowOf(group)));
}

const rateRow = ({ successes, share, interval }: Rate) => ({
  successes,
  share: short(share),
  interval: interval.map(short),
});

function rowOf({ condition, trials, failures }: Group) {
  const counts = { ...condition, n: trials.length, failures };
  if (trials.length === 0) return counts;
  return {
    ...counts,
    match: rateRow(rateOf(trials, 'match')),
    unscaled: rateRow(rateOf(trials, 'unscaled')),
    strict: rateRow(rateOf(trials, 'strict')),
    ends: endsOf(trials),
    amd: correlationOf(trials, 'amd'),
    emd: correlationOf(trials, 'emd'),
  };
}

const short = (value: number): number => Number(value.toFixed(4));
