import { availableParallelism } from 'node:os';
import { cosine } from '../../src/losses/cosine.ts';
import { objectiveFor } from '../../src/peakspace/objective.ts';
import { problemOf } from './cases.ts';
import { batchOf } from './evaluations.ts';
import { readCrystal } from './readCrystal.ts';
import { note, noteVersion } from './record.ts';
import { timeOfRun } from './timing.ts';
import { measureTorch } from './torch.ts';

/** The three structures and the ratios that the project is held to. */
const HELD_TO = { U2Ti: 3500, Na3MnCoNiO6: 10_000, NdAl8Cu4: 14_000 } as const;
const BATCH = 16;

/**
 * One descent step, loss and six gradients, against the dense way in PyTorch, in the same run on the same cells: theirs
 * on all cores, ours on one.
 */
export function benchSideBySide(): void {
  const threads = Math.min(2, availableParallelism());
  const cases = Object.keys(HELD_TO).map(id => {
    const { structure } = readCrystal(id);
    return { id, structure, cells: batchOf(structure, BATCH) };
  });
  console.log(
    `\nOne descent step, cosine loss and six gradients, ms a pattern: dense PyTorch (float32, batch of ${BATCH}, ${threads} threads) and this engine (float64, one core)`,
  );
  const torch = measureTorch(cases, threads);
  if ('missing' in torch) {
    console.log(`  left out: ${torch.missing}.`);
    return;
  }
  noteVersion('torch', torch.torch);
  for (const { id, reflections, part, patternMs, stepMs, cpuMs, loss, gradient } of torch.results) {
    const { structure, cells } = cases.find(entry => entry.id === id)!;
    const { sites, instrument, target } = problemOf(structure, 'cosine');
    const objective = objectiveFor(sites, instrument, cosine, target);
    const flat = cells.map(cell => Float64Array.from(cell));
    const out = new Float64Array(6);
    const value = objective(flat[0]!, out);
    const off = Math.max(...out.map((g, i) => Math.abs(g - gradient[i]!))) / Math.max(...out.map(Math.abs));
    // float32 sums of 9000 bins and thousands of reflections
    if (!(Math.abs(value - loss) < 1e-4 && off < 1e-2))
      throw new Error(`${id}: PyTorch has loss ${loss}, gradient off by ${off}; this engine ${value}`);
    const { wall, cpu } = timeOfRun(i => objective(flat[i % BATCH]!, out), 9);
    const held = HELD_TO[id as keyof typeof HELD_TO];
    console.log(
      `  ${id.padEnd(12)} PyTorch ${note(`${id} torch step ms`, stepMs, 0)} (pattern alone ${note(`${id} torch pattern ms`, patternMs, 0)}; ${reflections} reflections, ${part} patterns at once), this engine ${note(`${id} step ms`, wall, 4)}: ${note(`${id} ratio`, stepMs / wall, 0)} times as fast (held to ${held})\n` +
        `${''.padEnd(15)}by CPU time ${note(`${id} torch step cpu ms`, cpuMs, 0)} (over ${threads} threads) and ${note(`${id} step cpu ms`, cpu, 4)}: ${note(`${id} ratio cpu`, cpuMs / cpu, 0)} times; loss agrees to ${Math.abs(value - loss).toExponential(0)}, gradient to ${off.toExponential(0)}`,
    );
  }
}
