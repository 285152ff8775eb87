import { closeSync, existsSync, openSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { isDevice, replace, textOf, write } from './diskFiles.ts';
import { type CommandLine, UsageError } from './options.ts';

/** Seconds between two lines about the progress. */
const REPORT_EVERY = 10;

/** Shard of a run: --shard i/n. */
export function shardFrom(text: string | undefined): { i: number; n: number } {
  if (text === undefined) return { i: 1, n: 1 };
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const [i, n] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || i < 1 || i > n)
    throw new UsageError(`--shard ${text}: give i/n with i from 1 to n, for example 3/16`);
  return { i, n };
}

/** Threads of a run: --workers, else one a core. */
export function workersFrom(line: CommandLine): number {
  const count = line.number('workers') ?? availableParallelism();
  if (!Number.isInteger(count) || count < 1 || count > 1024)
    throw new UsageError(`--workers ${count}: give a whole number from 1 to 1024`);
  return count;
}

/** Tells on stderr how far the run is, so that stdout stays clean. */
export function reporter(total: number, opening: string, quiet: boolean): () => void {
  const start = performance.now();
  let done = 0;
  let last = start;
  const say = (text: string): void => void (quiet || process.stderr.write(`${text}\n`));
  say(opening);
  return () => {
    done++;
    const now = performance.now();
    if (done < total && now - last < REPORT_EVERY * 1000) return;
    last = now;
    const seconds = (now - start) / 1000;
    const left = (seconds / done) * (total - done);
    say(
      done === total
        ? `${total} trials in ${(seconds / 60).toFixed(1)} min.`
        : `${done} of ${total} trials, ${(seconds / 60).toFixed(1)} min so far, about ${(left / 60).toFixed(1)} min left.`,
    );
  };
}

/** Place that the lines of a run go to. */
export interface Output {
  /** Names of the trials that the file holds already. */
  readonly done: ReadonlySet<string>;
  write(text: string): void;
  close(): void;
}

/**
 * Lines out: on stdout, or into a file that --resume goes on with. A resumed file is written anew without failures and
 * without the line that may have broken off, then continued.
 * @param header first lines of a new file
 * @param kept of a file that is there: its text as it goes on, and the names of its trials
 */
export function openOutput(
  line: CommandLine,
  header: string,
  kept: (text: string, path: string) => { readonly text: string; readonly done: readonly string[] },
): Output {
  const path = line.text('out');
  if (path === undefined) {
    if (line.flag('resume')) throw new UsageError('--resume needs the file to go on with: --out FILE');
    process.stdout.write(header);
    return { done: new Set(), write: text => process.stdout.write(text), close: () => {} };
  }
  if (path.endsWith('.gz'))
    throw new UsageError('a run appends to its file: compress it afterwards with merge');
  const before = existsSync(path) && !isDevice(path) ? textOf(path) : '';
  if (before && !line.flag('resume'))
    throw new UsageError(`${path} exists: --resume goes on with it, another name starts anew`);
  const { text, done } = before ? kept(before, path) : { text: header, done: [] };
  replace(path, text);
  const file = openSync(path, 'a');
  return {
    done: new Set(done),
    write: more => write(path, more, file),
    close: () => closeSync(file),
  };
}
