import type { Contribution } from '../../phasing/contributions.ts';
import type { PhasedReflections } from '../../phasing/lab/reflectionTable.ts';
import type { Fract } from '../../phasing/positions.ts';

/** One row of the list, read off the columns. */
export interface ReflectionRow {
  readonly hkl: Fract;
  readonly d: number;
  readonly amplitude: number;
  readonly phase: number;
  readonly otherAmplitude: number;
  readonly otherPhase: number;
  readonly absent: boolean;
}

export const rowAt = (list: PhasedReflections, at: number): ReflectionRow => ({
  hkl: [list.hkl[3 * at]!, list.hkl[3 * at + 1]!, list.hkl[3 * at + 2]!],
  d: list.d[at]!,
  amplitude: list.amplitude[at]!,
  phase: list.phase[at]!,
  otherAmplitude: list.otherAmplitude[at]!,
  otherPhase: list.otherPhase[at]!,
  absent: list.absent[at] === 1,
});

export const sameHkl = (p: Fract, q: Fract): boolean => p.every((value, i) => value === q[i]);
/** −h −k −l. */
export const mateOf = (hkl: Fract): Fract => [0 - hkl[0], 0 - hkl[1], 0 - hkl[2]];

/** Rows by falling |F|, of equal ones by falling d. */
export const strongestFirst = (list: PhasedReflections): number[] =>
  Array.from(list.amplitude.keys()).sort(
    (p, q) => list.amplitude[q]! - list.amplitude[p]! || list.d[q]! - list.d[p]!,
  );

/** The row of a reflection or, with turned phases, of its mate; null where neither is listed. */
export function findRow(list: PhasedReflections, hkl: Fract): ReflectionRow | null {
  for (let at = 0; at < list.d.length; at++) {
    const row = rowAt(list, at);
    if (sameHkl(row.hkl, hkl)) return row;
    if (sameHkl(mateOf(row.hkl), hkl))
      return { ...row, hkl, phase: 0 - row.phase, otherPhase: 0 - row.otherPhase };
  }
  return null;
}

/** Indices as typed: "5 1 -1", "5, 1, −1" or "51-1". A sentence where they are none. */
export function parseHkl(text: string, largest: number): Fract | string {
  const plain = text.replaceAll('−', '-').trim();
  const spaced = plain.split(/[\s,;]+/).filter(Boolean);
  const parts = spaced.length === 1 ? (plain.match(/-?\d/g) ?? []) : spaced;
  const numbers = parts.map(Number);
  if (numbers.length !== 3 || !numbers.every(Number.isInteger))
    return `“${text}” is not three whole numbers h k l`;
  if (numbers.every(value => value === 0)) return '0 0 0 is the primary beam, not a reflection';
  if (numbers.some(value => Math.abs(value) > largest)) return `indices go from −${largest} to ${largest}`;
  return numbers as unknown as Fract;
}

/** Degrees as whole numbers in (−180, 180], no −0. */
export function phaseText(phase: number): string {
  const turned = phase - 360 * Math.ceil(phase / 360 - 0.5);
  const rounded = Math.round(turned);
  const value = rounded === -180 ? 180 : rounded;
  return `${value < 0 ? '−' : ''}${Math.abs(value)}°`;
}

export const resultant = (arrows: readonly Contribution[]): { re: number; im: number } =>
  arrows.reduce((sum, { re, im }) => ({ re: sum.re + re, im: sum.im + im }), { re: 0, im: 0 });

/** Degrees in (−180, 180]. */
export const phaseOf = ({ re, im }: { re: number; im: number }): number =>
  (Math.atan2(im, re) * 180) / Math.PI;

/** Share of the arrows' length that stands across their sum: 0 where all lie on one line. */
export function spreadOf(arrows: readonly Contribution[]): number {
  const sum = resultant(arrows);
  const size = Math.hypot(sum.re, sum.im);
  if (size === 0) return 0;
  let [across, length] = [0, 0];
  for (const { re, im, amplitude } of arrows) {
    across += Math.abs(im * sum.re - re * sum.im) / size;
    length += Math.abs(amplitude);
  }
  return across / length;
}
/** A smaller spread shows little. */
export const TELLING = 0.15;
