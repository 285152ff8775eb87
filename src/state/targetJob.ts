import type { Instrument } from '../diffraction/instrument.ts';
import { follow } from './core/follow.ts';
import { Latest } from './core/latest.ts';
import { isPrepared, type MeasuredTarget } from './measured/measuredTarget.ts';
import { notify, store } from './store.ts';

/** Keeps the measured target up to date with the inputs; its code is fetched with the first. */
export function followMeasured(): void {
  const latest = new Latest();
  follow(
    state => [state.inputs.measured, state.inputs.instrument],
    ([settings, instrument]) => {
      const { measured } = store.getState();
      // Another scale is only drawn.
      if (settings.id !== null && isPrepared(measured, settings, instrument)) return;
      const signal = latest.next();
      if (settings.id === null) {
        if (measured) store.setState({ measured: null });
        return;
      }
      import('./measured/measuredJob.ts').then(
        ({ prepareMeasured }) => prepareMeasured(signal),
        (error: Error) =>
          notify({
            id: 'measured',
            tone: 'error',
            text: `The measured target could not be prepared: ${error.message}`,
          }),
      );
    },
  );
}

/** The measured target for an instrument: null where it is simulated, undefined while it is being prepared. */
export function measuredFor(instrument: Instrument): MeasuredTarget | null | undefined {
  const { inputs, measured } = store.getState();
  if (inputs.measured.id === null) return null;
  return measured && isPrepared(measured, inputs.measured, instrument) ? measured : undefined;
}
