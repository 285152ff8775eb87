import type { Structure } from '../crystal/structure.ts';

/**
 * A structure as CIF 1.1: every atom of the cell with the identity as only operator, the crystal's group named by
 * number and symbol. Numbers in full precision, so that reading gives the same structure back.
 */
export function writeCif(structure: Structure): string {
  const [a, b, c, alpha, beta, gamma] = structure.cell;
  const { symbol, number } = structure.spaceGroup;
  const rows = structure.sites.map(
    ({ label, element, fract, occupancy }) => `${label} ${element} ${fract.join(' ')} ${occupancy}`,
  );
  return `# All atoms of the cell are listed, so the identity is the only operator; the group is named for reference.
data_${structure.formula}
_chemical_formula_sum '${structure.formula}'
_publ_section_comment
;
${structure.source}
;
_cell_length_a ${a}
_cell_length_b ${b}
_cell_length_c ${c}
_cell_angle_alpha ${alpha}
_cell_angle_beta ${beta}
_cell_angle_gamma ${gamma}
_space_group_name_H-M_alt '${symbol}'
${number === null ? '' : `_space_group_IT_number ${number}\n`}loop_
_space_group_symop_operation_xyz
'x,y,z'
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
_atom_site_occupancy
${rows.join('\n')}
`;
}
