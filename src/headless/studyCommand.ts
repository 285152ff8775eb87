import { gzipSync } from 'node:zlib';
import { descentCount, type StudyPlan, shardOf, trialsOf } from '../study/plan.ts';
import { headerLine, mergeStudies, readStudy, type Study, studyText } from '../study/studyFile.ts';
import {
  correlationOf,
  endsOf,
  type Group,
  groupsOf,
  type Rate,
  rateOf,
  searchCounts,
} from '../study/summary.ts';
import { trialId } from '../study/trialKey.ts';
import { crystalFrom } from './crystals.ts';
import { replace, textOf } from './diskFiles.ts';
import { commandLine, UsageError } from './options.ts';
import { PLAN_OPTIONS, planFrom, structureSources, variantsOf } from './studyPlan.ts';
import { runOnThreads } from './threads.ts';
import { openOutput, reporter, shardFrom, workersFrom } from './trialRun.ts';

const STUDY_THREAD = new URL('./study.worker.ts', import.meta.url);

/** study: runs a plan or part of it, JSON lines out. */
export async function runStudy(args: readonly string[]): Promise<void> {
  const line = commandLine(args, [...PLAN_OPTIONS, 'workers', 'shard', 'out'], ['resume', 'list', 'quiet']);
  if (line.files.length) throw new UsageError(`study takes options only, not "${line.files.join(' ')}"`);
  const plan = planFrom(line);
  const all = trialsOf(plan);
  const shard = shardFrom(line.text('shard'));
  const mine = shardOf([...all.keys()], shard.i, shard.n);
  if (line.flag('list')) {
    for (const index of mine) console.log(trialId(all[index]!));
    return;
  }
  const workers = workersFrom(line);
  const structures = new Map(
    [...structureSources(line)].map(([name, source]) => [name, crystalFrom(source)]),
  );
  // All that can be refused has been: now a file may begin.
  const output = openOutput(line, `${headerLine(plan.conditions)}\n`, (before, path) =>
    keptOf(plan, before, path),
  );
  const indices = mine.filter(index => !output.done.has(trialId(all[index]!)));
  const report = reporter(
    indices.length,
    `${indices.length} trials to run; the whole plan has ${descentCount(plan)} descents.`,
    line.flag('quiet'),
  );
  try {
    await runOnThreads(STUDY_THREAD, { plan, structures }, indices, workers, text => {
      output.write(`${text}\n`);
      report();
    });
  } finally {
    output.close();
  }
}

/** merge: one file from several. */
export function mergeCommand(args: readonly string[]): void {
  const line = commandLine(args, ['out'], []);
  if (line.files.length === 0) throw new UsageError('merge needs the files to merge');
  const text = studyText(mergeStudies(line.files.map(readStudyFile), line.files));
  const out = line.text('out');
  if (out === undefined) process.stdout.write(text);
  else replace(out, out.endsWith('.gz') ? gzipSync(text, { level: 9 }) : text);
}

/** A study file, compressed or not. */
export const readStudyFile = (path: string): Study => readStudy(textOf(path), path);

/** Part of an earlier run of the plan that stays. @throws where its conditions are others */
function keptOf(plan: StudyPlan, before: string, path: string): { text: string; done: string[] } {
  const { conditions } = plan;
  const study = readStudy(before, path);
  // Empty merge: only to hear that the conditions agree.
  mergeStudies([{ conditions, records: [] }, study], ['this plan', path]);
  const records = study.records.filter(record => !('failure' in record));
  return { text: studyText({ conditions, records }), done: records.map(trialId) };
}

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
  const searches = searchCounts(trials);
  return {
    ...counts,
    match: rateRow(rateOf(trials, 'match')),
    unscaled: rateRow(rateOf(trials, 'unscaled')),
    strict: rateRow(rateOf(trials, 'strict')),
    ends: endsOf(trials),
    ...(searches ? { searches } : {}),
    amd: correlationOf(trials, 'amd'),
    emd: correlationOf(trials, 'emd'),
  };
}

const short = (value: number): number => Number(value.toFixed(4));
