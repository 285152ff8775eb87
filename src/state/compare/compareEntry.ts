import type { Cell } from '../../crystal/cell.ts';
import { ANODES, type Instrument } from '../../diffraction/instrument.ts';
import type { CompareEntry } from './compareSettings.ts';

/** The instrument with the entry's own wavelength and widths: H → w H, so U, V, W → w² U, w² V, w² W. */
export function entryInstrument(entry: CompareEntry, instrument: Instrument): Instrument {
  if (entry.wavelength === null && entry.width === 1) return instrument;
  const square = entry.width ** 2;
  return {
    ...instrument,
    ...secondLine(entry, instrument),
    wavelength: entry.wavelength ?? instrument.wavelength,
    u: instrument.u * square,
    v: instrument.v * square,
    w: instrument.w * square,
  };
}

/** With another wavelength a second line is the one of its anode, or none where it is nobody's. */
function secondLine({ wavelength }: CompareEntry, { secondWavelength }: Instrument): Partial<Instrument> {
  if (wavelength === null || secondWavelength === undefined) return {};
  return { secondWavelength: ANODES.find(anode => anode.wavelength === wavelength)?.second };
}

/** The crystal's cell with the lengths that are strained. */
export function entryCell({ strain, strained }: CompareEntry, cell: Cell): Cell {
  const factor = 1 + strain / 100;
  const stretch = (i: number): number => (strained === 'all' || 'abc'[i] === strained ? factor : 1);
  return cell.map((value, i) => (i < 3 ? value * stretch(i) : value)) as unknown as Cell;
}

/** Names a computed pattern: what it depends on and nothing else. */
export const entryKey = (entry: CompareEntry, instrument: Instrument): string =>
  JSON.stringify([entry.source, entry.strain, entry.strained, entryInstrument(entry, instrument)]);

/** "SrTiO3, c + 1 %": a name with what sets the entry apart. */
export const entryTitle = (name: string, entry: CompareEntry): string =>
  [name, entryNote(entry)].filter(Boolean).join(', ');

/** Mark that sets an entry apart from others of the same source: "a + 1 %", "Mo Kα₁"; empty where nothing does. */
export function entryNote(entry: CompareEntry): string {
  const parts: string[] = [];
  if (entry.strain !== 0) {
    const axis = entry.strained === 'all' ? 'a, b, c' : entry.strained;
    const sign = entry.strain > 0 ? '+' : '\u2212';
    parts.push(`${axis} ${sign}\u202f${Math.abs(entry.strain)}\u202f%`);
  }
  if (entry.wavelength !== null) parts.push(`λ ${entry.wavelength}\u202fÅ`);
  if (entry.width !== 1) parts.push(`width × ${entry.width}`);
  return parts.join(', ');
}
