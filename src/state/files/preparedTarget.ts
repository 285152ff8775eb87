import type { Instrument } from '../../diffraction/instrument.ts';
import { pagePool } from '../../engine/pool.ts';
import { scanOfPattern } from '../../formats/measuredPattern.ts';
import { prepareTarget } from '../../measured/prepareTarget.ts';
import type { MeasuredSettings } from '../../measured/settings.ts';
import type { MeasuredInputs } from './measuredSettings.ts';
import type { MeasuredTarget } from './measuredTarget.ts';
import { userPattern } from './userFiles.ts';

/** Points of a pattern that the page prepares itself, in a few ms: what sliders move follows in the same frame. */
const MOST_ON_PAGE = 20_000;

/** The measured pattern of an identity as a target with these settings. Rejects with a sentence. */
export async function preparedTarget(
  id: string,
  settings: MeasuredInputs,
  instrument: Instrument,
  signal?: AbortSignal,
): Promise<MeasuredTarget> {
  const kept = await userPattern(id);
  const {
    pattern: net,
    mask,
    warnings,
  } = kept.twoTheta.length <= MOST_ON_PAGE
    ? prepareTarget(scanOfPattern(kept), settingsOf(settings), instrument)
    : await pagePool().call(
        'files',
        'prepare',
        kept,
        { settings: settingsOf(settings), instrument },
        { signal, solid: true },
      );
  const excluded = mask.map(counts => 1 - counts);
  // Noise below the background is no intensity, and entropy has no logarithm of it.
  const below = net.reduce((count, value) => count + (value < 0 ? 1 : 0), 0);
  const pattern = net.map(value => Math.max(0, value));
  if (!pattern.some((value, i) => value > 0 && !excluded[i]))
    throw new Error(`nothing of “${kept.name}” is left in the window after background and excluded regions`);
  const dark = below > 0 ? [`${below} bins lie below the background and count as 0`] : [];
  return { name: kept.name, instrument, settings, pattern, excluded, warnings: [...warnings, ...dark] };
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
