import { LIBRARY } from '../crystal/library.ts';
import { ANODES, type Instrument, instrumentProblem, PAPER_INSTRUMENT } from '../diffraction/instrument.ts';
import type { MeasuredScan } from '../formats/measuredScan.ts';
import { readPatternFile } from '../formats/patternFile.ts';
import type { LossId } from '../losses/loss.ts';
import { LOSSES, PAPER_LOSSES } from '../losses/registry.ts';
import { type Checks, isCount, isNumber, isText, wrongField } from '../num/fields.ts';
import { measuredRecovery } from '../recovery/measuredTarget.ts';
import type { RecoveryTarget } from '../recovery/stage.ts';
import { type AtomRecord, type AtomTrial, atomTrialId, type FailedAtoms } from '../study/atomTrial.ts';
import { shardOf } from '../study/plan.ts';
import {
  type FailedRecovery,
  type RecoveryRecord,
  type RecoveryTrial,
  recoveryId,
} from '../study/recoveryTrial.ts';
import { cellFrom, INSTRUMENT_OPTIONS, instrumentFrom } from './crystalCommands.ts';
import { crystalFrom, nameOf } from './crystals.ts';
import { bytesOf, replace, textOf } from './diskFiles.ts';
import { type CommandLine, commandLine, UsageError } from './options.ts';
import type { RecoverThread } from './recover.worker.ts';
import { variantsOf } from './studyPlan.ts';
import { runOnThreads } from './threads.ts';
import { openOutput, reporter, shardFrom, workersFrom } from './trialRun.ts';

const THREAD = new URL('./recover.worker.ts', import.meta.url);

/** recover: distorted cells found again, a JSON line a trial in a fixed order. */
export async function recoverCommand(args: readonly string[]): Promise<void> {
  if (args[0] === 'merge') return mergeRecoveries(args.slice(1));
  const line = commandLine(
    args,
    [
      ...INSTRUMENT_OPTIONS,
      'structure',
      'noise',
      'coordinates',
      'variants',
      'seed',
      'starts',
      'loss',
      'start',
      'pattern',
      'shard',
      'workers',
      'out',
    ],
    ['free', 'free-test', 'resume', 'list', 'quiet'],
  );
  if (line.files.length) throw new UsageError(`recover takes options only, not "${line.files.join(' ')}"`);
  const losses = line.text('coordinates') === undefined ? LOSSES : PAPER_LOSSES;
  const measure =
    line.oneOf(
      'loss',
      losses.map(({ id }) => id),
    ) ?? 'cosine';
  const sources = new Map(
    (line.list('structure') ?? LIBRARY.map(({ id }) => id)).map(source => [nameOf(source), source]),
  );
  const given = line.text('start') === undefined ? null : cellFrom(line, 'start', [1, 1, 1, 90, 90, 90]);
  const trials = trialsOf(line, [...sources.keys()], given !== null, measure);
  const shard = shardFrom(line.text('shard'));
  const mine = shardOf([...trials.keys()], shard.i, shard.n);
  if (line.flag('list')) {
    for (const index of mine) console.log(trialName(trials[index]!));
    return;
  }
  const workers = workersFrom(line);
  const data: RecoverThread = {
    trials,
    structures: new Map([...sources].map(([name, source]) => [name, crystalFrom(source)])),
    start: given,
    ...patternFrom(line),
  };
  // All that can be refused has been: now a file may begin.
  const output = openOutput(line, '', (before, path) => {
    const kept = linesOf(before, path).filter(record => !('failure' in record));
    return { text: kept.map(record => `${JSON.stringify(record)}\n`).join(''), done: kept.map(trialName) };
  });
  const indices = mine.filter(index => !output.done.has(trialName(trials[index]!)));
  const report = reporter(
    indices.length,
    `${indices.length} crystals to recover.`,
    line.flag('quiet') || indices.length < 2,
  );
  try {
    await runOnThreads(THREAD, data, indices, workers, text => {
      output.write(`${text}\n`);
      report();
    });
  } finally {
    output.close();
  }
}

function trialsOf(
  line: CommandLine,
  structures: readonly string[],
  own: boolean,
  measure: LossId,
): (RecoveryTrial | AtomTrial)[] {
  const starts = line.number('starts') ?? 1;
  if (!Number.isInteger(starts) || starts < 1 || starts > 1000)
    throw new UsageError(`--starts ${starts}: give a whole number from 1 to 1000`);
  const levels = line.numbers('noise') ?? [0.1];
  const coordinates = line.numbers('coordinates');
  const least = coordinates ? 0 : Number.MIN_VALUE;
  const wrong = levels.find(sigma => !(sigma >= least && sigma < 1 / 3));
  if (wrong !== undefined)
    throw new UsageError(
      `--noise ${wrong}: give shares between 0 and 1/3${coordinates ? '' : ', not 0 without --coordinates'}`,
    );
  const off = coordinates?.find(sigma => !(sigma > 0 && sigma < 1));
  if (off !== undefined) throw new UsageError(`--coordinates ${off}: give unit fractions between 0 and 1`);
  if (coordinates && (own || line.text('pattern') !== undefined))
    throw new UsageError(
      '--coordinates moves the atoms of a crystal whose pattern is simulated: no --start, no --pattern',
    );
  if (measure !== 'cosine' && line.text('pattern') !== undefined)
    throw new UsageError(
      `--loss ${measure}: a measured pattern has a background, which the cosine alone bears; leave --loss out`,
    );
  const { first, count } = own
    ? { first: 0, count: 1 }
    : (variantsOf(line.text('variants')) ?? { first: 0, count: 1 });
  const tested = line.flag('free-test');
  if (tested && (coordinates || line.flag('free')))
    throw new UsageError(
      `--free-test holds the family and then tests it: no --${coordinates ? 'coordinates' : 'free'}`,
    );
  const freedom = tested ? 'tested' : line.flag('free') ? 'free' : 'held';
  const seed = line.number('seed') ?? 0;
  return Array.from({ length: count }, (_, k) => first + k).flatMap(variant =>
    structures.flatMap(structure =>
      levels.flatMap((sigma): (RecoveryTrial | AtomTrial)[] =>
        coordinates
          ? coordinates.map(level => ({
              structure,
              sigma,
              coordinates: level,
              variant,
              seed,
              starts,
              measure,
            }))
          : [{ structure, sigma, variant, seed, freedom, starts, measure }],
      ),
    ),
  );
}

