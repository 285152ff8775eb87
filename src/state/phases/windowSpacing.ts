import type { Instrument } from '../../diffraction/instrument.ts';
import { limitingSphere } from '../../diffraction/reflections.ts';

/** Smallest spacing inside the window of the instrument, angstrom. */
export const windowSpacing = (instrument: Instrument): number => 1 / limitingSphere(instrument);
