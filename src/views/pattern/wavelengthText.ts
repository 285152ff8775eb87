import { ANODES } from '../../diffraction/instrument.ts';
import { formatPlain, THIN } from '../../ui/format.ts';

/** "Cu Kα₁, 1.5406 Å"; without a name where the wavelength is nobody's line. */
export function wavelengthText(wavelength: number): string {
  const anode = ANODES.find(entry => Math.abs(entry.wavelength - wavelength) < 1e-7);
  const length = `${formatPlain(wavelength)}${THIN}Å`;
  return anode ? `${anode.label}, ${length}` : `λ ${length}`;
}
