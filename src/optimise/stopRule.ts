/** Rule for the end of a descent (paper, S1.4). */
export interface StopRule {
  readonly maxIterations: number;
  /** Stops at the first k ≥ stopWindow with L[k − stopWindow] − L[k] < stopGain. */
  readonly stopGain: number;
  readonly stopWindow: number;
}

/** `leftDomain`: the next step would leave the points that exist; the last iterate that does exist is the result. */
export type StopReason = 'converged' | 'maxIterations' | 'leftDomain';

/** The losses of a descent, as far as the stop rule and the best iterate need them. */
export interface IterateLog {
  readonly plan: StopRule;
  /** Losses of the last `stopWindow` + 1 iterates, a ring indexed by step. */
  readonly recent: Float64Array;
  step: number;
  loss: number;
  bestStep: number;
  bestLoss: number;
  stopped: StopReason | null;
}

export const startLog = (plan: StopRule): IterateLog => ({
  plan,
  recent: new Float64Array(plan.stopWindow + 1),
  step: 0,
  loss: 0,
  bestStep: 0,
  bestLoss: Number.POSITIVE_INFINITY,
  stopped: null,
});

/** Takes note of the present iterate and decides whether it is the last. */
export function recordIterate(log: IterateLog): void {
  const { plan, recent, step, loss } = log;
  const window = plan.stopWindow;
  if (loss < log.bestLoss) {
    log.bestLoss = loss;
    log.bestStep = step;
  }
  if (step >= window && recent[(step - window) % recent.length]! - loss < plan.stopGain)
    log.stopped = 'converged';
  recent[step % recent.length] = loss;
  if (!log.stopped && step >= plan.maxIterations) log.stopped = 'maxIterations';
}
