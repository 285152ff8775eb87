/**
 * Central differences against an analytic gradient. The difference of two step lengths (Richardson) removes the h²
 * error, so that agreement to 1e-7 is a real check.
 */
export function numericalGradient(
  value: (x: Float64Array) => number,
  at: ArrayLike<number>,
  step: number | ((i: number) => number),
): Float64Array {
  const x = Float64Array.from(at);
  return Float64Array.from(x, (start, i) => {
    const h = typeof step === 'number' ? step : step(i);
    const slope = (width: number): number => {
      x[i] = start + width;
      const up = value(x);
      x[i] = start - width;
      const down = value(x);
      x[i] = start;
      return (up - down) / (2 * width);
    };
    return (4 * slope(h / 2) - slope(h)) / 3;
  });
}
