import { setInputs } from '../actions.ts';
import { store } from '../store.ts';
import type { EnergyInputs } from './energySettings.ts';

/** Changes settings of the energy pane; not undoable, like the look of the other panes. */
export function setEnergy(change: Partial<EnergyInputs>): void {
  const { inputs } = store.getState();
  setInputs({ ...inputs, energy: { ...inputs.energy, ...change } }, false);
}
