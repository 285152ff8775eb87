import { prepareTarget } from '../../measured/prepareTarget.ts';
import type { MeasuredSettings } from '../../measured/settings.ts';
import { scanOfPattern } from '../own/keptPattern.ts';
import { ownPattern } from '../own/shelf.ts';
import { notify, store } from '../store.ts';
import type { MeasuredInputs } from './measuredSettings.ts';

/** Prepares the measured target that the inputs ask for. Loaded with the first. Never rejects. */
export async function prepareMeasured(signal: AbortSignal): Promise<void> {
  const { inputs } = store.getState();
  const { measured: settings, instrument } = inputs;
  if (settings.id === null) return;
  try {
    const kept = await ownPattern(settings.id);
    if (signal.aborted) return;
    const {
      pattern: net,
      mask,
      warnings,
    } = prepareTarget(scanOfPattern(kept), settingsOf(settings), instrument);
    const excluded = mask.map(counts => 1 - counts);
    // Noise below the background is no intensity, and entropy has no logarithm of it.
    const below = net.reduce((count, value) => count + (value < 0 ? 1 : 0), 0);
    const pattern = net.map(value => Math.max(0, value));
    if (!pattern.some((value, i) => value > 0 && !excluded[i]))
      throw new Error(
        `nothing of “${kept.name}” is left in the window after background and excluded regions`,
      );
    store.setState({
      measured: {
        name: kept.name,
        instrument,
        settings,
        pattern,
        excluded,
        warnings: [
          ...warnings,
          ...(below > 0 ? [`${below} bins lie below the background and count as 0`] : []),
        ],
      },
    });
  } catch (error) {
    if (signal.aborted) return;
    notify({ id: 'measured', tone: 'error', text: (error as Error).message });
    store.setState(state => ({
      measured: null,
      inputs: { ...state.inputs, measured: { ...state.inputs.measured, id: null } },
    }));
  }
}

function settingsOf({
  zeroShift,
  background,
  halfWidth,
  degree,
  excluded,
  range,
}: MeasuredInputs): MeasuredSettings {
  const kinds = {
    none: { kind: 'none' },
    snip: { kind: 'snip', halfWidth },
    chebyshev: { kind: 'chebyshev', degree },
  } as const;
  return { zeroShift, background: kinds[background], excluded, range };
}
