import { RELAX_MODES } from '../../energy/relaxPlan.ts';
import { number, oneOf } from '../linkCodecs.ts';
import { fieldsOf } from '../linkField.ts';
import { ENERGY_LIMITS, ENERGY_VIEWS, type EnergyInputs } from './energyInputs.ts';

const field = fieldsOf<EnergyInputs>();

export const ENERGY_FIELDS = [
  field('en', 'energy view', 'view', oneOf(ENERGY_VIEWS)),
  field('enn', 'resolution of the energy map', 'resolution', number(...ENERGY_LIMITS.resolution, true)),
  field('enr', 'relaxation', 'relax', oneOf(RELAX_MODES)),
  field('enw', 'weight of XRD', 'weight', number(0, 1)),
  field('enl', 'line of the energy profile', 'along', oneOf(['x', 'y'])),
] as const;
