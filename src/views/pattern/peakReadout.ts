import type { MergedPeak, ReflectionForm } from '../../diffraction/mergePeaks.ts';
import { formatNumber, formatSigned, THIN } from '../../ui/format.ts';
import { momentum, spacing } from './axes.ts';
import { hklWords } from './HklText.tsx';
import { nearestPeak, POINTABLE, strongestOf } from './peaks.ts';
import type { CurrentScene, PatternSide, TargetScene } from './scene.ts';

/** One line of the readout: a peak of either pattern. */
export interface ReadoutRow {
  readonly side: 'target' | 'current';
  readonly forms: readonly ReflectionForm[];
  readonly twoTheta: string;
  readonly d: string;
  readonly q: string;
  readonly intensity: string;
  /** The fate of the reflection: what lies at its place now, or how far it has moved. */
  readonly note: string;
}

/** The peaks nearest to a 2θ, target before current; none where the target has none. */
export function readoutAt(
  target: TargetScene,
  current: CurrentScene | null,
  twoTheta: number,
): readonly ReadoutRow[] {
  const { wavelength } = target.instrument;
  const least = POINTABLE * strongestOf(target.side.peaks);
  const row = (
    side: ReadoutRow['side'],
    peaks: PatternSide['peaks'],
    note: (index: number) => string,
  ): ReadoutRow[] => {
    const index = nearestPeak(peaks, twoTheta, least);
    const peak = peaks[index];
    if (!peak) return [];
    return [
      {
        side,
        forms: peak.forms,
        twoTheta: `${formatNumber(peak.twoTheta, 2)}°`,
        d: `${formatNumber(spacing(peak.twoTheta, wavelength), 3)}${THIN}Å`,
        q: `${formatNumber(momentum(peak.twoTheta, wavelength), 3)}${THIN}Å⁻¹`,
        intensity: formatNumber(target.scale * peak.intensity, 1),
        note: note(index),
      },
    ];
  };
  const first = row('target', target.side.peaks, index => fateOf(current, index));
  if (first.length === 0 || !current) return first;
  const { side, comparison } = current;
  const change = (index: number): string => {
    const { twoTheta: at, intensity } = side.peaks[index]!;
    const shift = comparison.shifts[index]!;
    const was = target.side.peaks[nearestPeak(target.side.peaks, at - shift, 0)];
    const text = movedText(shift);
    const difference = was ? formatSigned(target.scale * (intensity - was.intensity), 1) : '0';
    return text === UNMOVED && difference !== '0' ? `ΔI ${difference}` : text;
  };
  return [...first, ...row('current', side.peaks, change)];
}

function fateOf(current: CurrentScene | null, index: number): string {
  const entry = current?.comparison.occupancies.find(({ target }) => target === index);
  if (!entry) return '';
  if (entry.kind === 'own') return 'own hkl here';
  return entry.occupant ? `${hklWords(entry.occupant)} is here` : 'nothing here';
}

const UNMOVED = 'not moved';

function movedText(shift: number): string {
  if (Number.isNaN(shift)) return 'from outside the window';
  const moved = formatSigned(shift, 2);
  return moved === '0' ? UNMOVED : `moved ${moved}°`;
}

/** The readout in sentences for a screen reader. */
export const spokenReadout = (rows: readonly ReadoutRow[]): string =>
  rows
    .map(({ side, forms, twoTheta, d, intensity, note }) => {
      const names = forms.map(form => `${hklWords(form.hkl)}, multiplicity ${form.multiplicity}`);
      const numbers = `2θ ${twoTheta}, d ${d}, intensity ${intensity}`;
      return `${capitalised(side)} ${names.join(' and ')}, ${numbers}${note && `, ${note}`}.`;
    })
    .join(' ');

export const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Peaks that a summary names. */
const NAMED = 5;

/** Number of peaks and the five strongest, one sentence. */
export function peakSummary(name: string, target: TargetScene, { peaks }: PatternSide): string {
  const strongest: MergedPeak[] = [];
  for (const peak of peaks) {
    if (strongest.length === NAMED && peak.intensity <= strongest[NAMED - 1]!.intensity) continue;
    const at = strongest.findIndex(({ intensity }) => intensity < peak.intensity);
    strongest.splice(at < 0 ? strongest.length : at, 0, peak);
    strongest.length = Math.min(NAMED, strongest.length);
  }
  const list = strongest.map(
    peak =>
      `${hklWords(peak.forms[0]!.hkl)} at ${formatNumber(peak.twoTheta, 2)}° (${formatNumber(target.scale * peak.intensity, 0)})`,
  );
  return `${capitalised(name)}: ${peaks.length} peaks; strongest ${list.join(', ')}.`;
}
