import { type Cell, metricTensor, reciprocalMetric } from '../crystal/cell.ts';
import { MERGE_DISTANCE, siteOrbit, squareApart } from '../crystal/siteOrbit.ts';
import type { Site } from '../crystal/structure.ts';
import type { SymmetryOperator } from '../crystal/symmetry.ts';
import { type Amounts, amountsOf } from './cifContents.ts';
import type { CifAtom } from './cifSites.ts';
import { MOST_ATOMS, MOST_OCCUPANCY, MOST_SHARED } from './limits.ts';
import { excerpt, FormatError } from './result.ts';

/** The atoms of a cell, and what had to be decided for them. */
export interface FilledCell {
  readonly sites: readonly Site[];
  /** Where in `sites` the images of each listed atom begin. */
  readonly firsts: readonly number[];
  /** Labels of atoms whose rounded coordinates were put on a special position. */
  readonly snapped: readonly string[];
  /** Labels of atoms of which images closer than 0.4 Å count as one, with the distance. */
  readonly near: readonly string[];
  /** Labels of atoms that are in the list twice, or as images of one another, and left out. */
  readonly twice: readonly string[];
  /** Labels of atoms whose occupancies count the multiplicity of their place. */
  readonly counted: readonly string[];
  /** Labels of atoms beside a special position of which every image keeps its part. */
  readonly split: readonly string[];
  /** True where full atoms stand just beside a special position, or unlike ones on one place. */
  readonly crowded: boolean;
  /** Sentences on unlike atoms that share one place with occupancies over 1. */
  readonly shared: readonly string[];
}

interface Row {
  readonly atom: CifAtom;
  readonly positions: readonly (readonly [number, number, number])[];
  occupancy: number;
  /** Rows on the same place, itself first; more than one only where their occupancies exceed 1. */
  readonly crowd: Row[];
}

/**
 * Every atom of the cell once. Atoms of one element that the list has twice, or as images of one another, are one where
 * together they would fill their place more than once; unlike atoms that would do so share it.
 * @param stated contents of the cell as the file says them, or null
 * @param reading whether occupancies count the multiplicity of a special position (½ is a full atom on a twofold axis), and
 * those of atoms beside one are parts of a split atom, or
 * the list is that of a whole cell that nothing is to be changed in
 */
export function fillCell(
  atoms: readonly CifAtom[],
  operators: readonly SymmetryOperator[],
  cell: Cell,
  stated: Amounts | null,
  reading: 'occupancies' | 'counted' | 'as it stands' = 'occupancies',
): FilledCell {
  const asItStands = reading === 'as it stands';
  const metric = metricTensor(cell);
  const said = {
    snapped: [] as string[],
    near: [] as string[],
    twice: [] as string[],
    counted: [] as string[],
    split: [] as string[],
  };
  const neighbours = neighbourGrid(cell, metric);
  const rows: Row[] = [];
  let count = 0;
  let crowded = false;
  for (const atom of atoms) {
    let { positions, offset, snapped } = siteOrbit(operators, atom.fract, metric);
    let { occupancy } = atom;
    const label = excerpt(atom.label, 20);
    if (offset > 0 && !snapped) {
      // Beside a special position the atom may be split, every image keeping its part.
      const split = siteOrbit(operators, atom.fract, metric, 0.01);
      const parts = split.positions.length / positions.length;
      const meant = reading === 'counted' || atom.multiplicity === split.positions.length;
      if (meant && occupancy * parts <= MOST_OCCUPANCY) {
        ({ positions, offset, snapped } = split);
        said.split.push(label);
      }
    } else if (reading === 'counted') {
      const order = operators.length / positions.length;
      if (order > 1 && occupancy * order <= MOST_OCCUPANCY) {
        occupancy *= order;
        said.counted.push(label);
      }
    }
    // Beside a heavy atom hydrogen is no rival, only badly placed.
    const here = asItStands
      ? []
      : neighbours
          .near(positions[0]!)
          .filter(
            row => row.atom.element === atom.element || (atom.element !== 'H' && row.atom.element !== 'H'),
          );
    const held = here.reduce((sum, row) => sum + row.occupancy, 0);
    const twin = here.find(
      row =>
        row.atom.element === atom.element &&
        (row.occupancy + occupancy > MOST_OCCUPANCY || Math.abs(row.occupancy - occupancy) < 0.02),
    );
    if (twin && held + occupancy > MOST_OCCUPANCY) {
      said.twice.push(label);
      continue;
    }
    count += positions.length;
    if (count > MOST_ATOMS) throw new FormatError(`the cell has more than ${MOST_ATOMS} atoms`, atom.line);
    if (snapped) said.snapped.push(label);
    else if (offset > 0) {
      said.near.push(`${label} (${offset.toFixed(2)} Å)`);
      crowded ||= atom.element !== 'H' && 2 * occupancy > MOST_OCCUPANCY;
    }
    const row: Row = { atom, positions, occupancy, crowd: [] };
    row.crowd.push(row);
    if (held + occupancy > MOST_SHARED)
      for (const other of [...here, row]) if (!here[0]!.crowd.includes(other)) here[0]!.crowd.push(other);
    rows.push(row);
    neighbours.add(row);
  }
  const shared = shareOut(rows, stated);
  const sites: Site[] = [];
  const firsts: number[] = [];
  for (const { atom, positions, occupancy } of rows) {
    firsts.push(sites.length);
    for (const [n, fract] of positions.entries())
      sites.push({
        label: positions.length > 1 ? `${atom.label}_${n + 1}` : atom.label,
        element: atom.element,
        fract,
        occupancy,
      });
  }
  return { sites, firsts, ...said, crowded: crowded || shared.length > 0, shared };
}