/** Instrument and target: simulated, or what --pattern measures on the anode that --wavelength names. */
function patternFrom(line: CommandLine): { instrument: Instrument; target: RecoveryTarget | null } {
  const path = line.text('pattern');
  const radiation = radiationFrom(line);
  if (path === undefined) return { instrument: radiation, target: null };
  const scan = scanFrom(path);
  const { instrument, target, remarks } = measuredRecovery(scan, radiation, rangeFrom(line));
  for (const sentence of remarks) console.error(`${path}: ${sentence}`);
  const problem = instrumentProblem(instrument);
  if (problem) throw new UsageError(problem);
  return { instrument, target };
}

/** The instrument of --wavelength: an anode's name stands for both its lines, with a1 for the first alone. */
export function radiationFrom(line: CommandLine): Instrument {
  const anode = ANODES.find(({ id }) => id.startsWith(line.text('wavelength') ?? '?'));
  if (!anode) return instrumentFrom(line);
  return {
    ...PAPER_INSTRUMENT,
    wavelength: anode.wavelength,
    ...(line.text('wavelength') === anode.id ? {} : { secondWavelength: anode.second }),
  };
}

/** The range of 2θ that counts, degrees; null: all. */
export function rangeFrom(line: CommandLine): readonly [number, number] | null {
  const range = line.numbers('two-theta');
  if (!range) return null;
  if (range.length !== 2) throw new UsageError('--two-theta: give low,high');
  return [range[0]!, range[1]!];
}

/** The first scan of a file; what had to be assumed of it goes to stderr. */
export function scanFrom(path: string): MeasuredScan {
  const read = readPatternFile(path, bytesOf(path));
  if (!read.ok)
    throw new Error(`${path}${read.line === undefined ? '' : `, line ${read.line}`}: ${read.message}`);
  const { scans } = read.value;
  const scan = scans[0]!;
  for (const sentence of [
    ...read.warnings,
    ...(scans.length > 1 ? [`the first of ${scans.length} scans is taken, "${scan.title}"`] : []),
    ...scan.assumptions,
  ])
    console.error(`${path}: ${sentence}`);
  return scan;
}

/** Parts of a trial that its name is made of. */
const TRIAL: Checks<Omit<RecoveryTrial, 'freedom'>> = {
  measure: isText(20),
  structure: isText(200),
  sigma: isNumber,
  variant: isCount,
  seed: isCount,
  starts: isCount,
};

type Line = RecoveryRecord | FailedRecovery | AtomRecord | FailedAtoms;

const trialName = (trial: RecoveryTrial | AtomTrial): string =>
  'coordinates' in trial ? atomTrialId(trial) : recoveryId(trial);

/** merge: one file from several, each trial once, by name; a result replaces a failure. */
function mergeRecoveries(args: readonly string[]): void {
  const line = commandLine(args, ['out'], []);
  if (line.files.length === 0) throw new UsageError('merge needs the files to merge');
  const kept = new Map<string, Line>();
  for (const path of line.files)
    for (const record of linesOf(textOf(path), path)) {
      const id = trialName(record);
      const before = kept.get(id);
      if (!before || 'failure' in before) kept.set(id, record);
      else if (!('failure' in record) && JSON.stringify(record) !== JSON.stringify(before))
        throw new UsageError(`${path} has another result for ${id}: the files come from different versions`);
    }
  const ids = [...kept.keys()].sort();
  const text = ids.map(id => `${JSON.stringify(kept.get(id))}\n`).join('');
  const out = line.text('out');
  if (out === undefined) process.stdout.write(text);
  else replace(out, text);
}

/** Records of a file; a last line that broke off is left out. */
function linesOf(whole: string, path: string): Line[] {
  const lines = whole.split('\n');
  return lines.flatMap((text, i) => {
    if (text.trim() === '') return [];
    let record: unknown;
    try {
      record = JSON.parse(text);
    } catch {
      if (i === lines.length - 1) return [];
      throw new UsageError(`${path}, line ${i + 1}: this is not a line of JSON`);
    }
    const wrong = wrongField(record, TRIAL);
    if (wrong) throw new UsageError(`${path}, line ${i + 1}: a record without a proper "${wrong}"`);
    return [record as Line];
  });
}
