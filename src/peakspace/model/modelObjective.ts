import { type Cell, cellExists } from '../../crystal/cell.ts';
import { type Direction, USUAL_AXIS } from '../../diffraction/marchDollase.ts';
import type { MovedParameter } from '../../model/parameter.ts';
import { chain, movingSlots, rowAt, rowOf } from '../../model/point.ts';
import { slotsOf } from '../../model/slots.ts';
import { intensityObjective } from '../coordinates/coordinateObjective.ts';
import { rowObjective } from '../coordinates/crystalObjective.ts';
import type { PatternMap } from '../coordinates/listedLoss.ts';
import { intensitiesAlone, type RowObjective, type Rows } from '../coordinates/rowObjective.ts';
import type { CellObjective } from '../denseObjective.ts';
import { objectiveFor } from '../objective.ts';
import type { ObjectiveInput } from '../ways.ts';

/** A loss over the points of a problem: cell [6], then the values of what else moves [m]. */
export interface ModelInput extends ObjectiveInput {
  readonly moved: readonly MovedParameter[];
  /** Axis of preferred orientation, a reciprocal direction; absent: 001. */
  readonly marchAxis?: Direction | undefined;
  /** False: all points that are asked for have one cell, whose six slopes are then 0. Absent: true. */
  readonly cellMoves?: boolean | undefined;
  /** What patterns go through before they are compared; the target has been through it. Absent: nothing. */
  readonly map?: PatternMap | undefined;
}

/** What moves, as rows of slots. */
export function rowsOf({ sites, instrument, moved, marchAxis, cellMoves = true }: ModelInput): Rows {
  const slots = slotsOf(sites);
  const moving = movingSlots(slots, moved);
  if (cellMoves) moving.fill(1, 0, 6);
  return { slots, base: rowOf(sites, instrument), moving, axis: marchAxis ?? USUAL_AXIS };
}

/**
 * The loss at a point [6 + m] and, where asked, its gradient [6 + m]: per angstrom, per degree, and per unit of each
 * parameter. NaN where the cell is none, where nothing scatters, and where a value is outside its domain: r and the factor
 * on widths at or below 0, η outside 0–1, shifts beyond 2°. Occupancies and B may be negative. The value depends on
 * nothing but the point, to the last bit.
 *
 * Where peaks stay in place (one cell, and neither shifts nor profiles move) the loss comes from the intensities alone;
 * else by the pattern of all peaks. Without parameters it is the loss over the cell (`objectiveFor`).
 */
export function modelObjective(input: ModelInput): CellObjective {
  const {
    sites,
    instrument,
    loss,
    target,
    excluded,
    sticks = null,
    moved,
    cellMoves = true,
    map = null,
  } = input;
  if (moved.length === 0 && cellMoves && !map)
    return objectiveFor(sites, instrument, loss, target, excluded, null, sticks);
  const rows = rowsOf(input);
  const objective =
    !cellMoves && !map && intensitiesAlone(rows) ? inOneCell(input, rows) : rowObjective(input, rows, map);
  const row = rows.base.slice();
  const byRow = rows.base.slice();
  return (point, gradient) => {
    const value = objective(rowAt(rows.base, moved, point, row), gradient && byRow);
    if (gradient) chain(moved, byRow, gradient);
    return value;
  };
}

/** The objective of the cell at hand, made when a point is the first in it. */
function inOneCell(input: ModelInput, rows: Rows): RowObjective {
  const cell = new Float64Array(6);
  let objective: RowObjective | null = null;
  return (row, byRow) => {
    if (!objective || cell.some((value, i) => value !== row[i])) {
      objective = null;
      cell.set(row.subarray(0, 6));
      if (!cellExists(cell)) return Number.NaN;
      objective = intensityObjective(input, Array.from(cell) as unknown as Cell, rows);
    }
    return objective(row, byRow);
  };
}
