import { elementData } from '../../crystal/elements.ts';

type Rgb = readonly [number, number, number];

/** WCAG relative luminance of sRGB 0–255. */
export function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map(value => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export const contrast = (p: Rgb, q: Rgb): number => {
  const [high, low] = [luminance(p), luminance(q)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
};

/** "#rrggbb" as three numbers. */
const rgbOf = (hex: string): Rgb =>
  [1, 3, 5].map(at => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;

/** Text and thin lines need this much against their ground (WCAG AA). */
const ENOUGH = 4.5;

/**
 * The colour of an element for lines and text: its own, mixed with black or white only as far as it must be to stand out
 * from the panel.
 * @param panel "#rrggbb"
 */
export function elementInk(element: string, panel: string): string {
  const ground = /^#[0-9a-f]{6}$/i.test(panel) ? rgbOf(panel) : ([255, 255, 255] as const);
  const towards = luminance(ground) > 0.4 ? 0 : 255;
  const own = elementData(element).colour;
  for (let share = 0; share <= 1; share += 0.05) {
    const mixed = own.map(value => Math.round(value + share * (towards - value))) as unknown as Rgb;
    if (contrast(mixed, ground) >= ENOUGH) return `rgb(${mixed.join(' ')})`;
  }
  return `rgb(${towards} ${towards} ${towards})`;
}
