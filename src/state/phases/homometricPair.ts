import { elementData } from '../../crystal/elements.ts';
import { elementsOf, type Structure } from '../../crystal/structure.ts';
import type { HomometricSearch } from '../../phasing/homometric.ts';
import { areCongruent, axisStructure, CYCLOTOMIC_PAIR } from '../../phasing/homometric.ts';
import type { PhasesInputs } from './phasesSettings.ts';

export interface HomometricPair {
  readonly n: number;
  readonly sets: readonly [readonly number[], readonly number[]];
  readonly crystals: readonly [Structure, Structure];
}

/** Length of a and b over the diameter of an atom, and of one division along c over its radius. */
const ROOM = 2.2;

/**
 * The two crystals of the chosen pair, made of the heaviest element of the loaded crystal: points at equal divisions of
 * c, one division a covalent diameter long, so that no two atoms overlap. Null where the class or set does not exist.
 */
export function homometricPair(
  search: HomometricSearch | null,
  { divisions, points, pairClass, pairSet }: PhasesInputs,
  structure: Structure,
): HomometricPair | null {
  if (search?.n !== divisions || search.k !== points) return null;
  const sets = search.classes[pairClass]?.sets;
  const [first, second] = asPatterson(divisions, [sets?.[0], sets?.[pairSet]]);
  if (!first || !second) return null;
  const element = heaviest(structure);
  const radius = elementData(element).covalentRadius;
  const lengths = { element, a: ROOM * radius * 1.5, division: ROOM * radius };
  return {
    n: divisions,
    sets: [first, second],
    crystals: [axisStructure(first, divisions, lengths), axisStructure(second, divisions, lengths)],
  };
}

type Sets = readonly [readonly number[] | undefined, readonly number[] | undefined];

/** The smallest pair as Patterson wrote it, {0, 3, 4, 5} and {0, 4, 5, 7} of eight; turned, they are the sets found. */
function asPatterson(divisions: number, sets: Sets): Sets {
  const { n, first, second } = CYCLOTOMIC_PAIR;
  const [p, q] = sets;
  if (divisions !== n || !p || !q || p.length !== first.length) return sets;
  if (areCongruent(p, first, n) && areCongruent(q, second, n)) return [first, second];
  return areCongruent(p, second, n) && areCongruent(q, first, n) ? [first, second] : sets;
}

export const heaviest = ({ sites }: Pick<Structure, 'sites'>): string =>
  elementsOf(sites).reduce((p, q) => (elementData(q).z > elementData(p).z ? q : p));
