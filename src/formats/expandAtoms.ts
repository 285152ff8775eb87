import type { Cell } from '../crystal/cell.ts';
import type { Site } from '../crystal/structure.ts';
import { parseOperator, type SymmetryOperator } from '../crystal/symmetry.ts';
import { amountsOf, type StatedContents } from './cifContents.ts';
import { type CifAtom, list } from './cifSites.ts';
import { closestContact } from './closestContact.ts';
import { type FilledCell, fillCell } from './fillCell.ts';
import type { Judge } from './judgeOperators.ts';

/**
 * Every atom of the cell, with a remark on all that had to be decided, and on what does not add up.
 * @param own whether the file was written here: its list is that of the cell, to the last bit
 */
export function expandAtoms(
  atoms: readonly CifAtom[],
  operators: readonly SymmetryOperator[],
  cell: Cell,
  stated: StatedContents,
  judge: Judge,
  own: boolean,
  assumptions: string[],
): Site[] {
  const fits = (filled: FilledCell): number => stated.agreement(amountsOf(filled.sites));
  const listed = own
    ? fillCell(atoms, operators, cell, stated.cell, 'as it stands')
    : (judge(operators).filled ?? fillCell(atoms, operators, cell, stated.cell));
  let filled = listed;
  if (!own && listed.twice.length > 0 && fits(listed) < 2) {
    const whole = fillCell(atoms, [IDENTITY], cell, stated.cell);
    if (fits(whole) === 2) {
      filled = whole;
      assumptions.push(
        'the listed atoms are partly images of one another, and as they stand make the formula, which the space group does not: the list is taken as that of the whole cell',
      );
    }
  }
  const say = (labels: readonly string[], sentence: string): void => {
    if (labels.length > 0) assumptions.push(`${sentence}: ${list(labels)}`);
  };
  say(filled.snapped, 'rounded coordinates (0.3333 for 1/3) are put on the special position they stand for');
  say(
    filled.near,
    'images of one atom closer than 0.4 Å count as one atom, at the place that is given; distance to the special position',
  );
  say(filled.twice, 'atoms that are listed twice, or as images of one another, count once; left out');
  say(
    filled.counted,
    'occupancies are taken to count the multiplicity of a special position (½ for a full atom on a twofold axis), which makes the atoms of the formula',
  );
  say(
    filled.split,
    'atoms beside a special position are split: every image keeps its occupancy, as the listed multiplicity or the formula says',
  );
  for (const sentence of filled.shared.slice(0, 10)) assumptions.push(sentence);
  const contact = own ? null : filled === listed ? judge(operators).contact : closestContact(filled, cell);
  if (contact && contact.ratio < SHORTEST)
    assumptions.push(
      `${contact.labels.join(' and ')} are only ${contact.distance.toFixed(2)} Å apart with occupancies over 1: symmetry, coordinates or occupancies of the file may be wrong`,
    );
  const difference = stated.difference(amountsOf(filled.sites));
  if (difference) assumptions.push(difference);
  return [...filled.sites];
}

const IDENTITY = parseOperator('x,y,z')!;

/** Closest contact that is not remarked, in sums of covalent radii; uranyl and dinitrogen have 0.67 and 0.77. */
const SHORTEST = 0.6;
