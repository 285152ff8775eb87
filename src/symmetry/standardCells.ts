import { cellFromMatrix } from '../crystal/cell.ts';
import { familyInTheseAxes, familyOfCell } from '../crystal/cellFamily.ts';
import type { Site, Structure } from '../crystal/structure.ts';
import { primitiveCrystal } from '../matching/primitiveCrystal.ts';
import { DEFAULT_TOLERANCE, datasetOf, type MoyoInput, moyoInput } from './analyseSymmetry.ts';
import type { Moyo, MoyoDataset } from './moyo.ts';

/** The cells that a crystal can be shown in. */
export type CellChoice = 'given' | 'conventional' | 'primitive' | 'niggli';

/**
 * The crystal in another cell of the same lattice. Conventional and primitive cells are moyo's, in the standard setting
 * of International Tables A, with coordinates and lattice made exactly symmetric within the tolerance; the Niggli cell
 * is the reduced primitive cell of the atoms as they stand. Throws Error with a sentence, see datasetOf.
 */
export function crystalInCell(
  moyo: Moyo,
  structure: Structure,
  choice: CellChoice,
  tolerance = DEFAULT_TOLERANCE,
): Structure {
  if (choice === 'given') return structure;
  if (choice === 'niggli') return niggliStructure(structure);
  const input = moyoInput(structure);
  const data = datasetOf(moyo, input, tolerance);
  return fromMoyo(structure, data, choice === 'conventional' ? data.std_cell : data.prim_std_cell, input);
}

/** The reduced primitive cell; its family is the one that its six numbers have. */
export function niggliStructure(structure: Structure): Structure {
  const { cell, sites } = primitiveCrystal(structure);
  return { ...structure, cell, sites, family: familyOfCell(cell, 1e-3, 1e-2) };
}

function fromMoyo(
  structure: Structure,
  data: MoyoDataset,
  standard: MoyoDataset['std_cell'],
  { kinds }: MoyoInput,
): Structure {
  const b = standard.lattice.basis;
  const cell = cellFromMatrix([b[0], b[3], b[6], b[1], b[4], b[7], b[2], b[5], b[8]]);
  const rounded = cell.map((value, i) =>
    i < 3 ? value : nearlyWhole(value),
  ) as unknown as Structure['cell'];
  const counts = new Map<string, number>();
  const sites = standard.positions.flatMap((fract, i): Site[] =>
    kinds[standard.numbers[i]! - 1]!.map(({ element, occupancy }) => {
      const n = (counts.get(element) ?? 0) + 1;
      counts.set(element, n);
      return {
        label: `${element}${n}`,
        element,
        occupancy,
        fract: [wrapped(fract[0]), wrapped(fract[1]), wrapped(fract[2])],
      };
    }),
  );
  return {
    ...structure,
    cell: rounded,
    sites,
    spaceGroup: { symbol: data.hm_symbol, number: data.number },
    family: familyInTheseAxes(data.number, rounded).family,
  };
}

/** Angles that symmetry fixes come out as 90.00000000000001: to 1e-9 of a degree they are whole. */
const nearlyWhole = (angle: number): number =>
  Math.abs(angle - Math.round(angle)) < 1e-9 ? Math.round(angle) : angle;

/** In [0, 1), −1e-17 being 0; thirds and quarters that rounding left 1e-12 off are put back. */
function wrapped(value: number): number {
  const x = value - Math.floor(value);
  const twelfths = Math.round(x * 24) / 24;
  const clean = Math.abs(x - twelfths) < 1e-10 ? twelfths : x;
  return clean >= 1 ? 0 : clean;
}
