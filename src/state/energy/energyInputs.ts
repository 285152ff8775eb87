import type { RelaxMode } from '../../energy/relaxPlan.ts';

/** What the map pane shows of the energy, and how it is computed. */
export interface EnergyInputs {
  /** Off: the XRD map alone; beside: both maps; profile: both along a line; blend: both in one objective. */
  readonly view: EnergyViewId;
  /** Points along each axis of the energy map. */
  readonly resolution: number;
  readonly relax: RelaxMode;
  /** Weight of the XRD term in the blend. */
  readonly weight: number;
  /** The line of the profile: along one axis, through the current crystal. */
  readonly along: 'x' | 'y';
}

export const ENERGY_VIEWS = ['off', 'beside', 'profile', 'blend'] as const;
export type EnergyViewId = (typeof ENERGY_VIEWS)[number];

export const DEFAULT_ENERGY: EnergyInputs = {
  view: 'off',
  resolution: 21,
  relax: 'both',
  weight: 0.5,
  along: 'x',
};

export const ENERGY_LIMITS = { resolution: [5, 101] } as const;
