import type { Cell } from '../crystal/cell.ts';
import { sharedPositions } from '../crystal/sharedPositions.ts';
import { fractOf, movedSites } from '../crystal/siteVector.ts';
import type { Crystal } from '../matching/periodicSet.ts';
import { normalDeviate } from '../num/normalDeviate.ts';
import { seededRng } from '../num/rng.ts';
import { cellParameters } from '../optimise/parameters.ts';

/** Distance at which the truth may lie from a start: σ of the noise, or what a user states. */
export interface AtomSpread {
  /** Share of a length, and radians; 0 where the cell is right. */
  readonly lattice: number;
  /** Unit fraction of each coordinate. */
  readonly coordinates: number;
}

/**
 * Other starts lie nearer than the truth does, in units of the spread: one drawn with the whole spread would lie further from
 * it than the given crystal.
 */
const LATTICE_SHARE = 0.7;
const COORDINATE_SHARE = 0.5;

/**
 * The given crystal, then others about it: coordinates moved by normal deviates, log lengths and angles evenly within their
 * share, all from one seeded sequence. The truth is not known here.
 */
export function* atomStarts(
  given: Crystal,
  { lattice, coordinates }: AtomSpread,
  starts: number,
  seed: number,
): Generator<Crystal> {
  yield given;
  const rng = seededRng(seed);
  const parameters = cellParameters(null);
  const positions = sharedPositions(given.sites);
  for (let k = 1; k < starts; k++) {
    const x = parameters
      .fromCell(given.cell)
      .map(value => value + LATTICE_SHARE * lattice * (2 * rng.uniform() - 1));
    const fract = fractOf(given.sites);
    for (const sites of positions)
      for (let i = 0; i < 3; i++) {
        const move = COORDINATE_SHARE * coordinates * normalDeviate(rng);
        for (const j of sites) fract[3 * j + i]! += move;
      }
    yield {
      cell: lattice > 0 ? (Array.from(parameters.toCell(x)) as unknown as Cell) : given.cell,
      sites: movedSites(given.sites, fract),
    };
  }
}