/** Two listed atoms closer than this are on one place, angstrom; a file that spaces them by just 0.4 Å means two. */
const SAME_PLACE = MERGE_DISTANCE - 1e-6;

/** Rows on one place that are looked at: more are a mistake, and their pairs a cost. */
const MOST_ROWS = 20;

/** Rows with a position within that distance of a place, found by cubes of that width. */
function neighbourGrid(
  cell: Cell,
  metric: ArrayLike<number>,
): { add: (row: Row) => void; near: (place: readonly [number, number, number]) => Row[] } {
  const recip = reciprocalMetric(cell);
  const parts = [0, 4, 8].map(i =>
    Math.max(1, Math.min(1000, Math.floor(1 / Math.sqrt(recip[i]!) / MERGE_DISTANCE))),
  );
  const held = new Map<number, { readonly row: Row; readonly place: readonly [number, number, number] }[]>();
  const cube = (place: readonly [number, number, number]): number[] =>
    parts.map((n, i) => Math.min(n - 1, Math.floor((place[i]! - Math.floor(place[i]!)) * n)));
  const keyOf = (i: number, j: number, k: number): number => (i * parts[1]! + j) * parts[2]! + k;
  return {
    add: row => {
      for (const place of row.positions) {
        const [i, j, k] = cube(place);
        const key = keyOf(i!, j!, k!);
        const list = held.get(key);
        if (list) list.push({ row, place });
        else held.set(key, [{ row, place }]);
      }
    },
    near: place => {
      const found = new Set<Row>();
      const [i, j, k] = cube(place);
      const [n, m, l] = parts as [number, number, number];
      for (let p = i! - 1; p <= i! + 1; p++)
        for (let q = j! - 1; q <= j! + 1; q++)
          for (let r = k! - 1; r <= k! + 1; r++)
            for (const other of held.get(keyOf((p + n) % n, (q + m) % m, (r + l) % l)) ?? [])
              if (found.size < MOST_ROWS && squareApart(place, other.place, metric) < SAME_PLACE ** 2)
                found.add(other.row);
      return [...found];
    },
  };
}

/** Lowers the occupancies of unlike atoms that share a place to a sum of 1: by the formula where it fits, else in equal measure. */
function shareOut(rows: readonly Row[], stated: Amounts | null): string[] {
  const crowds = rows.map(row => row.crowd).filter(crowd => crowd.length > 1);
  if (crowds.length === 0) return [];
  const sharing = new Set(crowds.flat());
  const elsewhere = amountsOf(
    rows
      .filter(row => !sharing.has(row))
      .map(row => ({ element: row.atom.element, occupancy: row.occupancy * row.positions.length })),
  );
  const room = amountsOf(
    [...sharing].map(row => ({ element: row.atom.element, occupancy: row.positions.length })),
  );
  const byFormula = ({ atom: { element } }: Row): number =>
    ((stated?.get(element) ?? Number.NaN) - (elsewhere.get(element) ?? 0)) / room.get(element)!;
  return crowds.map(crowd => {
    const before = crowd.reduce((sum, row) => sum + row.occupancy, 0);
    const parts = crowd.map(byFormula);
    const sum = parts.reduce((whole, part) => whole + part, 0);
    const names = crowd.map(row => excerpt(row.atom.label, 20)).join(', ');
    const said = `${names} stand on one place with occupancies that add up to ${Number(before.toFixed(2))}`;
    if (crowd.every((row, i) => Math.abs(parts[i]! - row.occupancy) < 0.05 * row.occupancy))
      return `${said}, as formula × Z has them: they are kept`;
    const fits = parts.every(part => part > 0) && Math.abs(sum - 1) < 0.1;
    for (const [i, row] of crowd.entries()) row.occupancy = fits ? parts[i]! : row.occupancy / before;
    const taken = crowd.map(row => Number(row.occupancy.toFixed(3))).join(', ');
    return `${said}: they are taken as ${taken}, ${fits ? 'which the formula asks for' : 'in proportion'}`;
  });
}
