/** Colours of a field between two values, RGBA bytes [n * 4]; what cannot be computed is clear. */
export function coloured(
  values: Float64Array,
  [low, high]: readonly [number, number],
  stops: readonly string[],
): Uint8ClampedArray {
  const rgb = stops.map(stop => [1, 3, 5].map(at => Number.parseInt(stop.slice(at, at + 2), 16)));
  const out = new Uint8ClampedArray(4 * values.length);
  const scale = high > low ? (stops.length - 1) / (high - low) : 0;
  for (const [i, value] of values.entries()) {
    if (!Number.isFinite(value)) continue;
    const t = Math.max(0, Math.min(stops.length - 1, (value - low) * scale));
    const k = Math.min(stops.length - 2, Math.floor(t));
    for (let c = 0; c < 3; c++) out[4 * i + c] = rgb[k]![c]! + (t - k) * (rgb[k + 1]![c]! - rgb[k]![c]!);
    out[4 * i + 3] = 255;
  }
  return out;
}
