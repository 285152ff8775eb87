import type { Cell } from '../crystal/cell.ts';
import type { SymmetryOperator } from '../crystal/symmetry.ts';
import { amountsOf, type StatedContents } from './cifContents.ts';
import type { CifAtom } from './cifSites.ts';
import { type Contact, closestContact } from './closestContact.ts';
import { type FilledCell, fillCell } from './fillCell.ts';
import { FormatError } from './result.ts';

/** The evidence for a set of operators: what the listed atoms become under them. */
export interface Verdict {
  /** The cell; null where it would hold too many atoms, or cost too much to try. */
  readonly filled: FilledCell | null;
  readonly contact: Contact | null;
  /** With the formula, as in `StatedContents`. */
  readonly agreement: 0 | 1 | 2;
  /** True where every atom has the multiplicity that the file lists for it. */
  readonly multiplicities: boolean;
  /**
   * 0 where the closest atoms stand as far apart as in a bond, larger for closer ones, and slowly for farther ones; at least
   * 1 where atoms fall on one place, or just beside a special position.
   */
  readonly strain: number;
}

export type Judge = (operators: readonly SymmetryOperator[]) => Verdict;

/** Steps of filling a cell beyond which no alternative is tried. */
const MOST_STEPS = 5e6;

export function judgeOf(atoms: readonly CifAtom[], cell: Cell, stated: StatedContents): Judge {
  const known = new Map<readonly SymmetryOperator[], Verdict>();
  return operators => {
    let verdict = known.get(operators);
    if (!verdict) {
      verdict = verdictOn(operators, atoms, cell, stated);
      known.set(operators, verdict);
    }
    return verdict;
  };
}

function verdictOn(
  operators: readonly SymmetryOperator[],
  atoms: readonly CifAtom[],
  cell: Cell,
  stated: StatedContents,
): Verdict {
  const nothing: Verdict = { filled: null, contact: null, agreement: 0, multiplicities: false, strain: 0 };
  if (atoms.length * operators.length ** 2 > MOST_STEPS) return nothing;
  let filled: FilledCell;
  try {
    filled = likelierReading(atoms, operators, cell, stated);
  } catch (error) {
    if (error instanceof FormatError) return nothing;
    throw error;
  }
  const { sites, firsts } = filled;
  const contact = closestContact(filled, cell);
  const log = Math.log(Math.max(1e-3, contact?.ratio ?? 1));
  return {
    filled,
    contact,
    agreement: stated.agreement(amountsOf(sites)),
    multiplicities:
      firsts.length === atoms.length &&
      atoms.every(({ multiplicity }, i) => multiplicity === (firsts[i + 1] ?? sites.length) - firsts[i]!),
    strain: Math.max(log < 0 ? -log : 0.3 * log, filled.crowded ? 1 : 0),
  };
}

/** The cell with occupancies as they are, or as counting multiplicities where only that makes the atoms of the formula. */
function likelierReading(
  atoms: readonly CifAtom[],
  operators: readonly SymmetryOperator[],
  cell: Cell,
  stated: StatedContents,
): FilledCell {
  const fits = ({ sites }: FilledCell): number => stated.agreement(amountsOf(sites));
  const filled = fillCell(atoms, operators, cell, stated.cell);
  if (operators.length === 1 || fits(filled) === 2) return filled;
  const counted = fillCell(atoms, operators, cell, stated.cell, 'counted');
  return fits(counted) > fits(filled) && counted.shared.length === filled.shared.length ? counted : filled;
}

/** Distances decide where they differ by more than a tenth. */
const MARGIN = 0.1;

export type Evidence = 'formula' | 'multiplicities' | 'distances' | 'positions';

/** The evidence by which the first of two is better; null where it is not. Special positions hold fewer atoms. */
export function better(p: Verdict, q: Verdict): Evidence | null {
  if (p.agreement !== q.agreement) return p.agreement > q.agreement ? 'formula' : null;
  if (p.multiplicities !== q.multiplicities) return p.multiplicities ? 'multiplicities' : null;
  if (Math.abs(p.strain - q.strain) > MARGIN) return p.strain < q.strain ? 'distances' : null;
  const count = ({ filled }: Verdict): number => filled?.sites.length ?? Number.POSITIVE_INFINITY;
  return count(p) < count(q) ? 'positions' : null;
}
