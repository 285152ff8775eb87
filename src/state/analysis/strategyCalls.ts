import { fwhm } from '../../diffraction/caglioti.ts';
import type { StrategyCall } from '../../engine/methods/analysis.ts';
import { NOISE_BOX } from '../../landscape/boxStarts.ts';
import { movedOf, type Slice, sliceParameter, slicePlaces } from '../../landscape/slice.ts';
import {
  annealingFactor,
  plainStrategy,
  type Strategy,
  type StrategyId,
  strategyOf,
} from '../../optimise/strategy.ts';
import type { Inputs } from '../core/inputs.ts';
import type { State } from '../core/store.ts';
import { planOf } from '../explore/descentJob.ts';
import type { Start } from '../explore/exploreSettings.ts';
import { askedSlice } from '../explore/selectors.ts';

/** Strategies that act on the shape of the cell alone. */
export const OF_CELL: readonly StrategyId[] = ['soft', 'jitter', 'wrongFamily'];

/** True where the map leaves the cell as it is. */
export const cellRests = (state: State): boolean => askedSlice(state)?.model?.cellMoves === false;

/** The chosen strategies that have something to act on in a slice. */
export const strategiesIn = ({ analysis }: Inputs, { model }: Slice): readonly StrategyId[] =>
  analysis.strategies.filter(id => model?.cellMoves !== false || !OF_CELL.includes(id));

/** Angle at which the first width of the annealing is measured, degrees. */
export const WIDTH_AT = 40;

/** The strategy of a name with the settings of the inputs; `plain` is the paper's descent in the same setting. */
export function chosenStrategy(inputs: Inputs, slice: Slice, id: StrategyId | 'plain'): Strategy {
  const { analysis, instrument, descent } = inputs;
  if (id === 'plain') return plainStrategy({ mode: analysis.strategyMode, family: slice.family });
  const moved = descent.space === 'full' ? [0, 1, 2, 3, 4, 5] : slicePlaces(slice);
  return strategyOf(
    id,
    {
      mode: analysis.strategyMode,
      family: slice.family,
      momentum: analysis.strategyMomentum,
      starts: analysis.strategyStarts,
      widthFactor: annealingFactor(analysis.strategyWidth, fwhm(instrument, WIDTH_AT)),
      pull: analysis.strategyPull,
      pullSteps: analysis.strategyPullSteps,
      jitter: analysis.strategyJitter,
    },
    slice.base,
    moved,
  );
}

/** Plan of a descent beyond the paper from a start. */
export function strategyCall(inputs: Inputs, slice: Slice, strategy: Strategy, start: Start): StrategyCall {
  const plan = planOf(inputs, slice, slice.family, start, strategy.mode);
  return {
    plan: { ...plan, momentum: 0 },
    strategy,
    spread: spreadOf(slice),
    seed: inputs.analysis.seed,
  };
}

/** The noise of the paper for the cell, a quarter of the usual range for what else moves. */
const spreadOf = (slice: Slice): number[] => [
  ...slice.base.slice(0, 6).map(value => NOISE_BOX * value),
  ...movedOf(slice).map(({ id }) => {
    const axis = [sliceParameter(slice, 'x'), sliceParameter(slice, 'y')].find(entry => entry.id === id);
    return axis ? (axis.range[1] - axis.range[0]) / 4 : COORDINATE_NOISE;
  }),
];

/** Of an atom alone, unit fraction. */
const COORDINATE_NOISE = 0.05;
