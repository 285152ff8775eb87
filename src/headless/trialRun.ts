import { availableParallelism } from 'node:os';
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
