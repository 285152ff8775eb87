/** Memory of one parameter between steps. */
export interface RuleMemory {
  /** Running sum (heavy ball, Nesterov) or mean (Adam) of the slopes [n]. */
  readonly first: Float64Array;
  /** Running mean of their squares [n]; Adam alone. */
  readonly second: Float64Array;
}

export type RuleId = 'heavyBall' | 'nesterov' | 'adam';

export const emptyMemory = (n: number): RuleMemory => ({
  first: new Float64Array(n),
  second: new Float64Array(n),
});

/** Adam's decay of the mean square and its guard against division by zero, as published. */
const SQUARE_DECAY = 0.999;
const GUARD = 1e-8;

/**
 * By what, times the learning rate, parameter i moves down; the memory is brought up to date.
 *   heavy ball  v ← m v + g, move v (Qian 1999); m = 0 is plain gradient descent
 *   Nesterov    v ← m v + g, move g + m v (Sutskever et al., ICML 2013, in the form of Bengio et al. 2012)
 *   Adam        means of g and g² with their bias taken off, move ĝ/(√ĝ² + ε) (Kingma & Ba, ICLR 2015)
 * @param momentum m, and Adam's decay of the mean slope
 * @param step number of the step, from 1
 */
export function ruleMove(
  rule: RuleId,
  momentum: number,
  memory: RuleMemory,
  i: number,
  slope: number,
  step: number,
): number {
  const { first, second } = memory;
  if (rule === 'adam') {
    first[i] = momentum * first[i]! + (1 - momentum) * slope;
    second[i] = SQUARE_DECAY * second[i]! + (1 - SQUARE_DECAY) * slope * slope;
    const mean = first[i]! / (1 - momentum ** step);
    const square = second[i]! / (1 - SQUARE_DECAY ** step);
    return mean / (Math.sqrt(square) + GUARD);
  }
  first[i] = momentum * first[i]! + slope;
  return rule === 'nesterov' ? slope + momentum * first[i]! : first[i]!;
}
