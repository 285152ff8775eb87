import type { Structure } from '../../crystal/structure.ts';
import { pagePool } from '../../engine/pool.ts';
import { reasonOf } from '../../num/reasonOf.ts';
import type { SymmetryReport } from '../../symmetry/analyseSymmetry.ts';
import type { CellChoice } from '../../symmetry/standardCells.ts';

/** Finding, or a sentence that says why there is none. */
export type Found<T> = { readonly value: T } | { readonly failure: string };

const settled = <T>(work: Promise<T>): Promise<Found<T>> =>
  work.then(
    value => ({ value }),
    (error: Error) => ({ failure: reasonOf(error) }),
  );

/** Space group and Wyckoff sites. Never rejects. */
export const symmetryOf = (
  structure: Structure,
  tolerance: number,
  signal: AbortSignal,
): Promise<Found<SymmetryReport>> =>
  settled(pagePool().call('symmetry', 'analyse', null, { structure, tolerance }, { signal, solid: true }));

/** The crystal in its conventional, primitive or Niggli cell. Never rejects. */
export const inCell = (
  structure: Structure,
  choice: CellChoice,
  tolerance: number,
  signal: AbortSignal,
): Promise<Found<Structure>> =>
  choice === 'given'
    ? Promise.resolve({ value: structure })
    : settled(
        pagePool().call(
          'symmetry',
          'inCell',
          null,
          { structure, tolerance, choice },
          { signal, solid: true },
        ),
      );
