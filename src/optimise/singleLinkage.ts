import { startLbfgs, stepLbfgs } from './lbfgs.ts';
import { evenPoint } from './lowDiscrepancy.ts';
import type { VectorObjective } from './vectorDescent.ts';

/** A global search in the unit cube. Plain data. */
export interface LinkagePlan {
  readonly dimensions: number;
  /** Ends when so many evaluations brought less than `gain`, */
  readonly patience: number;
  readonly gain: number;
  /** or at the first loss that is no higher. */
  readonly enough: number;
}

export interface LinkageEnd {
  /** In the unit cube [dimensions]. */
  readonly at: Float64Array;
  readonly loss: number;
  readonly evaluations: number;
  /** Local searches, and those that ended in the answer. */
  readonly searches: number;
  readonly agree: number;
}

/** Points of a round, share of the lowest points that may be followed, and σ of the critical distance, as in NLopt. */
const SAMPLES = 4;
const FOLLOWED = 0.3;
const SIGMA = 2;
/** Ends within this of one another are one. */
const ONE_END = 1e-3;
const LOCAL = {
  longestStep: 0.1,
  firstStep: 0.005,
  memory: 12,
  maxIterations: 200,
  stopWindow: 5,
  stopGain: 1e-7,
};

interface Sample {
  readonly at: Float64Array;
  readonly loss: number;
  followed: boolean;
  /** Squared distance of the nearest lower point, and of the nearest lower minimum. */
  toPoint: number;
  toMinimum: number;
}

/**
 * Multi-level single linkage (Rinnooy Kan & Timmer, Math. Program. 39, 57, 1987) over points of low discrepancy (Kucherenko
 * & Sytsko, Comput. Optim. Appl. 30, 297, 2005), with the rules and constants of NLopt: a local search begins at a low point
 * with no lower one within the critical distance, which shrinks as points become many. The first point is the middle of the cube.
 */
export function* linkageSteps(
  objective: VectorObjective,
  { dimensions: n, patience, gain, enough }: LinkagePlan,
): Generator<void, LinkageEnd> {
  const box = { low: new Float64Array(n), high: new Float64Array(n).fill(1) };
  const gradient = new Float64Array(n);
  const points: Sample[] = [];
  const minima: { readonly at: Float64Array; readonly loss: number }[] = [];
  let best: { readonly at: Float64Array; readonly loss: number } = {
    at: evenPoint(0, n),
    loss: Number.POSITIVE_INFINITY,
  };
  let [evaluations, gainedAt, gainedTo] = [0, 0, Number.POSITIVE_INFINITY];
  const met = (at: Float64Array, loss: number): void => {
    if (loss < best.loss) best = { at: Float64Array.from(at), loss };
    if (!(loss < gainedTo - gain)) return;
    gainedTo = loss;
    gainedAt = evaluations;
  };
  const goesOn = (): boolean => best.loss > enough && evaluations - gainedAt < patience;

  while (goesOn()) {
    for (let k = 0; k < SAMPLES; k++) {
      const at = evenPoint(points.length, n);
      const value = objective(at, gradient);
      evaluations++;
      const loss = Number.isFinite(value) ? value : Number.POSITIVE_INFINITY;
      met(at, loss);
      insert(points, {
        at,
        loss,
        followed: false,
        toPoint: Number.POSITIVE_INFINITY,
        toMinimum: nearestLower(minima, at, loss),
      });
    }
    yield;
    const critical = criticalDistance(points.length, n);
    const low = points.slice(0, Math.ceil(FOLLOWED * points.length));
    for (const point of low) {
      if (!goesOn()) break;
      const alone = Math.min(point.toPoint, point.toMinimum) > critical ** 2;
      if (point.followed || !alone || !Number.isFinite(point.loss)) continue;
      point.followed = true;
      const plan = { ...LOCAL, start: point.at, box, enough };
      const state = startLbfgs(plan, objective);
      while (!state.stopped && evaluations + state.evaluations - gainedAt < patience) {
        stepLbfgs(state, objective);
        yield;
      }
      evaluations += state.evaluations;
      const end = { at: Float64Array.from(state.at), loss: state.loss };
      met(end.at, end.loss);
      minima.push(end);
      for (const other of points)
        if (other.loss > end.loss)
          other.toMinimum = Math.min(other.toMinimum, squareDistance(other.at, end.at));
    }
  }
  const agree = minima.filter(({ at }) => squareDistance(at, best.at) < ONE_END ** 2).length;
  return { ...best, evaluations, searches: minima.length, agree };
}

/** Keeps the points in the order of their losses, and the distances to lower ones. */
function insert(points: Sample[], point: Sample): void {
  let place = points.length;
  for (const [i, other] of points.entries()) {
    const distance = squareDistance(point.at, other.at);
    if (other.loss <= point.loss) {
      point.toPoint = Math.min(point.toPoint, distance);
      continue;
    }
    place = Math.min(place, i);
    other.toPoint = Math.min(other.toPoint, distance);
  }
  points.splice(place, 0, point);
}

const nearestLower = (
  minima: readonly { readonly at: Float64Array; readonly loss: number }[],
  at: Float64Array,
  loss: number,
): number =>
  minima.reduce(
    (least, other) => (other.loss < loss ? Math.min(least, squareDistance(other.at, at)) : least),
    Number.POSITIVE_INFINITY,
  );

/** π^(−1/2) (Γ(1 + n/2) σ ln N / N)^(1/n), for the unit cube. */
function criticalDistance(points: number, n: number): number {
  // Γ(1 + n/2) from Γ(1) or Γ(3/2) upwards
  let gamma = n % 2 === 0 ? 1 : Math.sqrt(Math.PI) / 2;
  for (let x = n % 2 === 0 ? 1 : 1.5; x < 1 + n / 2 - 1e-9; x++) gamma *= x;
  return ((gamma * SIGMA * Math.log(points)) / points) ** (1 / n) / Math.sqrt(Math.PI);
}

function squareDistance(p: Float64Array, q: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += (p[i]! - q[i]!) ** 2;
  return sum;
}
