import { type Cell, latticeMatrix } from '../crystal/cell.ts';
import { type LabelContext, labelContext, type Species, speciesOf } from './cifElements.ts';
import type { CifBlock, CifValue } from './cifTokens.ts';
import { cifNumber, column, item, known, numberOf } from './cifValues.ts';
import { MOST_COORDINATE, MOST_OCCUPANCY } from './limits.ts';
import { excerpt, FormatError } from './result.ts';

/** One row of the atom list, before symmetry. */
export interface CifAtom {
  readonly label: string;
  readonly element: string;
  readonly fract: readonly [number, number, number];
  readonly occupancy: number;
  /** Images in the cell as the file counts them; null where it does not. */
  readonly multiplicity: number | null;
  readonly line: number;
}

/** The atoms of the asymmetric unit. Rows that stand for no atom, or for one without a place, are left out and named. */
export function readAtoms(block: CifBlock, cell: Cell, assumptions: string[]): CifAtom[] {
  const axes = positions(block, cell, assumptions);
  const rows = axes[0]!.values.length;
  const parts = new Set(
    column(block, '_atom_site_subsystem_code')
      ?.filter(known)
      .map(({ text }) => text),
  );
  if (parts.size > 1)
    throw new FormatError(
      `the atoms belong to ${parts.size} subsystems of a composite crystal, each with a cell of its own: such crystals cannot be read`,
      axes[0]!.values[0]?.line ?? 1,
    );
  const labels = column(block, '_atom_site_label', '_atom_site_label_atom_id', '_atom_site_auth_atom_id');
  const types = column(block, '_atom_site_type_symbol');
  const occupancies = column(block, '_atom_site_occupancy');
  const multiplicities = column(
    block,
    '_atom_site_symmetry_multiplicity',
    '_atom_site_site_symmetry_multiplicity',
  );
  const flags = column(block, '_atom_site_calc_flag');
  // Columns of one loop are equally long; these may come from several.
  for (const [tag, values] of [
    [axes[1]!.tag, axes[1]!.values],
    [axes[2]!.tag, axes[2]!.values],
    ['_atom_site_label', labels],
    ['_atom_site_type_symbol', types],
    ['_atom_site_occupancy', occupancies],
  ] as const)
    if (values && values.length !== rows)
      throw new FormatError(
        `${tag} has ${values.length} ${values.length === 1 ? 'value' : 'values'} for ${rows} atoms`,
        values[0]?.line ?? 1,
      );
  const context = labelContext(
    (labels ?? []).map(({ text }) => text),
    item(block, '_chemical_formula_sum')?.text,
  );
  const all = Array.from({ length: rows }, (_, row) => {
    const type = types?.[row];
    return speciesOfRow(known(type) ? type.text : null, labels?.[row]?.text ?? null, context);
  });
  nameLast(
    all,
    all.map((_, row) => labels?.[row]?.text ?? types?.[row]?.text ?? ''),
    context,
  );
  const lost = { dummy: [] as string[], nowhere: [] as string[], empty: [] as string[] };
  const remarks = new Set<string>();
  const atoms: CifAtom[] = [];
  for (let row = 0; row < rows; row++) {
    const label = labels?.[row];
    const type = types?.[row];
    const named = known(type) ? type : label;
    const species = all[row]!;
    const shown = excerpt(label?.text ?? named?.text ?? `atom ${row + 1}`, 20);
    if (species.kind === 'dummy' || (flags?.[row] && /^dum/i.test(flags[row]!.text))) {
      lost.dummy.push(shown);
      continue;
    }
    if (axes.some(axis => !known(axis.values[row]))) {
      lost.nowhere.push(shown);
      continue;
    }
    if (species.kind === 'none')
      throw new FormatError(
        `atom ${row + 1} ("${excerpt(named?.text ?? '?')}") names no element`,
        (named ?? axes[0]!.values[row]!).line,
      );
    const place = axes.map(axis => numberOf(axis.values[row]!, axis.tag));
    const fract = axes[0]!.toFract(place);
    const far = fract.findIndex(value => Math.abs(value) > MOST_COORDINATE);
    if (far >= 0)
      throw new FormatError(
        `${axes[far]!.tag}: ${excerpt(axes[far]!.values[row]!.text)} of ${shown} is more than ${MOST_COORDINATE} cells away`,
        axes[far]!.values[row]!.line,
      );
    const given = occupancies?.[row];
    const occupancy = known(given) ? numberOf(given, '_atom_site_occupancy') : 1;
    if (occupancy < 0 || occupancy > MOST_OCCUPANCY)
      throw new FormatError(
        `_atom_site_occupancy: ${occupancy} of ${shown} is outside 0–${MOST_OCCUPANCY}`,
        given?.line,
      );
    if (occupancy === 0) {
      lost.empty.push(shown);
      continue;
    }
    if (occupancy > 1) remarks.add(`occupancy ${occupancy} of ${shown} is above 1 and kept as it is given`);
    if (species.remark) remarks.add(species.remark);
    atoms.push({
      label: label?.text ?? `${species.element}${row + 1}`,
      element: species.element,
      fract,
      occupancy,
      multiplicity: multiplicities?.[row] ? cifNumber(multiplicities[row].text) : null,
      line: (label ?? named ?? axes[0]!.values[row]!).line,
    });
  }
  if (atoms.length === 0)
    throw new FormatError(
      lost.nowhere.length > 0 ? 'no atom of the list has coordinates' : 'the atom list is empty',
      axes[0]!.values[0]?.line ?? 1,
    );
  if (!types) assumptions.push('no _atom_site_type_symbol: elements are taken from the labels');
  for (const remark of [...remarks].slice(0, MOST_REMARKS)) assumptions.push(remark);
  if (remarks.size > MOST_REMARKS)
    assumptions.push(`${remarks.size - MOST_REMARKS} more remarks of that kind`);
  sayLost(lost, assumptions);
  sayIgnored(block, assumptions);
  return atoms;
}

