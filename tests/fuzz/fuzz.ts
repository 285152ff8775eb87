/**
 * Mutated files for every parser, offline: npm run fuzz [-- count [name [first seed]]]; 100,000 each by default. Says for
 * each the count, the share that was read, and the longest time; ends with an error at the first answer that is
 * neither a sound result nor a message, with the seed that makes it.
 */
import { mutated } from './mutate.ts';
import { FUZZED } from './parsers.ts';

const [count = '100000', wanted, first = '0'] = process.argv.slice(2);
for (const { name, seeds, check } of FUZZED) {
  if (wanted && wanted !== name) continue;
  let longest = 0;
  let slowest = 0;
  const started = performance.now();
  for (let i = 0; i < Number(count); i++) {
    const seed = Number(first) + i;
    const bytes = mutated(seeds, seed);
    const at = performance.now();
    try {
      check(bytes);
    } catch (error) {
      console.error(`${name}, seed ${seed}:`, error);
      process.exit(1);
    }
    const took = performance.now() - at;
    if (took > longest) [longest, slowest] = [took, seed];
  }
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `${name}: ${count} files, all settled, ${seconds.toFixed(0)} s; longest ${longest.toFixed(0)} ms (seed ${slowest}); ${Math.round(process.memoryUsage().rss / 1048576)} MB`,
  );
}
