/** Style of the relaxation on maps and in tables: a dash and a marker that no descent has, before its hue. */
export const RELAX_STYLE = {
  name: 'relaxation',
  onMap: 'var(--map-relax)',
  text: 'var(--relax-text)',
  dash: '9 4 1.5 4',
  width: 2.6,
} as const;

/** A triangle of side 11 around (x, y). */
export const triangle = (x: number, y: number): string =>
  `M${x.toFixed(1)} ${(y - 6.5).toFixed(1)}l5.8 10.5h-11.6z`;
