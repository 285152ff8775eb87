import type { WebglState } from './chooseEngine.ts';
import { milliseconds } from './chooseEngine.ts';

/** Walkers of the step that is timed; fewer do not fill a GPU. */
export const WALKERS = 256;

/** Wall time of a step of `WALKERS` walkers, loss and gradient each, on both engines. */
export interface WalkerFigures {
  readonly poolMs: number;
  readonly gpuMs: number;
  /** The GPU was not timed further: so much it takes for a part of the walkers. */
  readonly gpuAtLeast: boolean;
}

export interface WalkerChoice {
  readonly where: 'gpu' | 'pool';
  /** One sentence: where many descents run and why. */
  readonly reason: string;
}

/** The GPU has to be this much faster: the pool gives the same numbers on every machine. */
const WIN = 1.25;

const IN_SOFTWARE = 'WebGL is rendered in software, on the same cores';

/**
 * Place of many descents of one kind that nobody looks at one by one.
 * @param wanted the engine that the user chose for maps
 * @param pool what the pool is called
 * @param refusal why WebGL cannot compute them, as a clause; null where it can
 * @param walkers how many descents there are
 * @param figures null where nothing is measured
 */
export function chooseWalkers(
  wanted: 'auto' | 'webgl' | 'worker',
  webgl: WebglState,
  pool: string,
  refusal: string | null,
  walkers: number,
  figures: WalkerFigures | null,
): WalkerChoice {
  const onPool = (why: string): WalkerChoice => ({ where: 'pool', reason: `${pool}, float64: ${why}.` });
  if (wanted === 'worker') return onPool('you chose the CPU');
  if (refusal) return onPool(refusal);
  if (webgl.state === 'pending') return onPool('WebGL is still being checked');
  if (webgl.state === 'unavailable')
    return onPool(webgl.spared ? IN_SOFTWARE : webgl.reason.replace(/\.$/, ''));
  if (walkers < WALKERS) return onPool(`WebGL takes ${WALKERS} descents or more`);
  if (wanted === 'webgl')
    return {
      where: 'gpu',
      reason: `WebGL, float32: you chose it${figures ? `; ${compared(pool, figures)}` : ''}.`,
    };
  if (webgl.software) return onPool(IN_SOFTWARE);
  if (!figures) return onPool('WebGL is not timed for this crystal and loss yet');
  if (WIN * figures.gpuMs < figures.poolMs)
    return { where: 'gpu', reason: `WebGL, float32: ${compared(pool, figures)}.` };
  return onPool(compared(pool, figures));
}

/** Both figures as a clause. */
export function compared(pool: string, { poolMs, gpuMs, gpuAtLeast }: WalkerFigures): string {
  const gpu = `${gpuAtLeast ? 'more than ' : ''}${milliseconds(gpuMs)}`;
  return `a step of ${WALKERS} descents takes ${gpu} on WebGL, ${milliseconds(poolMs)} on ${pool}`;
}
