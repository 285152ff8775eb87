import { WALKERS, type WalkerFigures } from './chooseWalkers.ts';
import type { Engine, Problem } from './engine.ts';

/** Walkers of a first step on the GPU: one that takes longer than all of them on the pool is not timed further. */
const PART = 32;
/** Cells that the pool hands to a worker at once. */
const PER_CALL = 64;

/**
 * Times a step of `WALKERS` walkers on both engines, each after a first round that compiles and prepares. Both compute in
 * workers, so that the page does not wait.
 * @param cells of that many walkers, flat [WALKERS * 6]
 */
export async function timeWalkers(
  pool: Engine & { readonly size: number },
  gpu: Engine,
  problem: Problem,
  cells: Float64Array,
  signal?: AbortSignal,
): Promise<WalkerFigures> {
  // In a descent every worker is busy without asking: here as many calls as there are workers, at least.
  const rounds = Math.max(1, Math.ceil((PER_CALL * pool.size) / WALKERS));
  const filling = new Float64Array(rounds * cells.length);
  for (let round = 0; round < rounds; round++) filling.set(cells, round * cells.length);
  const poolMs = (await timed(pool, problem, filling, signal)) / rounds;
  const part = spreadOver(cells, PART);
  const partMs = await timed(gpu, problem, part, signal);
  if (partMs > poolMs) return { poolMs, gpuMs: partMs, gpuAtLeast: true };
  return { poolMs, gpuMs: await timed(gpu, problem, cells, signal), gpuAtLeast: false };
}

/** The shorter of two rounds after a first, ms: what else the machine does only ever adds. */
async function timed(
  engine: Engine,
  problem: Problem,
  cells: Float64Array,
  signal: AbortSignal | undefined,
): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round++) {
    const start = performance.now();
    await engine.evaluate(problem, cells, { gradient: true, signal });
    if (round > 0) best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** `count` of the cells, from first to last. */
function spreadOver(cells: Float64Array, count: number): Float64Array {
  const n = cells.length / 6;
  const out = new Float64Array(6 * count);
  for (let i = 0; i < count; i++) {
    const from = 6 * Math.floor((i * n) / count);
    out.set(cells.subarray(from, from + 6), 6 * i);
  }
  return out;
}