/**
 * The element by the type symbol, else by the label; by the label too where the type symbol is none, or is of an element
 * that the formula lacks while it has that of the label.
 */
function speciesOfRow(type: string | null, label: string | null, context: LabelContext): Species {
  const none: Species = { kind: 'none' };
  const byType = type === null ? none : speciesOf(type, false, context);
  if (label === null || byType.kind === 'dummy') return byType;
  const byLabel = speciesOf(label, true, context);
  const { formula } = context;
  if (type === null) return byLabel;
  const strange =
    byType.kind === 'none' || (byType.element !== 'H' && formula?.has(byType.element) === false);
  if (!strange || byLabel.kind !== 'element' || !formula?.has(byLabel.element)) return byType;
  return {
    ...byLabel,
    remark: `"${excerpt(label, 20)}" is read as ${byLabel.element} by its label: the type symbol "${excerpt(type, 20)}" is of no element of the formula`,
  };
}

/**
 * Gives atoms that name no element ("M1", "T") the one element of the formula that no other atom names, hydrogen apart,
 * where just one is left.
 */
function nameLast(species: Species[], names: readonly string[], { formula }: LabelContext): void {
  const named = new Set(species.map(entry => (entry.kind === 'element' ? entry.element : '')));
  const left = [...(formula ?? [])].filter(element => element !== 'H' && !named.has(element));
  if (left.length !== 1) return;
  for (const [row, { kind }] of species.entries())
    if (kind === 'none')
      species[row] = {
        kind: 'element',
        element: left[0]!,
        remark: `"${excerpt(names[row]!, 20)}" names no element and is read as ${left[0]}, the only one of the formula that no other atom names`,
      };
}

const MOST_REMARKS = 12;

export const list = (names: readonly string[]): string =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');

function sayLost(
  lost: { readonly dummy: string[]; readonly nowhere: string[]; readonly empty: string[] },
  assumptions: string[],
): void {
  if (lost.dummy.length > 0) assumptions.push(`points that are no atoms are left out: ${list(lost.dummy)}`);
  if (lost.nowhere.length > 0)
    assumptions.push(`atoms without coordinates are left out: ${list(lost.nowhere)}`);
  if (lost.empty.length > 0) assumptions.push(`atoms of occupancy 0 are left out: ${list(lost.empty)}`);
}

/** Warnings about entries of the atom list that the pattern does not use. */
function sayIgnored(block: CifBlock, assumptions: string[]): void {
  const has = (pattern: RegExp): boolean => [...block.tags.keys()].some(tag => pattern.test(tag));
  if (has(/^_atom_site_(?:aniso_)?(?:u_|b_|beta_)/))
    assumptions.push('displacement parameters (U, B) are not used: patterns have no Debye–Waller factor');
  const attached = column(block, '_atom_site_attached_hydrogens')?.filter(
    value => known(value) && !/^0+$/.test(value.text),
  );
  if (attached?.length)
    assumptions.push(
      'hydrogen atoms that are only counted (_atom_site_attached_hydrogens) have no place and are left out',
    );
  const groups = column(block, '_atom_site_disorder_group')?.filter(known);
  if (groups?.some(value => value.text !== '0'))
    assumptions.push('all alternatives of disordered groups are kept with the occupancies that they have');
  if (Number(item(block, '_cell_modulation_dimension')?.text) > 0)
    assumptions.push('the structure is modulated: only its average is read');
}

interface Axis {
  readonly tag: string;
  readonly values: readonly CifValue[];
  readonly toFract: (place: readonly number[]) => [number, number, number];
}

/** Fractional coordinates, else Cartesian ones in the usual frame (a along x, b in the xy plane). */
function positions(block: CifBlock, cell: Cell, assumptions: string[]): Axis[] {
  const columnsOf = (kind: string): (readonly CifValue[] | undefined)[] =>
    ['x', 'y', 'z'].map(axis => column(block, `_atom_site_${kind}_${axis}`));
  const fract = columnsOf('fract');
  const cartesian = columnsOf('cartn');
  const useFract = fract.some(values => values) || !cartesian.some(values => values);
  const written = useFract ? 'fract' : 'Cartn';
  const toFract = useFract
    ? (place: readonly number[]): [number, number, number] => [place[0]!, place[1]!, place[2]!]
    : cartesianToFract(cell);
  if (!useFract) {
    if (
      [...block.tags.keys()].some(
        tag => tag.startsWith('_atom_sites_cartn_tran') || tag.startsWith('_atom_sites_fract_tran'),
      )
    )
      assumptions.push('the file gives a transformation of Cartesian axes, which is not applied');
    assumptions.push('only Cartesian coordinates are given: a is taken along x and b in the xy plane');
  }
  return (useFract ? fract : cartesian).map((values, i) => {
    const tag = `_atom_site_${written}_${'xyz'[i]}`;
    if (!values) throw new FormatError(`${tag} is missing`, 1);
    return { tag, values, toFract };
  });
}

function cartesianToFract(cell: Cell): (place: readonly number[]) => [number, number, number] {
  const m = latticeMatrix(cell);
  return ([x = 0, y = 0, z = 0]) => {
    const w = z / m[8]!;
    const v = (y - m[5]! * w) / m[4]!;
    return [(x - m[1]! * v - m[2]! * w) / m[0]!, v, w];
  };
}
