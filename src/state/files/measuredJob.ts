import type { Instrument } from '../../diffraction/instrument.ts';
import { job } from '../core/job.ts';
import { notify } from '../core/notices.ts';
import { store } from '../core/store.ts';
import { isPrepared, type MeasuredTarget } from './measuredTarget.ts';

/** Keeps the measured target up to date with the inputs; its code is fetched with the first. */
export const measuredJob = job({
  select: state => [state.inputs.measured, state.inputs.instrument],
  args({ inputs, measured }) {
    const { measured: settings, instrument } = inputs;
    // Another scale is only drawn.
    if (settings.id === null || isPrepared(measured, settings, instrument)) return null;
    return { id: settings.id, settings, instrument };
  },
  rest({ inputs, measured }) {
    if (inputs.measured.id === null && measured) store.setState({ measured: null });
  },
  async run({ id, settings, instrument }, { signal }) {
    const { preparedTarget } = await import('./preparedTarget.ts').catch((error: Error) => {
      throw new Error(`The measured target could not be prepared: ${error.message}`);
    });
    const measured = await preparedTarget(id, settings, instrument, signal);
    if (!signal.aborted) store.setState({ measured });
  },
  failed(message) {
    notify({ id: 'measured', tone: 'error', text: message });
    store.setState(({ inputs }) => ({
      measured: null,
      inputs: { ...inputs, measured: { ...inputs.measured, id: null } },
    }));
  },
});

/** The measured target for an instrument: null where it is simulated, undefined while it is being prepared. */
export function measuredFor(instrument: Instrument): MeasuredTarget | null | undefined {
  const { inputs, measured } = store.getState();
  if (inputs.measured.id === null) return null;
  return measured && isPrepared(measured, inputs.measured, instrument) ? measured : undefined;
}
