import { determinant, type Matrix3 } from '../num/matrix3.ts';
import { cellOfMetric, changedFract, changedMetric, metricVolume } from './basis.ts';
import { latticeMappings } from './latticeMappings.ts';
import { niggliChange } from './niggli.ts';
import type { PeriodicSet } from './periodicSet.ts';

/**
 * The change to a right-handed Niggli basis. A lattice with symmetry has several that are alike, and boxes along their
 * axes differ: the primitive cell of a noisy copy hangs on the choice. pymatgen's is taken: among all bases whose
 * lengths agree with the Niggli cell to 1e-5 V^⅓ and whose angles agree to 1°, the first in ascending order of the
 * integer coefficients of a, then b, then c; turned around if left-handed.
 */
export function reducedChange(metric: Matrix3): Float64Array {
  const niggli = niggliChange(metric);
  const cell = cellOfMetric(changedMetric(metric, niggli));
  const tolerances = { ltol: 1e-5 * Math.cbrt(metricVolume(metric)), angleTol: 1 };
  const change = latticeMappings(metric, cell, tolerances)[0]?.change ?? niggli;
  return determinant(change) < 0 ? change.map(value => -value) : change;
}

/** The same points in the reduced basis. */
export function reducedSet({ metric, labels, fract }: PeriodicSet): PeriodicSet {
  const change = reducedChange(metric);
  return { metric: changedMetric(metric, change), labels, fract: changedFract(fract, change) };
}
