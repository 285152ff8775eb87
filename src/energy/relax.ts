import { type Cell, cellFromMatrix } from '../crystal/cell.ts';
import { addInverseUpdate, scaledIdentity, times } from '../num/bfgs.ts';
import { determinant, inverse, product } from '../num/matrix3.ts';
import type { Atoms } from './atoms.ts';
import { CLOSEST, closestPair } from './graph.ts';
import { type EnergyAndForces, GPA, type Potential } from './potential.ts';
import type { RelaxMode, RelaxPlan } from './relaxPlan.ts';

export type RelaxStop = 'converged' | 'steps' | 'collapsed';

export interface RelaxState {
  readonly plan: RelaxPlan;
  /** The start; variables are counted from here. */
  readonly origin: Atoms;
  /** Strain ε (xx, yy, zz, yz, xz, xy) times the number of atoms, then displacements in angstrom [6 + 3n]. */
  readonly variables: Float64Array;
  readonly atoms: Atoms;
  readonly energy: number;
  /** −dE/d(variables), zero where nothing may move [6 + 3n]. */
  readonly pull: Float64Array;
  readonly largestForce: number;
  /** Inverse of the Hessian as known so far [m * m]. */
  readonly inverseHessian: Float64Array;
  /** Longest move of one atom or row of the cell in a step, angstrom. */
  readonly trust: number;
  readonly steps: number;
  readonly stopped: RelaxStop | null;
}

/** Curvature assumed before anything is known, eV per square angstrom, and the longest step, angstrom: those of ASE's BFGS. */
const STIFFNESS = 70;
const LONGEST = 0.2;
const SHORTEST = 0.01;
/** Row and column of the six strains. */
const STRAINS = [
  [0, 0],
  [1, 1],
  [2, 2],
  [1, 2],
  [0, 2],
  [0, 1],
] as const;

export function startRelaxation(potential: Potential, atoms: Atoms, plan: RelaxPlan): RelaxState {
  const size = 6 + atoms.fract.length;
  const variables = new Float64Array(size);
  return {
    plan,
    origin: atoms,
    variables,
    ...measured(potential, atoms, atoms, variables, plan),
    inverseHessian: scaledIdentity(size, 1 / STIFFNESS),
    trust: LONGEST,
    steps: 0,
  };
}

/**
 * One step of BFGS with the inverse Hessian (Nocedal & Wright, eq. 6.17), steps cut at 0.2 Å as in ASE. The cell
 * variable is the symmetric strain of the starting cell times the number of atoms, so that cell and atoms have like
 * stiffness (ASE's cell filters); L = (1 + ε) L₀ and r = (1 + ε)(r₀ + u). Where the energy rose, what was learnt of the
 * curvature is dropped and steps become shorter.
 */
export function stepRelaxation(potential: Potential, state: RelaxState): RelaxState {
  if (state.stopped) return state;
  const { plan, origin, pull, inverseHessian, trust } = state;
  const step = times(inverseHessian, pull);
  const longest = largestRow(step);
  if (longest > trust) for (let i = 0; i < step.length; i++) step[i] = (step[i]! * trust) / longest;
  const variables = state.variables.map((value, i) => value + step[i]!);
  const next = measured(potential, origin, moved(origin, variables), variables, plan);
  const rose = next.energy > state.energy + 1e-6;
  const steps = state.steps + 1;
  return {
    plan,
    origin,
    variables,
    ...next,
    inverseHessian: rose
      ? scaledIdentity(step.length, 1 / STIFFNESS)
      : addInverseUpdate(
          inverseHessian,
          step,
          pull.map((value, i) => value - next.pull[i]!),
        ),
    trust: rose ? Math.max(SHORTEST, trust / 2) : Math.min(LONGEST, trust * 1.1),
    steps,
    stopped: next.stopped ?? (steps >= plan.maxSteps ? 'steps' : null),
  };
}

/** The cell as six parameters. */
export const relaxedCell = (state: Pick<RelaxState, 'atoms'>): Cell => cellFromMatrix(state.atoms.lattice);

