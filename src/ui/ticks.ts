/** Round tick values (1, 2, 5 times a power of ten) inside a range, about `count` of them, and their decimals. */
export function niceTicks(low: number, high: number, count: number): { values: number[]; decimals: number } {
  const span = high - low;
  if (!(span > 0)) return { values: [], decimals: 0 };
  const raw = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5, 10].find(factor => factor * power >= raw * 0.999) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const values = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
  return { values, decimals: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) };
}
