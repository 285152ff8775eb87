import type { LossScale } from '../losses/loss.ts';
import { useBraggscape } from '../state/core/store.ts';

/** Grid and widths that the losses on screen are computed with. */
export function useLossScale(): LossScale {
  const step = useBraggscape(state => state.inputs.instrument.step);
  const width = useBraggscape(state => state.inputs.lossWidth);
  const alpha = useBraggscape(state => state.inputs.lossAlpha);
  return { step, width, alpha };
}
