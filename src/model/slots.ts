import { elementsOf, type Site } from '../crystal/structure.ts';
import { MEASUREMENT_KEYS, type Measurement } from '../diffraction/measurement.ts';

/**
 * All numbers that a pattern depends on, one after the other: cell [6], fractional coordinates [3n], occupancies [n],
 * isotropic B of each element [e], overall B, measurement [5]. A slot is a place in this row.
 */
export interface Slots {
  readonly sites: number;
  readonly elements: readonly string[];
  readonly fract: number;
  readonly occupancy: number;
  readonly b: number;
  readonly overallB: number;
  readonly measurement: number;
  readonly length: number;
}

export function slotsOf(sites: readonly Site[]): Slots {
  const elements = elementsOf(sites);
  const n = sites.length;
  const b = 6 + 4 * n;
  const measurement = b + elements.length + 1;
  return {
    sites: n,
    elements,
    fract: 6,
    occupancy: 6 + 3 * n,
    b,
    overallB: b + elements.length,
    measurement,
    length: measurement + MEASUREMENT_KEYS.length,
  };
}

export const measurementSlot = (slots: Slots, key: keyof Measurement): number =>
  slots.measurement + MEASUREMENT_KEYS.indexOf(key);
