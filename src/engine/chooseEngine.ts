import type { Engine } from './engine.ts';

/** Findings of the start-up probe about WebGL. */
export type WebglState =
  | { readonly state: 'pending' }
  | {
      readonly state: 'unavailable';
      readonly reason: string;
      /** Only left unchecked, since it is rendered in software: it is checked when the user chooses it. */
      readonly spared?: true | undefined;
    }
  | {
      readonly state: 'ready';
      readonly engine: Engine;
      readonly renderer: string;
      /** Rendered by the CPU (SwiftShader, llvmpipe, …). */
      readonly software: boolean;
      readonly msPerCell: number;
      /** Worst deviation of a loss from float64 in the self-check. */
      readonly worstLoss: number;
    };

export interface CpuProbe {
  readonly engine: Engine;
  /** Same problem as WebGL's self-check, all workers busy; null until measured. */
  readonly msPerCell: number | null;
}

export interface Choice {
  readonly engine: Engine;
  /** One sentence for the badge: which engine and why. */
  readonly reason: string;
}

/** A time with its unit. */
export const milliseconds = (ms: number): string =>
  `${ms < 0.1 ? ms.toPrecision(1) : ms.toFixed(ms < 10 ? 2 : 0)}\u202fms`;

/** On a GPU the maps stay there, and the cores free for descents, unless the CPU is more than this times faster. */
const GPU_GRACE = 2;

/**
 * Picks the engine that evaluates maps and batches. WebGL rendered in software is only taken when chosen by hand: it
 * does in float32 on the same cores what the pool does in float64, and a loss that needs the pattern far slower than the
 * cosine loss that was timed. Descents that are looked at run on the CPU (latency, float64); where
 * many run whose ends alone count is `chooseWalkers`.
 * @param refusal why WebGL cannot compute the problem at hand, as a clause; null where it can
 */
export function chooseEngine(
  wanted: 'auto' | 'webgl' | 'worker',
  webgl: WebglState,
  cpu: CpuProbe,
  refusal: string | null = null,
): Choice {
  if (wanted === 'worker')
    return { engine: cpu.engine, reason: `You chose the CPU: ${cpu.engine.device}, float64.` };
  if (refusal)
    return { engine: cpu.engine, reason: `The CPU computes (${cpu.engine.device}, float64): ${refusal}.` };
  if (webgl.state === 'pending')
    return { engine: cpu.engine, reason: 'WebGL is being checked; the CPU computes meanwhile.' };
  if (webgl.state === 'unavailable')
    return { engine: cpu.engine, reason: `The CPU computes (${cpu.engine.device}): ${webgl.reason}` };
  const kind = webgl.software ? 'rendered in software' : webgl.renderer;
  const check = `self-check against float64 within ${webgl.worstLoss.toExponential(0).replace('-', '\u2212')}`;
  if (wanted === 'webgl') return { engine: webgl.engine, reason: `You chose WebGL (${kind}); ${check}.` };
  if (cpu.msPerCell !== null && (webgl.software || GPU_GRACE * cpu.msPerCell < webgl.msPerCell))
    return {
      engine: cpu.engine,
      reason: `${cpu.engine.device} take ${milliseconds(cpu.msPerCell)} a cell, WebGL (${kind}) ${milliseconds(webgl.msPerCell)}.`,
    };
  const against =
    cpu.msPerCell === null ? '' : ` against ${milliseconds(cpu.msPerCell)} on ${cpu.engine.device}`;
  return {
    engine: webgl.engine,
    reason: `WebGL (${kind}) takes ${milliseconds(webgl.msPerCell)} a cell${against}; the cores stay free for descents; ${check}.`,
  };
}
