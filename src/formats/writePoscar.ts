import { latticeMatrix } from '../crystal/cell.ts';
import type { Structure } from '../crystal/structure.ts';
import type { Result } from './result.ts';

/** A structure as POSCAR of VASP 5, in direct coordinates. Fails where a site is not one whole atom. */
export function writePoscar(structure: Structure): Result<string> {
  const partial = structure.sites.find(site => Math.abs(site.occupancy - 1) > 1e-6);
  if (partial)
    return {
      ok: false,
      message: `POSCAR has no partial occupancy, and ${partial.label} has ${partial.occupancy}: take CIF or JSON`,
    };
  const lattice = latticeMatrix(structure.cell);
  const vector = (j: number): string => [0, 1, 2].map(i => lattice[3 * i + j]!).join(' ');
  const elements = [...new Set(structure.sites.map(site => site.element))];
  const groups = elements.map(element => structure.sites.filter(site => site.element === element));
  const lines = [
    structure.name.replaceAll(/\s+/g, ' ').trim() || structure.formula,
    '1.0',
    ...[0, 1, 2].map(vector),
    elements.join(' '),
    groups.map(group => group.length).join(' '),
    'Direct',
    ...groups.flat().map(site => `${site.fract.join(' ')} ${site.element}`),
  ];
  return { ok: true, value: `${lines.join('\n')}\n`, warnings: [] };
}
