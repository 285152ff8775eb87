import type { ReflectionForm } from '../../diffraction/mergePeaks.ts';
import { formatNumber, formatSigned, THIN } from '../../ui/format.ts';
import { momentum, spacing } from './axes.ts';
import { hklWords } from './hklText.ts';
import { COUNTS_FROM } from './occupancy.ts';
import type { CurrentScene, TargetScene } from './scene.ts';

/** The peaks under the cursor: indices into the peaks of target and current. */
export interface Cursor {
  readonly target: number;
  /** −1 where there is no current pattern. */
  readonly current: number;
}

/** Index of the peak nearest to a 2θ among those of at least `least`; −1 when there is none. */
function nearestPeak(
  peaks: readonly { readonly twoTheta: number; readonly intensity: number }[],
  twoTheta: number,
  least: number,
): number {
  let best = -1;
  for (let i = 0; i < peaks.length; i++)
    if (
      peaks[i]!.intensity >= least &&
      (best < 0 || Math.abs(peaks[i]!.twoTheta - twoTheta) < Math.abs(peaks[best]!.twoTheta - twoTheta))
    )
      best = i;
  return best;
}

/** A thousandth of the strongest target peak: weaker ones are reached by zooming, not by pointing. */
const POINTABLE = 1e-3;

export function cursorAt(target: TargetScene, current: CurrentScene | null, twoTheta: number): Cursor | null {
  const strongest = target.side.peaks.reduce((most, peak) => Math.max(most, peak.intensity), 0);
  const least = POINTABLE * strongest;
  const found = nearestPeak(target.side.peaks, twoTheta, least);
  if (found < 0) return null;
  return {
    target: found,
    current: current ? nearestPeak(current.side.peaks, twoTheta, least) : -1,
  };
}

/** The next peak that counts, to the right (+1) or left (−1) of a 2θ, inside the window; null at the end. */
export function stepCursor(
  target: TargetScene,
  current: CurrentScene | null,
  from: number,
  direction: 1 | -1,
): Cursor | null {
  const strongest = target.side.peaks.reduce((most, peak) => Math.max(most, peak.intensity), 0);
  const ahead = target.side.peaks.filter(
    ({ twoTheta, intensity }) => intensity >= COUNTS_FROM * strongest && direction * (twoTheta - from) > 1e-6,
  );
  const next = direction > 0 ? ahead[0] : ahead.at(-1);
  return next ? cursorAt(target, current, next.twoTheta) : null;
}

/** One line of the readout. */
export interface ReadoutRow {
  readonly forms: readonly ReflectionForm[];
  readonly twoTheta: string;
  readonly d: string;
  readonly q: string;
  readonly intensity: string;
  /** What became of it: see `targetRow`, `currentRow`. */
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
