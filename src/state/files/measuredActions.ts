import type { Instrument } from '../../diffraction/instrument.ts';
import { type MeasuredPattern, scanOfPattern } from '../../formats/measuredPattern.ts';
import { DEFAULT_MEASURED_SETTINGS as AS_MEASURED, gridFor } from '../../measured/settings.ts';
import { store } from '../core/store.ts';
import { changeSettings, setInputs } from '../core/undo.ts';
import { DEFAULT_MEASURED, type MeasuredInputs } from './measuredSettings.ts';

export const setMeasured = (change: Partial<MeasuredInputs>): void => void changeSettings('measured', change);

/** The instrument that looks at the points of a pattern: its wavelengths, its window and its step, so that nothing is lost. */
export function instrumentFor(pattern: MeasuredPattern, base: Instrument): Instrument {
  const { alpha1, alpha2, ratio } = pattern.wavelength;
  const second =
    alpha2 === null ? {} : { secondWavelength: alpha2, ...(ratio === null ? {} : { secondRatio: ratio }) };
  return { ...gridFor(scanOfPattern(pattern), AS_MEASURED, base), ...second, wavelength: alpha1 };
}

/** A measured pattern becomes the target; the instrument takes its wavelength, window and step. */
export function takeAsTarget(id: string, pattern: MeasuredPattern): void {
  const { inputs } = store.getState();
  setInputs({
    ...inputs,
    instrument: instrumentFor(pattern, inputs.instrument),
    measured: { ...DEFAULT_MEASURED, id },
    view: { ...inputs.view, zoom: null },
  });
}

/** Back to the simulated pattern of the crystal; the instrument stays. */
export const dropTarget = (): void => setMeasured({ id: null });
