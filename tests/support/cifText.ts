import { strToU8 } from 'fflate';
import { readCrystalFile } from '../../src/formats/crystalFile.ts';

/** A CIF of one block. @param head tags before the cell @param columns of the atom list, without their category */
export const file = (head: string, cell: string, columns: string, rows: string): string => {
  const names = ['length_a', 'length_b', 'length_c', 'angle_alpha', 'angle_beta', 'angle_gamma'];
  const lines = cell.split(' ').map((value, i) => `_cell_${names[i]} ${value}`);
  const tags = columns.split(' ').map(column => `_atom_site_${column}`);
  return ['data_a', head, ...lines, 'loop_', ...tags, rows, ''].join('\n');
};
export const TYPED = 'label type_symbol fract_x fract_y fract_z';
export const LABELS = 'label fract_x fract_y fract_z';
export const OPERATORS = (list: string): string =>
  `loop_\n_symmetry_equiv_pos_as_xyz\n${list.split(' ').join('\n')}`;
export const HM = (symbol: string): string => `_symmetry_space_group_name_H-M '${symbol}'`;
export const SUM = (formula: string, z?: number): string =>
  `_chemical_formula_sum '${formula}'${z ? `\n_cell_formula_units_Z ${z}` : ''}`;

/** The one crystal of a file, its contents by element and all that was assumed. */
export function read(text: string) {
  const result = readCrystalFile('a.cif', strToU8(text));
  if (!result.ok) throw new Error(`line ${result.line}: ${result.message}`);
  const { structure, assumptions } = result.value.blocks[0]!;
  const amounts: Record<string, number> = {};
  for (const { element, occupancy } of structure.sites)
    amounts[element] = Number(((amounts[element] ?? 0) + occupancy).toFixed(4));
  return { structure, amounts, said: assumptions.join('\n'), number: structure.spaceGroup.number };
}
/** The sentence that a file is refused with. */
export const refusal = (text: string, name = 'a.cif') => {
  const result = readCrystalFile(name, strToU8(text));
  if (result.ok) throw new Error('was read');
  return { line: result.line, message: result.message };
};
