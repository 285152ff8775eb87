import type { Site } from '../../crystal/structure.ts';
import { type Instrument, reflectionWindow } from '../../diffraction/instrument.ts';
import type { StickLoss, Sticks } from '../../losses/loss.ts';
import type { CellObjective } from '../denseObjective.ts';
import { fitMonomials, nodalToMonomial } from '../tree/chebyshev.ts';
import { fastCosine } from './fastCosine.ts';
import { type OverlapTable, PANEL } from './overlapKernel.ts';
import type { ProfileTree } from './profileTree.ts';
import { TARGET_TERMS, type TargetTable } from './targetTable.ts';

/**
 * A loss over sticks (losses/loss.ts) and its gradient: 1 − d₁₂/√(d₁₁ d₂₂) is one plus the cosine of peaks whose overlap
 * is the Gaussian weight. d₁₁ is the sum over near pairs by a table of the Gaussian, d₁₂ one table of the target's sticks;
 * 15–40 µs for U2Ti's 93 reflections.
 * @param treeOf that of `stickTree`
 * @returns null where WebAssembly cannot run
 */
export function fastSticks(
  sites: readonly Site[],
  instrument: Instrument,
  loss: StickLoss,
  target: Sticks,
  treeOf: () => ProfileTree,
): CellObjective | null {
  const cosine = fastCosine(
    sites,
    { ...instrument, u: 0, v: 0, w: STICK_WIDTH ** 2 },
    stickTable(instrument, loss, target),
    treeOf,
  );
  return cosine && ((cell, gradient) => 1 + cosine(cell, gradient));
}

/** Widths that sticks are given, degrees: the table's variable |d|/(H₁ + H₂) is then the distance itself. */
export const STICK_WIDTH = 0.5;

/** Standard deviations at which the weight falls to 1e-10, below which critic2 drops pairs as well. */
const REACH = Math.sqrt(2 * Math.log(1e10));
/** The same at which it is below the rounding of 1. */
const LAST_WEIGHT = 9;
/** Panels of the pairs, standard deviations: degree 5 errs by 4e-11 of the weight, by 5e-9 of its slope. */
const NEAR_PANEL = 0.12;
/** Panels of the target, standard deviations: degree 7 errs by 1e-11. */
const TARGET_PANEL = 0.25;

/**
 * Leaves no narrower than the reach: all pairs that count lie in one or in two adjacent ones, and there is no far field.
 * No pattern is cut off at the ends of the window either.
 */
export function stickTree(instrument: Instrument, { deviation }: StickLoss): ProfileTree {
  const { lower: low, upper: high } = reflectionWindow(instrument);
  const leaves = Math.max(1, Math.floor((high - low) / (REACH * deviation)));
  const leafWidth = (high - low) / leaves;
  const none = new Int32Array(0);
  const nothing = new Float64Array(0);
  return {
    axis: {
      low,
      high,
      leaves,
      leafWidth,
      levels: [{ cells: leaves, offset: 0, width: leafWidth }],
      total: leaves,
    },
    far: { to: none, from: none, blocks: nothing },
    near: nearTable(deviation, 2 * leafWidth),
    blocks: null,
    edges: {
      count: 0,
      at: nothing,
      weight: nothing,
      first: new Int32Array(1),
      cell: none,
      coefficients: nothing,
      near: none,
    },
  };
}

/** The Gaussian as the overlap O = (H₁ + H₂) o0(|d|/(H₁ + H₂)) of sticks, H₁ + H₂ = 1. */
function nearTable(deviation: number, reach: number): OverlapTable {
  const panelsPerUnit = 1 / (NEAR_PANEL * deviation);
  const panels = Math.ceil(reach * panelsPerUnit) + 1;
  const coefficients = new Float64Array(panels * PANEL);
  const six = nodalToMonomial(6);
  for (let i = 0; i < panels; i++)
    fitMonomials(
      d => Math.exp(-0.5 * (d / deviation) ** 2),
      i / panelsPerUnit,
      (i + 1) / panelsPerUnit,
      six,
      6,
      coefficients,
      i * PANEL,
    );
  return { coefficients, panelsPerUnit, self: 1 };
}

/** The target's sum Σ_j I_j e_j(t) over the window in panels. */
export function stickTable(instrument: Instrument, loss: StickLoss, target: Sticks): TargetTable {
  const { lower: low, upper: high } = reflectionWindow(instrument);
  const panels = Math.ceil((high - low) / (TARGET_PANEL * loss.deviation));
  const width = (high - low) / panels;
  const coefficients = new Float64Array(panels * TARGET_TERMS);
  const matrix = nodalToMonomial(TARGET_TERMS);
  const order = Array.from(target.position.keys()).sort((p, q) => target.position[p]! - target.position[q]!);
  const position = Float64Array.from(order, k => target.position[k]!);
  const intensity = Float64Array.from(order, k => target.intensity[k]!);
  const reach = LAST_WEIGHT * loss.deviation;
  let [from, to] = [0, 0];
  for (let k = 0; k < panels; k++) {
    const [start, end] = [low + k * width, low + (k + 1) * width];
    while (from < position.length && position[from]! < start - reach) from++;
    while (to < position.length && position[to]! <= end + reach) to++;
    const near = { position: position.subarray(from, to), intensity: intensity.subarray(from, to) };
    fitMonomials(
      t => loss.weighted(near, t).value,
      start,
      end,
      matrix,
      TARGET_TERMS,
      coefficients,
      k * TARGET_TERMS,
    );
  }
  return {
    norm: Math.sqrt(loss.square(target)),
    height: target.intensity.reduce((most, value) => Math.max(most, value), 0),
    low,
    // the end of the axis still is in the last one
    panelsPerDegree: (1 / width) * (1 - 1e-12),
    coefficients,
  };
}
