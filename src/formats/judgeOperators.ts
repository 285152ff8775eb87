import type { Cell } from '../crystal/cell.ts';
import type { SymmetryOperator } from '../crystal/symmetry.ts';
import { amountsOf, type StatedContents } from './cifContents.ts';
import type { CifAtom } from './cifSites.ts';
import { closestContact } from './closestContact.ts';
import { fillCell } from './fillCell.ts';
import { FormatError } from './result.ts';

/** The evidence for a set of operators: what the listed atoms become under them. */
export interface Verdict {
  /** With the formula, as in `StatedContents`. */
  readonly agreement: 0 | 1 | 2;
  /** True where every atom has the multiplicity that the file lists for it. */
  readonly multiplicities: boolean;
  /** Atoms of the cell. */
  readonly atoms: number;
  /** 0 where the closest atoms stand as far apart as in a bond, larger for closer ones, and slowly for farther ones. */
  readonly strain: number;
}

export type Judge = (operators: readonly SymmetryOperator[]) => Verdict;

/** Steps of filling a cell beyond which no alternative is tried. */
const MOST_STEPS = 2e7;

export function judgeOf(atoms: readonly CifAtom[], cell: Cell, stated: StatedContents): Judge {
  return operators => {
    const nothing: Verdict = {
      agreement: 0,
      multiplicities: false,
      atoms: Number.POSITIVE_INFINITY,
      strain: 0,
    };
    if (atoms.length * operators.length ** 2 > MOST_STEPS) return nothing;
    try {
      const filled = fillCell(atoms, operators, cell, stated.cell);
      const { sites, firsts } = filled;
      const contact = closestContact(filled, cell);
      const log = Math.log(Math.max(1e-3, contact?.ratio ?? 1));
      return {
        agreement: stated.agreement(amountsOf(sites)),
        multiplicities:
          firsts.length === atoms.length &&
          atoms.every(({ multiplicity }, i) => multiplicity === (firsts[i + 1] ?? sites.length) - firsts[i]!),
        atoms: sites.length,
        strain: log < 0 ? -log : 0.3 * log,
      };
    } catch (error) {
      if (error instanceof FormatError) return nothing;
      throw error;
    }
  };
}

/** Distances decide where they differ by more than a tenth. */
const MARGIN = 0.1;

/** The evidence by which the first of two is better; null where it is not. */
export function better(p: Verdict, q: Verdict): 'formula' | 'multiplicities' | 'distances' | null {
  if (p.agreement !== q.agreement) return p.agreement > q.agreement ? 'formula' : null;
  if (p.multiplicities !== q.multiplicities) return p.multiplicities ? 'multiplicities' : null;
  return p.strain < q.strain - MARGIN ? 'distances' : null;
}
