import type { ReflectionForm } from '../../diffraction/mergePeaks.ts';
import { formatNumber, formatSigned, THIN } from '../../ui/format.ts';
import { momentum, spacing } from './axes.ts';
import { hklWords } from './hklText.ts';
import { nearestPeak, POINTABLE, strongestOf } from './peaks.ts';
import type { CurrentScene, TargetScene } from './scene.ts';

/** The peaks under the cursor: indices into the peaks of target and current. */
export interface Cursor {
  readonly target: number;
  /** −1 where there is no current pattern. */
  readonly current: number;
}

export function cursorAt(target: TargetScene, current: CurrentScene | null, twoTheta: number): Cursor | null {
  const least = POINTABLE * strongestOf(target.side.peaks);
  const found = nearestPeak(target.side.peaks, twoTheta, least);
  if (found < 0) return null;
  return {
    target: found,
    current: current ? nearestPeak(current.side.peaks, twoTheta, least) : -1,
  };
}

/** One line of the readout. */
export interface ReadoutRow {
  readonly forms: readonly ReflectionForm[];
  readonly twoTheta: string;
  readonly d: string;
  readonly q: string;
  readonly intensity: string;
  /** The fate of the reflection: see `targetRow`, `currentRow`. */
  readonly note: string;
}

const numbers = (
  target: TargetScene,
  peak: { readonly twoTheta: number; readonly intensity: number },
): Omit<ReadoutRow, 'forms' | 'note'> => {
  const { wavelength } = target.instrument;
  return {
    twoTheta: `${formatNumber(peak.twoTheta, 2)}°`,
    d: `${formatNumber(spacing(peak.twoTheta, wavelength), 3)}${THIN}Å`,
    q: `${formatNumber(momentum(peak.twoTheta, wavelength), 3)}${THIN}Å⁻¹`,
    intensity: formatNumber(target.scale * peak.intensity, 1),
  };
};

export function targetRow(target: TargetScene, current: CurrentScene | null, index: number): ReadoutRow {
  const peak = target.side.peaks[index]!;
  return { forms: peak.forms, ...numbers(target, peak), note: fateOf(current, index) };
}

function fateOf(current: CurrentScene | null, index: number): string {
  const entry = current?.comparison.occupancies.find(({ target }) => target === index);
  if (!entry) return '';
  if (entry.kind === 'own') return 'own hkl here';
  return entry.occupant ? `${hklWords(entry.occupant)} is here` : 'nothing here';
}

export function currentRow(target: TargetScene, current: CurrentScene, index: number): ReadoutRow {
  const peak = current.side.peaks[index]!;
  const shift = current.comparison.shifts[index]!;
  const moved = formatSigned(shift, 2);
  const note = Number.isNaN(shift)
    ? 'from outside the window'
    : moved === '0'
      ? 'not moved'
      : `moved ${moved}°`;
  return { forms: peak.forms, ...numbers(target, peak), note };
}

/** The readout as a sentence for a screen reader. */
export function spokenReadout(target: TargetScene, current: CurrentScene | null, cursor: Cursor): string {
  const words = (name: string, row: ReadoutRow): string => {
    const forms = row.forms
      .map(form => `${hklWords(form.hkl)}, multiplicity ${form.multiplicity}`)
      .join(' and ');
    return `${name} ${forms}, 2θ ${row.twoTheta}, d ${row.d}, intensity ${row.intensity}${row.note ? `, ${row.note}` : ''}.`;
  };
  const first = words('Target', targetRow(target, current, cursor.target));
  if (!current || cursor.current < 0) return first;
  return `${first} ${words('Current', currentRow(target, current, cursor.current))}`;
}

/** Number of peaks and the five strongest, one sentence. */
export function peakSummary(name: string, target: TargetScene, peaks: CurrentScene['side']['peaks']): string {
  const strongest = [...peaks].sort((p, q) => q.intensity - p.intensity).slice(0, 5);
  const list = strongest.map(
    peak =>
      `${hklWords(peak.forms[0]!.hkl)} at ${formatNumber(peak.twoTheta, 2)}° (${formatNumber(target.scale * peak.intensity, 0)})`,
  );
  return `${name}: ${peaks.length} peaks; strongest ${list.join(', ')}.`;
}
