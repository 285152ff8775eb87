import type { FamilyId } from '../crystal/family.ts';
import type { Point } from '../model/parameter.ts';
import { jittered } from './jitter.ts';
import { type DescentMode, freeGroups, type ProjectorReading, projector, type SearchSpace } from './modes.ts';
import { emptyMemory, type RuleId, type RuleMemory, ruleMove } from './rules.ts';
import { type IterateLog, recordIterate, type StopRule, startLog } from './stopRule.ts';

/** Value at a point; writes the gradient [6 + m], per angstrom and per degree. NaN where the cell does not exist. */
export type Objective = (cell: Float64Array, gradient: Float64Array) => number;

/** Settings of a descent (paper, 2.4 and S1.4). Plain data. */
export interface DescentPlan extends StopRule {
  readonly start: Point;
  readonly mode: DescentMode;
  readonly space: SearchSpace;
  readonly reading: ProjectorReading;
  readonly family: FamilyId;
  /** The same for angstrom and degrees, as in the paper. */
  readonly learningRate: number;
  /** Heavy-ball momentum (Qian 1999); 0 is plain gradient descent. */
  readonly momentum: number;
  /** Push of a constrained start off its symmetry line, degrees; none when left out. */
  readonly jitter?: number;
  /** Beyond the paper; absent: heavy ball. */
  readonly rule?: RuleId;
  /** Soft symmetry, beyond the paper: θ ← θ + w (P θ − θ) after each step, w growing from 0 to `end` over `steps`. */
  readonly pull?: { readonly end: number; readonly steps: number };
}

/** A descent under way. `cell`, `gradient` and `memory` are owned by the state and overwritten by each step. */
export interface DescentState extends IterateLog {
  readonly plan: DescentPlan;
  readonly project: ((point: ArrayLike<number>) => Point) | null;
  readonly groups: readonly (readonly number[])[];
  readonly cell: Float64Array;
  readonly gradient: Float64Array;
  readonly memory: RuleMemory;
  /** Steps in a row whose move reverses the last one almost exactly. */
  reversals: number;
  readonly lastMove: Float64Array;
}

/** The first iterate: θ⁰ = P(start) in the constrained settings, the start itself otherwise. */
export function startDescent(plan: DescentPlan, objective: Objective): DescentState {
  const state = firstIterate(plan);
  takeFirst(state, objective(state.cell, state.gradient));
  return state;
}

/** A descent at its first iterate, whose loss is still to be taken: for objectives that answer many cells at once. */
export function firstIterate(plan: DescentPlan): DescentState {
  const project = projector(plan.space, plan.reading, plan.family);
  const projected = plan.mode === 'unconstrained' ? plan.start : project(plan.start);
  const first =
    plan.mode === 'constrainedStart' && plan.jitter
      ? jittered(projected, plan.space, plan.family, plan.jitter)
      : projected;
  return {
    ...startLog(plan),
    plan,
    project: plan.mode === 'constrained' || plan.pull ? project : null,
    groups: freeGroups(plan.space, plan.family),
    cell: Float64Array.from(first),
    gradient: new Float64Array(first.length),
    memory: emptyMemory(first.length),
    reversals: 0,
    lastMove: new Float64Array(first.length),
  };
}

/** Takes the loss of the first iterate; its gradient is in the state. */
export function takeFirst(state: DescentState, loss: number): void {
  state.loss = loss;
  if (Number.isFinite(loss)) recordIterate(state);
  else state.stopped = 'leftDomain';
}

/**
 * One step, in place: v ← m v + g, θ ← P(θ − lr v), or what the plan's rule makes of g. The gradient of a group that moves
 * as one is the sum over its members (chain rule through the tie).
 */
export function stepDescent(state: DescentState, objective: Objective): DescentState {
  if (state.stopped) return state;
  const next = proposeStep(state);
  const slope = new Float64Array(next.length);
  takeStep(state, next, objective(next, slope), slope);
  return state;
}

/** Cell after the next step. To be asked once a step: the memory of the rule is brought up to date. */
export function proposeStep(state: DescentState): Float64Array {
  const { plan, cell, gradient, memory } = state;
  const { rule = 'heavyBall', momentum } = plan;
  const next = Float64Array.from(cell);
  for (const group of state.groups) {
    let slope = 0;
    for (const i of group) slope += gradient[i]!;
    for (const i of group)
      next[i] = cell[i]! - plan.learningRate * ruleMove(rule, momentum, memory, i, slope, state.step + 1);
  }
  if (state.project) pullTo(next, state.project(next), pullWeight(state));
  return next;
}

/** Goes to where a step leads, given the loss and the slope there; one that leaves the domain is not taken. */
export function takeStep(
  state: DescentState,
  next: Float64Array,
  loss: number,
  slope: ArrayLike<number>,
): void {
  if (!Number.isFinite(loss)) {
    state.stopped = 'leftDomain';
    return;
  }
  countReversal(state, next);
  state.cell.set(next);
  state.gradient.set(slope);
  state.loss = loss;
  state.step++;
  recordIterate(state);
}

/** The share of the way to the projection: all of it in the constrained setting. */
function pullWeight({ plan, step }: DescentState): number {
  if (!plan.pull || plan.mode === 'constrained') return 1;
  const { end, steps } = plan.pull;
  return end * Math.min(1, (step + 1) / Math.max(1, steps));
}

function pullTo(cell: Float64Array, projected: Point, weight: number): void {
  if (weight === 1) cell.set(projected);
  else for (let i = 0; i < cell.length; i++) cell[i]! += weight * (projected[i]! - cell[i]!);
}

/** Cosine between successive moves below which they count as a reversal, and the share of its length a move keeps. */
const REVERSAL = -0.99;
const KEPT = 0.99;
/** Reversals in a row that make a two-cycle: plain descent above 2/λ_max hops across the valley for ever. */
const CYCLE = 20;

function countReversal(state: DescentState, next: Float64Array): void {
  let dot = 0;
  let before = 0;
  let now = 0;
  for (let i = 0; i < next.length; i++) {
    const move = next[i]! - state.cell[i]!;
    dot += move * state.lastMove[i]!;
    before += state.lastMove[i]! ** 2;
    now += move * move;
    state.lastMove[i] = move;
  }
  // Between 1/λ_max and 2/λ_max the hops die away: only those that do not shrink are a cycle.
  const lasting = now > 1e-20 && now >= KEPT * KEPT * before;
  const reverses = before > 0 && lasting && dot < REVERSAL * Math.sqrt(before * now);
  state.reversals = reverses ? state.reversals + 1 : 0;
}

/** The steps hop between two points: the learning rate is above 2/λ_max of the Hessian there. */
export const isTwoCycle = (state: DescentState): boolean => state.reversals >= CYCLE;
