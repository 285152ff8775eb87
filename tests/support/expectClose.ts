import { expect } from 'vitest';

export interface Worst {
  readonly index: number;
  readonly actual: number;
  readonly expected: number;
  readonly absolute: number;
  readonly relative: number;
}

/** The element that is furthest off in units of its own tolerance. NaN never equals anything. */
export function worstOf(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: { relative: number; absolute: number },
): Worst & { ok: boolean } {
  if (actual.length !== expected.length)
    throw new Error(`compared ${actual.length} numbers with ${expected.length}`);
  let worst: Worst = { index: -1, actual: 0, expected: 0, absolute: 0, relative: 0 };
  let most = -1;
  for (let i = 0; i < expected.length; i++) {
    const absolute = Math.abs(actual[i]! - expected[i]!);
    const relative = absolute / Math.abs(expected[i]!);
    const share = Number.isNaN(absolute)
      ? Number.POSITIVE_INFINITY
      : Math.min(relative / tolerance.relative, absolute / tolerance.absolute);
    if (share > most) {
      most = share;
      worst = { index: i, actual: actual[i]!, expected: expected[i]!, absolute, relative };
    }
  }
  return { ...worst, ok: most <= 1 };
}

/** Fails with the worst element when any leaves both its relative and its absolute tolerance. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: { relative: number; absolute: number },
  what: string,
): Worst {
  const worst = worstOf(actual, expected, tolerance);
  expect(worst.ok, `${what}: ${JSON.stringify(worst)}`).toBe(true);
  return worst;
}
