import { cellParameter, isCellKey } from '../model/cellParameter.ts';
import type { FoundParameters } from '../model/foundParameters.ts';
import type { Placed } from '../model/freeCoordinates.ts';
import type { ModelParameter, MovedParameter, Symmetriser } from '../model/parameter.ts';
import { specialPositions } from '../model/specialPositions.ts';
import type { SliceModel } from './slice.ts';

/** The parameters of a crystal. */
export interface ParametersOfCrystal extends FoundParameters {
  readonly structure: Placed;
}

export const parameterOf = (
  id: string,
  { structure, list }: Pick<ParametersOfCrystal, 'structure' | 'list'>,
): ModelParameter | null =>
  isCellKey(id) ? cellParameter(id, structure.cell) : (list.find(parameter => parameter.id === id) ?? null);

const isOfAtoms = ({ group }: ModelParameter): boolean => group === 'site' || group === 'atom';

/**
 * Two axes and what moves with them: the two alone, or, where one is a coordinate and the whole space is asked for, every
 * coordinate of every atom. Null where one is not known of the crystal.
 */
export function sliceModel(
  axes: { readonly x: string; readonly y: string },
  wholeSpace: boolean,
  parameters: ParametersOfCrystal,
): SliceModel | null {
  const [x, y] = [parameterOf(axes.x, parameters), parameterOf(axes.y, parameters)];
  if (!x || !y) return null;
  const both = [x, y];
  const beyond = both.filter(({ group }) => group !== 'cell');
  const whole = wholeSpace && both.some(isOfAtoms);
  const atoms = parameters.list.filter(({ group }) => group === 'atom');
  const moved: readonly MovedParameter[] = (
    whole ? [...atoms, ...beyond.filter(parameter => !isOfAtoms(parameter))] : beyond
  ).map(({ id, value, moves, period }) => ({ id, value, moves, period }));
  return {
    x,
    y,
    moved,
    cellMoves: beyond.length < 2,
    ...(whole ? { symmetric: withOthers(parameters.symmetric, moved.length) } : {}),
    special: specialPositions(parameters.operators, parameters.structure, x, y),
  };
}

/** Numbers after those of the atoms stay as they are. */
const withOthers = (rows: Symmetriser, count: number): Symmetriser => [
  ...rows,
  ...Array.from({ length: count - rows.length }, (_, k) => ({
    from: [rows.length + k],
    weights: [1],
    offset: 0,
  })),
];