/** 1 + ε as a matrix. */
function deformation(variables: Float64Array, atoms: number): Float64Array {
  const matrix = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  STRAINS.forEach(([row, column], k) => {
    matrix[3 * row + column] = (row === column ? 1 : 0) + variables[k]! / atoms;
    matrix[3 * column + row] = matrix[3 * row + column]!;
  });
  return matrix;
}

function moved(origin: Atoms, variables: Float64Array): Atoms {
  const n = origin.fract.length / 3;
  const back = inverse(origin.lattice);
  const lattice = product(deformation(variables, n), origin.lattice);
  const fract = origin.fract.map((value, i) => {
    const [atom, k] = [6 + 3 * Math.floor(i / 3), i % 3];
    return (
      value +
      back[3 * k]! * variables[atom]! +
      back[3 * k + 1]! * variables[atom + 1]! +
      back[3 * k + 2]! * variables[atom + 2]!
    );
  });
  return { lattice, elements: origin.elements, fract };
}

type Measured = Pick<RelaxState, 'atoms' | 'energy' | 'pull' | 'largestForce' | 'stopped'>;

function measured(
  potential: Potential,
  origin: Atoms,
  atoms: Atoms,
  variables: Float64Array,
  plan: RelaxPlan,
): Measured {
  const size = variables.length;
  if (!(determinant(atoms.lattice) > 0) || closestPair(atoms) < CLOSEST)
    return {
      atoms,
      energy: Number.NaN,
      pull: new Float64Array(size),
      largestForce: Number.NaN,
      stopped: 'collapsed',
    };
  const found = potential.evaluate(atoms);
  const { pull, largestForce } = pulls(found, atoms, variables, plan.mode, origin.fract.length / 3);
  return {
    atoms,
    energy: found.energy,
    pull,
    largestForce,
    stopped: largestForce < plan.fMax ? 'converged' : null,
  };
}

/**
 * −dE/d(variables), and the largest force that decides when it ends: of an atom, and of the rows of V σ / n, in eV/Å and eV.
 * dE/dε = (1 + ε)⁻¹ V σ, its symmetric part; dE/du = −(1 + ε) F.
 */
function pulls(
  { forces, stress }: EnergyAndForces,
  { lattice }: Atoms,
  variables: Float64Array,
  mode: RelaxMode,
  n: number,
): { pull: Float64Array; largestForce: number } {
  const pull = new Float64Array(variables.length);
  const deformed = deformation(variables, n);
  let largestForce = 0;
  if (mode !== 'ions') {
    const virial = stress.map(value => (value * Math.abs(determinant(lattice))) / GPA);
    const slope = product(inverse(deformed), virial);
    STRAINS.forEach(([row, column], k) => {
      const sum = slope[3 * row + column]! + (row === column ? 0 : slope[3 * column + row]!);
      pull[k] = -sum / n;
    });
    for (let row = 0; row < 3; row++)
      largestForce = Math.max(
        largestForce,
        Math.hypot(virial[3 * row]!, virial[3 * row + 1]!, virial[3 * row + 2]!) / n,
      );
  }
  if (mode !== 'cell')
    for (let i = 0; i < n; i++) {
      const [x, y, z] = [forces[3 * i]!, forces[3 * i + 1]!, forces[3 * i + 2]!];
      for (let k = 0; k < 3; k++)
        pull[6 + 3 * i + k] = deformed[3 * k]! * x + deformed[3 * k + 1]! * y + deformed[3 * k + 2]! * z;
      largestForce = Math.max(largestForce, Math.hypot(x, y, z));
    }
  return { pull, largestForce };
}

/** Length of the longest displacement, rows of the strain included. */
function largestRow(step: Float64Array): number {
  let most = Math.max(
    Math.hypot(step[0]!, step[4]!, step[5]!),
    Math.hypot(step[1]!, step[3]!, step[5]!),
    Math.hypot(step[2]!, step[3]!, step[4]!),
  );
  for (let i = 6; i < step.length; i += 3)
    most = Math.max(most, Math.hypot(step[i]!, step[i + 1]!, step[i + 2]!));
  return most;
}
