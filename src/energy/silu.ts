/** Logistic function σ(x). */
export const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** silu(x) = x σ(x). */
export const silu = (x: number): number => x / (1 + Math.exp(-x));

/** silu′ = σ (1 + x (1 − σ)). */
export function siluSlope(x: number): number {
  const s = logistic(x);
  return s * (1 + x * (1 - s));
}

/** silu″ = σ (1 − σ) (2 + x (1 − 2σ)). */
export function siluCurve(x: number): number {
  const s = logistic(x);
  return s * (1 - s) * (2 + x * (1 - 2 * s));
}
