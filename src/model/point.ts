import type { Site } from '../crystal/structure.ts';
import type { Instrument } from '../diffraction/instrument.ts';
import { MEASUREMENT_KEYS, type Measurement, plainMeasurement } from '../diffraction/measurement.ts';
import type { MovedParameter } from './parameter.ts';
import { type Slots, slotsOf } from './slots.ts';

/**
 * The row of slots of a crystal as given on an instrument, [slots.length]. Its cell is 0: that comes with a point. Without
 * thermal motion and shifts; widths and mixing are the instrument's.
 * @param march March–Dollase r
 */
export function rowOf(sites: readonly Site[], instrument: Instrument, march = 1): Float64Array {
  const slots = slotsOf(sites);
  const row = new Float64Array(slots.length);
  for (const [i, { fract, occupancy }] of sites.entries()) {
    row.set(fract, slots.fract + 3 * i);
    row[slots.occupancy + i] = occupancy;
  }
  const measurement = { ...plainMeasurement(instrument), march };
  for (const [i, key] of MEASUREMENT_KEYS.entries()) row[slots.measurement + i] = measurement[key];
  return row;
}

/**
 * The row at a point: its cell, and base + Σ_j (p_j − value_j) · factor in what the parameters move.
 * @param point cell [6], then the value of each parameter [m]
 * @param out [slots.length], overwritten
 */
export function rowAt(
  base: Float64Array,
  moved: readonly MovedParameter[],
  point: ArrayLike<number>,
  out: Float64Array,
): Float64Array {
  out.set(base);
  for (let i = 0; i < 6; i++) out[i] = point[i]!;
  for (let j = 0; j < moved.length; j++) {
    const { value, moves } = moved[j]!;
    const change = point[6 + j]! - value;
    for (const { slot, factor } of moves) out[slot]! += change * factor;
  }
  return out;
}

/** ∂L/∂point [6 + m] from ∂L/∂slot [slots.length]. */
export function chain(
  moved: readonly MovedParameter[],
  bySlot: ArrayLike<number>,
  out: Float64Array,
): Float64Array {
  for (let i = 0; i < 6; i++) out[i] = bySlot[i]!;
  for (let j = 0; j < moved.length; j++) {
    let sum = 0;
    for (const { slot, factor } of moved[j]!.moves) sum += factor * bySlot[slot]!;
    out[6 + j] = sum;
  }
  return out;
}

/** 1 at the slots that the parameters move [slots.length]. */
export function movingSlots(slots: Slots, moved: readonly MovedParameter[]): Uint8Array {
  const moving = new Uint8Array(slots.length);
  for (const { moves } of moved) for (const { slot } of moves) moving[slot] = 1;
  return moving;
}

/** What the measurement is in a row. */
export function measurementAt(slots: Slots, row: ArrayLike<number>): Measurement {
  const [zero, displacement, widthFactor, eta, march] = MEASUREMENT_KEYS.map(
    (_, i) => row[slots.measurement + i]!,
  ) as [number, number, number, number, number];
  return { zero, displacement, widthFactor, eta, march };
}

/** The sites as they stand in a row: coordinates as they come, not taken into the cell. */
export function sitesOfRow(sites: readonly Site[], row: ArrayLike<number>): Site[] {
  const { fract, occupancy } = slotsOf(sites);
  return sites.map((site, i) => ({
    ...site,
    fract: [row[fract + 3 * i]!, row[fract + 3 * i + 1]!, row[fract + 3 * i + 2]!],
    occupancy: row[occupancy + i]!,
  }));
}

/** The sites at a point [6 + m], for drawing. */
export function sitesAt(
  sites: readonly Site[],
  moved: readonly MovedParameter[],
  point: ArrayLike<number>,
): Site[] {
  const slots = slotsOf(sites);
  const row = new Float64Array(slots.length);
  for (const [i, { fract, occupancy }] of sites.entries()) {
    row.set(fract, slots.fract + 3 * i);
    row[slots.occupancy + i] = occupancy;
  }
  return sitesOfRow(sites, rowAt(row, moved, point, row.slice()));
}
