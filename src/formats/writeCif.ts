import type { Structure } from '../crystal/structure.ts';

/**
 * A structure as CIF 1.1: every atom of the cell in P 1, as any program reads it. The crystal's own group and family
 * stand in data names of this project, since a program that saw the group beside the full list would multiply the
 * atoms once more. Numbers in full precision, so that reading gives the same structure back.
 */
export function writeCif(structure: Structure): string {
  const [a, b, c, alpha, beta, gamma] = structure.cell;
  const { symbol, number } = structure.spaceGroup;
  const rows = structure.sites.map(
    ({ label, element, fract, occupancy }) => `${word(label)} ${element} ${fract.join(' ')} ${occupancy}`,
  );
  return `# Every atom of the cell is listed, so the group is written as P 1; the crystal's own is in _braggscape_*.
data_${structure.formula.replaceAll(/[^\w.+()-]+/g, '_') || 'crystal'}
_braggscape_name ${value(structure.name)}
_chemical_formula_sum ${value(structure.formula)}
_publ_section_comment ${value(structure.source)}
_cell_length_a ${a}
_cell_length_b ${b}
_cell_length_c ${c}
_cell_angle_alpha ${alpha}
_cell_angle_beta ${beta}
_cell_angle_gamma ${gamma}
_space_group_name_H-M_alt 'P 1'
_space_group_IT_number 1
_braggscape_space_group_name_H-M ${value(symbol)}
${number === null ? '' : `_braggscape_space_group_IT_number ${number}\n`}_braggscape_crystal_family ${structure.family}
loop_
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

/** A value in the quotes that it needs: in a line where it can be, else as semicolon text. */
function value(text: string): string {
  if (text.length < 200 && !/[\n\r]/.test(text)) {
    if (!/'\s|'$/.test(text)) return `'${text}'`;
    if (!/"\s|"$/.test(text)) return `"${text}"`;
  }
  // A line that begins with ";" would end the text.
  return `\n;\n${text.replaceAll(/\r\n?/g, '\n').replaceAll(/\n;/g, '\n ;')}\n;`;
}

/** A label as one bare word. */
function word(label: string): string {
  const plain = label.replaceAll(/[\s"#;,[\]{}$]+/g, '_');
  return /^[A-Za-z0-9]/.test(plain) && !/^(?:loop_|data_|save_|stop_|global_)/i.test(plain)
    ? plain
    : `X${plain}`;
}
