import { type BlendScales, blended } from '../../energy/blend.ts';
import { fieldRange, type GridField } from '../../landscape/minima.ts';

/** Value of a field at a point, bilinear between grid points; NaN outside or beside a gap. */
export function interpolated({ xs, ys, values }: GridField, x: number, y: number): number {
  const nx = xs.length;
  const place = (axis: Float64Array, at: number): number =>
    ((at - axis[0]!) / (axis.at(-1)! - axis[0]!)) * (axis.length - 1);
  const [px, py] = [place(xs, x), place(ys, y)];
  if (!(px >= -1e-9 && py >= -1e-9 && px <= nx - 1 + 1e-9 && py <= ys.length - 1 + 1e-9)) return Number.NaN;
  const ix = Math.min(nx - 2, Math.max(0, Math.floor(px)));
  const iy = Math.min(ys.length - 2, Math.max(0, Math.floor(py)));
  const [u, v] = [px - ix, py - iy];
  const at = (dx: number, dy: number): number => values[(iy + dy) * nx + ix + dx]!;
  return (1 - v) * ((1 - u) * at(0, 0) + u * at(1, 0)) + v * ((1 - u) * at(0, 1) + u * at(1, 1));
}

/** The scales that bring both maps to 0 … 1: the XRD loss from its lowest value, the energy from its lowest. */
export function scalesOf(loss: GridField, energy: GridField): BlendScales {
  const [xrdZero, xrdTop] = fieldRange(loss.values);
  const [energyZero, energyTop] = fieldRange(energy.values);
  return {
    xrdZero,
    xrdRange: Math.max(1e-12, xrdTop - xrdZero),
    energyZero,
    energyRange: Math.max(1e-12, energyTop - energyZero),
  };
}

/** w · XRD + (1 − w) · energy on the grid of the energy map. */
export function blendOf(loss: GridField, energy: GridField, weight: number): Float64Array {
  const scales = scalesOf(loss, energy);
  const nx = energy.xs.length;
  return energy.values.map((value, k) =>
    blended(weight, scales, interpolated(loss, energy.xs[k % nx]!, energy.ys[Math.floor(k / nx)]!), value),
  );
}
