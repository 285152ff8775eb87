import { fwhm } from '../diffraction/caglioti.ts';
import { type Instrument, reflectionWindow } from '../diffraction/instrument.ts';
import type { Reference } from './probeCells.ts';
import type { Way } from './ways.ts';

/** The outcome of a self-test: plain data, which may travel to other threads with the problem that it is about. */
export interface Verdict {
  readonly way: Way;
  /** Halvings of the leaves with which the tree of the peaks is exact enough. */
  readonly halvings: number;
  /** Largest error at the probe cells over what passes, at most 1; 0 for the dense way. */
  readonly worst: number;
  readonly instrument: Instrument;
  /** Against it trees are tested that other numbers of peaks need. */
  readonly reference: Reference;
}

export function sameInstrument(p: Instrument, q: Instrument): boolean {
  const keys = new Set([...Object.keys(p), ...Object.keys(q)]) as Set<keyof Instrument>;
  return [...keys].every(key => p[key] === q[key]);
}

/**
 * Widths may move by so much before a verdict is asked for anew, and its error rise like this power of the ratio: terms
 * of the expansions (at most 16), and exp(−π H/h) of the sums over bins, which counts below seven bins a width alone:
 * from eight, where it would rise faster, the most that is allowed leads to six. Ten crystals with widths a fifth apart
 * show powers up to 9.
 */
const MOST_STRETCH = 1.3;
const STEEPEST = 22;

/**
 * True where a verdict holds for an instrument that differs in nothing but the widths of its peaks: as far as its error
 * leaves room for. The crystal and the loss are taken to be the same.
 */
export function carries({ way, worst, instrument: judged }: Verdict, instrument: Instrument): boolean {
  if (sameInstrument(judged, instrument)) return true;
  const { u, v, w } = judged;
  if (way === 'dense' || !sameInstrument(judged, { ...instrument, u, v, w })) return false;
  const allowed = Math.min(MOST_STRETCH, worst ** (-1 / STEEPEST));
  const { lower, upper } = reflectionWindow(instrument);
  return Array.from({ length: 17 }, (_, i) => lower + ((upper - lower) * i) / 16).every(t => {
    const ratio = fwhm(instrument, t) / fwhm(judged, t);
    return ratio <= allowed && ratio >= 1 / allowed;
  });
}
