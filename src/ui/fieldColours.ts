/** Colours of evenly spaced values from the low end to the high end: RGBA bytes in 32-bit words. */
export type ColourScale = Uint32Array<ArrayBuffer>;

/** Shades between two neighbouring stops. */
const SHADES = 64;
const scales = new WeakMap<readonly string[], ColourScale>();

/** The scale through evenly spaced stops, each #rrggbb. */
export function colourScale(stops: readonly string[]): ColourScale {
  const known = scales.get(stops);
  if (known) return known;
  const rgb = stops.map(stop => [1, 3, 5].map(at => Number.parseInt(stop.slice(at, at + 2), 16)));
  const bytes = new Uint8ClampedArray(4 * (SHADES * (stops.length - 1) + 1)).fill(255);
  for (let i = 0; 4 * i < bytes.length; i++) {
    const k = Math.min(stops.length - 2, Math.floor(i / SHADES));
    for (let c = 0; c < 3; c++)
      bytes[4 * i + c] = rgb[k]![c]! + (i / SHADES - k) * (rgb[k + 1]![c]! - rgb[k]![c]!);
  }
  const scale = new Uint32Array(bytes.buffer);
  scales.set(stops, scale);
  return scale;
}

/** Colours of a field between two values, RGBA bytes [n * 4]; what cannot be computed is clear. */
export function coloured(
  values: Float64Array,
  [low, high]: readonly [number, number],
  scale: ColourScale,
): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint32Array(values.length);
  const last = scale.length - 1;
  const factor = high > low ? last / (high - low) : 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isFinite(value))
      out[i] = scale[Math.round(Math.max(0, Math.min(last, (value - low) * factor)))]!;
  }
  return new Uint8ClampedArray(out.buffer);
}
