import { latticeMatrix } from '../crystal/cell.ts';
import type { Structure } from '../crystal/structure.ts';

/** A structure as `Structure.as_dict` of pymatgen writes it; atoms that share a position become one disordered site. */
export function writePymatgenJson(structure: Structure): string {
  const m = latticeMatrix(structure.cell);
  const [a, b, c, alpha, beta, gamma] = structure.cell;
  const matrix = [0, 1, 2].map(j => [0, 1, 2].map(i => m[3 * i + j]!));
  const groups: { fract: readonly number[]; label: string; species: { element: string; occu: number }[] }[] =
    [];
  for (const { label, element, fract, occupancy } of structure.sites) {
    const same = groups.find(group => group.fract.every((value, i) => value === fract[i]));
    if (same) same.species.push({ element, occu: occupancy });
    else groups.push({ fract, label, species: [{ element, occu: occupancy }] });
  }
  const json = {
    '@module': 'pymatgen.core.structure',
    '@class': 'Structure',
    charge: 0,
    lattice: { matrix, a, b, c, alpha, beta, gamma, volume: m[0]! * m[4]! * m[8]! },
    sites: groups.map(({ fract, label, species }) => ({
      species,
      abc: fract,
      xyz: [0, 1, 2].map(i => m[3 * i]! * fract[0]! + m[3 * i + 1]! * fract[1]! + m[3 * i + 2]! * fract[2]!),
      label,
      properties: {},
    })),
  };
  return `${JSON.stringify(json, null, 1)}\n`;
}
