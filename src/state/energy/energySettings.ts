import { number, oneOf, whole } from '../core/codecs.ts';
import { choice, setting, type ValuesOf } from '../core/settings.ts';
import { changeSettings } from '../core/undo.ts';

/** The energy in the map pane. */
export const ENERGY = {
  /** Off: the XRD map alone; beside: both maps; profile: both along a line; blend: both in one objective. */
  view: setting('en', 'energy view', 'off', oneOf(['off', 'beside', 'profile', 'blend'])),
  /** Points along each axis of the energy map. */
  resolution: setting('enn', 'resolution of the energy map', 21, whole(5, 101)),
  relax: choice(
    'enr',
    'relaxation',
    'both',
    'What relaxes',
    {
      cell: ['Cell', 'The cell, with fixed fractional coordinates'],
      ions: ['Atoms', 'The atoms, at a fixed cell'],
      both: ['Both', 'Cell and atoms'],
    },
    { order: ['both', 'cell', 'ions'] },
  ),
  /** Of the XRD term in the blend. */
  weight: setting('enw', 'weight of XRD', 0.5, number(0, 1)),
  /** The line of the profile: along one axis, through the current crystal. */
  along: setting('enl', 'line of the energy profile', 'x', oneOf(['x', 'y'])),
};

export type EnergyInputs = ValuesOf<typeof ENERGY>;

declare module '../core/inputs.ts' {
  interface Inputs {
    readonly energy: EnergyInputs;
  }
}

/** Changes settings of the energy pane; not undoable, like the look of the other panes. */
export const setEnergy = (change: Partial<EnergyInputs>): void => void changeSettings('energy', change);
