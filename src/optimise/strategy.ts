import { FAMILIES, type FamilyId, familyOf, projectCell } from '../crystal/family.ts';
import type { DescentMode } from './modes.ts';
import type { RuleId } from './rules.ts';

/** Ways of descending that the paper does not take. */
export type StrategyId =
  | 'momentum'
  | 'nesterov'
  | 'adam'
  | 'multiStart'
  | 'annealed'
  | 'shiftTolerant'
  | 'soft'
  | 'jitter'
  | 'wrongFamily';
export const STRATEGY_IDS: readonly StrategyId[] = [
  'momentum',
  'nesterov',
  'adam',
  'multiStart',
  'annealed',
  'shiftTolerant',
  'soft',
  'jitter',
  'wrongFamily',
];

/** Landscape that a stage descends: that of the loss itself, with wider peaks, or of a loss that bears shifts. */
export interface Ground {
  /** Factor on every peak width. */
  readonly blur: number;
  readonly tolerant: boolean;
}
export const OWN_GROUND: Ground = { blur: 1, tolerant: false };

/** Part of a descent on one ground. */
export interface Stage {
  readonly ground: Ground;
  /** Null: until the paper's stop rule. */
  readonly steps: number | null;
  /** Factor on the learning rate. */
  readonly rate: number;
}

/** A descent as data. */
export interface Strategy {
  readonly id: StrategyId | 'plain';
  readonly rule: RuleId;
  readonly momentum: number;
  readonly mode: DescentMode;
  readonly family: FamilyId;
  /** The last one is on the loss itself. */
  readonly stages: readonly Stage[];
  /** θ ← θ + w (P θ − θ) after each step, w growing from 0 to `end` over `steps`; null: none. */
  readonly pull: { readonly end: number; readonly steps: number } | null;
  /** Push of the projected start off the symmetry line, degrees (jitter.ts); 0: none. */
  readonly jitter: number;
  /** Descents from starts around the given one; the lowest loss wins. */
  readonly starts: number;
}

export interface StrategySettings {
  readonly mode: 'unconstrained' | 'constrained';
  readonly family: FamilyId;
  readonly momentum: number;
  readonly starts: number;
  /** FWHM that the annealing begins with over the instrument's, at the same angle. */
  readonly widthFactor: number;
  readonly pull: number;
  readonly pullSteps: number;
  readonly jitter: number;
}

const FINAL: Stage = { ground: OWN_GROUND, steps: null, rate: 1 };

/** The plain descent of the paper in the same setting, which the others are held against. */
export const plainStrategy = ({ mode, family }: Pick<StrategySettings, 'mode' | 'family'>): Strategy => ({
  id: 'plain',
  rule: 'heavyBall',
  momentum: 0,
  mode,
  family,
  stages: [FINAL],
  pull: null,
  jitter: 0,
  starts: 1,
});

/**
 * The strategy of a name.
 * @param truth the true cell, which a wrong family must not keep
 * @param moved parameters that move; all six in the whole space of cells
 */
export function strategyOf(
  id: StrategyId,
  settings: StrategySettings,
  truth: ArrayLike<number>,
  moved: readonly number[],
): Strategy {
  const plain = { ...plainStrategy(settings), id };
  switch (id) {
    case 'momentum':
      return { ...plain, momentum: settings.momentum };
    case 'nesterov':
      return { ...plain, rule: 'nesterov', momentum: settings.momentum };
    case 'adam':
      return { ...plain, rule: 'adam', momentum: 0.9 };
    case 'multiStart':
      return { ...plain, starts: settings.starts };
    case 'annealed':
      return { ...plain, stages: [...annealing(settings.widthFactor), FINAL] };
    case 'shiftTolerant':
      return {
        ...plain,
        stages: [{ ground: { blur: 1, tolerant: true }, steps: TOLERANT_STEPS, rate: 2 }, FINAL],
      };
    case 'soft':
      return { ...plain, mode: 'unconstrained', pull: { end: settings.pull, steps: settings.pullSteps } };
    case 'jitter':
      return { ...plain, mode: 'constrainedStart', jitter: settings.jitter };
    case 'wrongFamily':
      return { ...plain, mode: 'constrained', family: wrongFamily(settings.family, truth, moved) };
  }
}

/** FWHM that the annealing begins with over the instrument's; at least 1. */
export const annealingFactor = (first: number, own: number): number => Math.max(1, first / own);

const TOLERANT_STEPS = 2000;
const ANNEAL_STAGES = 8;
const ANNEAL_STEPS = 300;

/**
 * Widths in equal ratios from `factor` times the instrument's down towards it. A peak k times as wide makes slopes about
 * k times as gentle and curvatures k² times, so that the rate may grow with k and stay stable.
 */
function annealing(factor: number): Stage[] {
  if (!(factor > 1)) return [];
  return Array.from({ length: ANNEAL_STAGES }, (_, i) => {
    const blur = factor ** (1 - i / ANNEAL_STAGES);
    return { ground: { blur, tolerant: false }, steps: ANNEAL_STEPS, rate: blur };
  });
}

/** Off by more than this, angstrom or degrees, a projection does not keep a cell. */
const KEPT = 1e-3;

/**
 * A family that the crystal does not have: the first whose projection changes a moved parameter of the true cell, or else
 * any parameter of it.
 */
export function wrongFamily(own: FamilyId, truth: ArrayLike<number>, moved: readonly number[]): FamilyId {
  const order: readonly FamilyId[] = ['tetragonal', 'orthorhombic', 'hexagonal', 'monoclinic', 'cubic'];
  const changes = (id: FamilyId, among: readonly number[]): boolean => {
    const projected = projectCell(familyOf(id), truth);
    return among.some(i => Math.abs(projected[i]! - truth[i]!) > KEPT);
  };
  return (
    order.find(id => id !== own && changes(id, moved)) ??
    order.find(id => id !== own && changes(id, [0, 1, 2, 3, 4, 5])) ??
    FAMILIES.find(({ id }) => id !== own)!.id
  );
}
