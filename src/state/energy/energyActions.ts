import { changeSettings } from '../core/undo.ts';
import type { EnergyInputs } from './energySettings.ts';

/** Changes settings of the energy pane; not undoable, like the look of the other panes. */
export const setEnergy = (change: Partial<EnergyInputs>): void => void changeSettings('energy', change);
