import type { Structure } from '../../src/crystal/structure.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { simulatedTarget } from '../../src/diffraction/pattern.ts';
import type { LossId } from '../../src/losses/loss.ts';
import { lossOf } from '../../src/losses/registry.ts';
import type { ModelParameter } from '../../src/model/parameter.ts';
import { modelObjective } from '../../src/peakspace/model/modelObjective.ts';

/** Points of a map along an axis. */
export const SIDE = 101;

/** A map over two parameters. Plain data. */
export interface Pair {
  readonly structure: Structure;
  readonly loss: LossId;
  readonly x: ModelParameter;
  readonly y: ModelParameter;
}

/** Loss at a point of the map of a pair, by its place along both axes from 0 to 1. */
export function overPair({ structure, loss, x, y }: Pair) {
  const { sites, cell } = structure;
  const simulated = simulatedTarget(sites, PAPER_INSTRUMENT, cell);
  const moved = [x, y].filter(({ group }) => group !== 'cell');
  const objective = modelObjective({
    sites,
    instrument: PAPER_INSTRUMENT,
    loss: lossOf(loss),
    excluded: null,
    moved,
    cellMoves: moved.length < 2,
    ...simulated,
  });
  const point = Float64Array.from([...cell, ...moved.map(({ value }) => value)]);
  const gradient = point.slice();
  const place = ({ id, range, moves }: ModelParameter, share: number): void => {
    const at = moves[0]!.slot < 6 ? moves[0]!.slot : 6 + moved.findIndex(parameter => parameter.id === id);
    point[at] = range[0] + share * (range[1] - range[0]);
  };
  return (u: number, v: number, withGradient: boolean): number => {
    place(x, u);
    place(y, v);
    return objective(point, withGradient ? gradient : null);
  };
}
