import type { Cell } from '../crystal/cell.ts';
import type { Site } from '../crystal/structure.ts';
import { type Atoms, atomsOf } from './atoms.ts';
import type { Potential } from './potential.ts';

/** One line of the self-test: what was computed, what is expected, and whether it is near enough. */
export interface SelfCheck {
  readonly what: string;
  readonly value: number;
  readonly expected: number;
  readonly tolerance: number;
  readonly unit: string;
  readonly passed: boolean;
}

const sites = (list: readonly (readonly [string, number, number, number])[]): Site[] =>
  list.map(([element, x, y, z], i) => ({
    label: `${element}${i + 1}`,
    element,
    fract: [x, y, z],
    occupancy: 1,
  }));

/** Rocksalt, primitive cell: a₀/√2 and 60°. */
const MGO = sites([
  ['Mg', 0, 0, 0],
  ['O', 0.5, 0.5, 0.5],
]);
const U = 0.305;
const RUTILE = sites([
  ['Ti', 0, 0, 0],
  ['Ti', 0.5, 0.5, 0.5],
  ['O', U, U, 0],
  ['O', -U, -U, 0],
  ['O', 0.5 + U, 0.5 - U, 0.5],
  ['O', 0.5 - U, 0.5 + U, 0.5],
]);

const rocksalt = (a: number): Cell => [a / Math.SQRT2, a / Math.SQRT2, a / Math.SQRT2, 60, 60, 60];

/**
 * Test that weights and code belong together. Weights of the other training rules of matgl have the same names and
 * shapes and give nonsense here: MgO −3.40 or −5.66 eV/atom instead of −5.868 (specification, section 5.1). Then
 * whether forces are the slope of the energy and whether the table agrees with the functions it stands for.
 * @param potential what will be used
 * @param exact the same weights without the table
 */
export function selfTest(potential: Potential, exact: Potential): SelfCheck[] {
  const mgo = atomsOf(MGO, rocksalt(4.25));
  const rutile = atomsOf(RUTILE, [4.594, 4.594, 2.959, 90, 90, 90]);
  const atRest = potential.evaluate(mgo);
  const pressure = -(atRest.stress[0]! + atRest.stress[4]! + atRest.stress[8]!) / 3;
  const shifted = moved(rutile, 2, 0, 0.02);
  const { forces } = potential.evaluate(shifted);
  const h = 1e-4;
  const a = shifted.lattice[0]!;
  const slope =
    -(potential.energy(moved(shifted, 2, 0, h)) - potential.energy(moved(shifted, 2, 0, -h))) / (2 * h * a);
  return [
    check('MgO, rocksalt, a = 4.25 Å', atRest.energy / 2, -5.868, 0.15, 'eV/atom'),
    check('its pressure', pressure, 0, 3, 'GPa'),
    check('TiO₂, rutile', potential.energy(rutile) / 6, -8.83, 0.15, 'eV/atom'),
    check('a force in strained TiO₂ against the slope of the energy', forces[6]!, slope, 1e-5, 'eV/Å'),
    check(
      'the table of radial functions, TiO₂',
      potential.energy(shifted),
      exact.energy(shifted),
      1e-6,
      'eV',
    ),
  ];
}

function check(what: string, value: number, expected: number, tolerance: number, unit: string): SelfCheck {
  return { what, value, expected, tolerance, unit, passed: Math.abs(value - expected) <= tolerance };
}

function moved(atoms: Atoms, atom: number, axis: number, by: number): Atoms {
  const fract = Float64Array.from(atoms.fract);
  fract[3 * atom + axis] = fract[3 * atom + axis]! + by;
  return { ...atoms, fract };
}

/** The sentence that refuses weights whose self-test fails; null when it passed. */
export function selfTestProblem(checks: readonly SelfCheck[]): string | null {
  const failed = checks.find(entry => !entry.passed);
  if (!failed) return null;
  const digits = failed.tolerance < 0.01 ? 7 : 3;
  return (
    `the weights do not belong to this model: ${failed.what} gives ${failed.value.toFixed(digits)} ${failed.unit} ` +
    `instead of ${failed.expected.toFixed(digits)}. Weights trained under another rule of matgl (TensorNetDGL, 2025.2) have the same tensors`
  );
}
