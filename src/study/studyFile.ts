import { wrongInConditions, wrongInRecord } from './checkRecord.ts';
import { compareTrials } from './order.ts';
import type { Conditions } from './plan.ts';
import type { FinishedTrial, TrialRecord } from './record.ts';
import { trialId } from './trialKey.ts';

/** The first line of a study file. The lines after it are trial records, one a line. */
interface Header {
  readonly braggscape: 'study';
  readonly version: 1;
  readonly conditions: Conditions;
}

/** The records of one or more runs under the same conditions. */
export interface Study {
  readonly conditions: Conditions;
  readonly records: readonly TrialRecord[];
}

export const headerLine = (conditions: Conditions): string =>
  JSON.stringify({ braggscape: 'study', version: 1, conditions } satisfies Header);

export const recordLine = (record: TrialRecord): string => JSON.stringify(record);

/** The whole file, records in their fixed order. */
export const studyText = ({ conditions, records }: Study): string =>
  `${[headerLine(conditions), ...[...records].sort(compareTrials).map(recordLine)].join('\n')}\n`;

/**
 * Reads a study file. Headers may repeat, so that shards can simply be written one after the other. A last line that
 * breaks off is left out: a run may have been killed while it wrote.
 * @param name of the file, for messages
 * @throws a sentence with name and line
 */
export function readStudy(text: string, name: string): Study {
  let conditions: Conditions | null = null;
  const records: TrialRecord[] = [];
  for (const { line, number, isLast } of linesOf(text)) {
    if (line.trim() === '') continue;
    const refuse = (what: string): never => {
      throw new Error(`${name}, line ${number}: ${what}`);
    };
    const value = parsed(line);
    if (value === undefined) {
      if (isLast) break;
      refuse('this is not a line of JSON');
    }
    if (isHeader(value)) {
      if (value.version !== 1)
        refuse(`version ${JSON.stringify(value.version)?.slice(0, 40)} of study files is not known here`);
      const wrong = wrongInConditions(value.conditions);
      if (wrong) refuse(`the conditions have no proper “${wrong}”`);
      if (conditions) requireSame(conditions, value.conditions, name);
      conditions = value.conditions;
    } else if (!conditions) throw new Error(`${name} does not begin with the header of a study file`);
    else {
      const wrong = wrongInRecord(value);
      if (wrong) refuse(`this is not the record of a trial: it has no proper “${wrong}”`);
      records.push(value as TrialRecord);
    }
  }
  if (!conditions) throw new Error(`${name} is empty`);
  return mergeStudies([{ conditions, records }], [name]);
}

/**
 * One study from several, each trial once, in their fixed order; of two results that agree the first is kept.
 * @throws where conditions differ, or two files disagree on a trial
 */
export function mergeStudies(studies: readonly Study[], names: readonly string[]): Study {
  const steps = mergeSteps(studies, names);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Records between two pauses of `mergeSteps`. */
const GROUP = 500;

/** `mergeStudies` with pauses. */
export function* mergeSteps(
  studies: readonly Study[],
  names: readonly string[],
): Generator<undefined, Study> {
  const [first] = studies;
  if (!first) throw new Error('there is nothing to merge');
  const kept = new Map<string, TrialRecord>();
  for (const [i, { conditions, records }] of studies.entries()) {
    requireSame(first.conditions, conditions, names[i] ?? `study ${i + 1}`);
    for (const [k, record] of records.entries()) {
      if (k % GROUP === GROUP - 1) yield;
      const id = trialId(record);
      const before = kept.get(id);
      // A failure may be an accident of one machine: a result replaces it.
      if (!before || 'failure' in before) kept.set(id, record);
      else if (!('failure' in record) && !agree(before, record))
        throw new Error(
          `${names[i] ?? `study ${i + 1}`} has another result for the trial ${id}: the files come from different versions or crystals`,
        );
    }
  }
  return { conditions: first.conditions, records: [...kept.values()].sort(compareTrials) };
}

/**
 * Equality of two results up to what JavaScript engines may round differently: the last bit of exp or cos,
 * which a descent that hops across a valley amplifies. Angstrom and degrees.
 */
const SAME_CELL = 1e-3;
const agree = (p: FinishedTrial, q: FinishedTrial): boolean =>
  p.match.end === q.match.end &&
  p.end.every((value, i) => Math.abs(value - q.end[i]!) < SAME_CELL) &&
  Math.abs(p.amd - q.amd) < SAME_CELL;

/** Conditions by the words of the page and of the documentation. */
const WORDS: Readonly<Record<keyof Conditions, string>> = {
  seed: 'Seed',
  maxIterations: 'Stop after',
  stopGain: 'Least gain',
  stopWindow: 'Steps of the gain',
  cells: 'Cells of coordinate noise',
  mseMaxIndex: 'Largest index in MSE',
};

/** @throws where the results of two studies do not add up, naming the condition */
export function requireSame(expected: Conditions, found: Conditions, name: string): void {
  for (const key of Object.keys(expected) as (keyof Conditions)[])
    if (found[key] !== expected[key])
      throw new Error(
        `${name} was run with “${WORDS[key]}” ${found[key] ?? 'none'}, not ${expected[key] ?? 'none'}: results do not add up`,
      );
}

/** The lines of a text, one after the other: a list of millions of blank ones would fill the memory. */
function* linesOf(text: string): Generator<{ line: string; number: number; isLast: boolean }> {
  for (let at = 0, number = 1; at <= text.length; number++) {
    const end = text.indexOf('\n', at);
    const isLast = end < 0;
    const stop = isLast ? text.length : end;
    yield { line: text.slice(at, stop), number, isLast };
    at = stop + 1;
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const isHeader = (value: unknown): value is Header =>
  typeof value === 'object' && value !== null && 'braggscape' in value && value.braggscape === 'study';
