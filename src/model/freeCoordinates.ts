import { metricTensor } from '../crystal/cell.ts';
import { sharedPositions } from '../crystal/sharedPositions.ts';
import { squareApart } from '../crystal/siteOrbit.ts';
import type { Site, Structure } from '../crystal/structure.ts';
import { applyOperator, type SymmetryOperator } from '../crystal/symmetry.ts';
import type { Move, MovedParameter, Symmetriser } from './parameter.ts';
import { slotsOf } from './slots.ts';

/** A crystal in its cell. */
export type Placed = Pick<Structure, 'cell' | 'sites'>;

/** A direction that the symmetry of a site leaves free, named by its leading coordinate: (1, 2, 0) is x of x, 2x, z. */
export interface FreeCoordinate {
  /** 0, 1, 2: x, y, z. */
  readonly axis: number;
  /** Coordinates of the site and of its symmetric mates, those of species that share a place too; the first with factor 1. */
  readonly moves: readonly Move[];
}

/** A set of symmetry-equivalent positions. */
export interface Orbit {
  /** Sites of each position, the first the one in the list first: [positions][species]. */
  readonly positions: readonly (readonly number[])[];
  readonly free: readonly FreeCoordinate[];
}

/** Places and images of atoms agree to this much, in angstrom: far above the rounding of coordinates, far below any bond. */
const SAME_ATOM = 0.3;

/** The site that each operator takes each site to, [operators * sites]. @throws where the crystal has no such symmetry */
export function siteImages(operators: readonly SymmetryOperator[], { cell, sites }: Placed): Int32Array {
  const metric = metricTensor(cell);
  const alike = sites.map(site =>
    [...sites.keys()].filter(
      j => sites[j]!.element === site.element && Math.abs(sites[j]!.occupancy - site.occupancy) < 1e-6,
    ),
  );
  const images = new Int32Array(operators.length * sites.length);
  for (const [g, operator] of operators.entries())
    for (const [i, site] of sites.entries()) {
      const image = applyOperator(operator, site.fract);
      let [nearest, least] = [-1, SAME_ATOM ** 2];
      for (const j of alike[i]!) {
        const square = squareApart(image, sites[j]!.fract, metric);
        if (square < least) [nearest, least] = [j, square];
      }
      if (nearest < 0) throw new Error(`symmetry takes ${site.label} to where no ${site.element} is`);
      images[g * sites.length + i] = nearest;
    }
  return images;
}

/** Orbits of a crystal under the operators of its cell, in the order of their first sites, with what is free in each. */
export function orbitsOf(operators: readonly SymmetryOperator[], crystal: Placed): Orbit[] {
  const { sites } = crystal;
  const images = siteImages(operators, crystal);
  const places = sharedPositions(sites);
  const placeOf = new Int32Array(sites.length);
  for (const [p, place] of places.entries()) for (const i of place) placeOf[i] = p;
  const { fract } = slotsOf(sites);
  const seen = new Set<number>();
  const orbits: Orbit[] = [];
  for (const [p, place] of places.entries()) {
    if (seen.has(p)) continue;
    // one operator to each position; those that come back make up the symmetry of the site
    const reached = new Map<number, SymmetryOperator>([[p, operators[0]!]]);
    const mean = new Float64Array(9);
    let own = 0;
    for (const [g, operator] of operators.entries()) {
      const to = placeOf[images[g * sites.length + place[0]!]!]!;
      if (to === p) {
        if (own === 0) reached.set(p, operator);
        own++;
        for (let i = 0; i < 9; i++) mean[i]! += operator.rotation[i]!;
      } else if (!reached.has(to)) reached.set(to, operator);
    }
    for (const other of reached.keys()) seen.add(other);
    const free = reducedRows(invariant(mean.map(x => x / own))).map(direction => {
      const axis = direction.findIndex(x => x !== 0);
      const moves: Move[] = [];
      for (const [to, { rotation }] of reached)
        for (let i = 0; i < 3; i++) {
          const factor = rounded(
            rotation[3 * i]! * direction[0]! +
              rotation[3 * i + 1]! * direction[1]! +
              rotation[3 * i + 2]! * direction[2]!,
          );
          if (factor !== 0) for (const j of places[to]!) moves.push({ slot: fract + 3 * j + i, factor });
        }
      const lead = moves.findIndex(({ slot }) => slot === fract + 3 * place[0]! + axis);
      return { axis, moves: [moves[lead]!, ...moves.filter((_, i) => i !== lead)] };
    });
    orbits.push({ positions: [...reached.keys()].map(to => places[to]!), free });
  }
  return orbits;
}

/** Fractions of small whole numbers, freed of rounding. */
const rounded = (x: number): number => Math.round(x * 5040) / 5040 + 0;

/** Columns of the mean rotation, which span what all rotations of a site leave as it is. */
const invariant = (mean: ArrayLike<number>): number[][] =>
  [0, 1, 2].map(j => [0, 1, 2].map(i => mean[3 * i + j]!));

/** Reduced row echelon form, without its rows of zeros. */
function reducedRows(rows: number[][]): number[][] {
  const left = rows.map(row => [...row]);
  const done: number[][] = [];
  for (let column = 0; column < 3; column++) {
    const pivot = left.findIndex(row => Math.abs(row[column]!) > 1e-6);
    if (pivot < 0) continue;
    const [row] = left.splice(pivot, 1);
    const scaled = row!.map(x => x / row![column]!);
    for (const other of [...left, ...done]) {
      const factor = other[column]!;
      for (let i = 0; i < 3; i++) other[i]! -= factor * scaled[i]!;
    }
    done.push(scaled);
  }
  return done.map(row => row.map(rounded));
}

/**
 * The mean over a group of all images of the coordinates (Reynolds operator): x'_k = Σ_j A_kj x_j + b_k. Plain data; what
 * is symmetric stays as it is, anything else goes to the nearest that is, in the mean over the group.
 */
export interface SymmetryMean {
  /** Sites k and j of each block [blocks]. */
  readonly to: Int32Array;
  readonly from: Int32Array;
  /** A_kj, row-major [blocks * 9]. */
  readonly blocks: Float64Array;
  /** b [sites * 3]. */
  readonly offset: Float64Array;
}

/** @param crystal where it is symmetric: which images are of which atoms is read there */
export function symmetriser(operators: readonly SymmetryOperator[], crystal: Placed): SymmetryMean {
  const { sites } = crystal;
  const n = sites.length;
  const images = siteImages(operators, crystal);
  const sums = new Map<number, Float64Array>();
  const offset = new Float64Array(3 * n);
  for (const [g, { rotation, translation }] of operators.entries())
    for (let j = 0; j < n; j++) {
      const k = images[g * n + j]!;
      const sum = sums.get(k * n + j) ?? new Float64Array(9);
      sums.set(k * n + j, sum);
      for (let i = 0; i < 3; i++) {
        const image = imageOf(rotation, translation, sites[j]!, i);
        const turns = Math.round(sites[k]!.fract[i]! - image);
        offset[3 * k + i]! += (translation[i]! + turns) / operators.length;
        for (let c = 0; c < 3; c++) sum[3 * i + c]! += rotation[3 * i + c]! / operators.length;
      }
    }
  const keys = [...sums.keys()].sort((p, q) => p - q);
  return {
    to: Int32Array.from(keys, key => Math.floor(key / n)),
    from: Int32Array.from(keys, key => key % n),
    blocks: Float64Array.from(keys.flatMap(key => [...sums.get(key)!])),
    offset,
  };
}

const imageOf = (
  rotation: readonly number[],
  translation: readonly number[],
  { fract }: Site,
  i: number,
): number =>
  rotation[3 * i]! * fract[0] +
  rotation[3 * i + 1]! * fract[1] +
  rotation[3 * i + 2]! * fract[2] +
  translation[i]!;

/** Symmetric coordinates [sites * 3] from any. @param out another array than the coordinates */
export function symmetrised(
  { to, from, blocks, offset }: SymmetryMean,
  coordinates: ArrayLike<number>,
  out: Float64Array,
): Float64Array {
  out.set(offset);
  for (let b = 0; b < to.length; b++)
    for (let i = 0; i < 3; i++)
      for (let c = 0; c < 3; c++)
        out[3 * to[b]! + i]! += blocks[9 * b + 3 * i + c]! * coordinates[3 * from[b]! + c]!;
  return out;
}

/**
 * The mean over the numbers of a point, for parameters of single atoms: one row each, in their order.
 * @param atoms x, y and z of every position, each moving the slots of the species there
 */
export function symmetricRows(
  mean: SymmetryMean,
  sites: readonly Site[],
  atoms: readonly Pick<MovedParameter, 'moves'>[],
): Symmetriser {
  const { fract } = slotsOf(sites);
  const rowOf = new Map(atoms.flatMap(({ moves }, row) => moves.map(({ slot }) => [slot - fract, row])));
  return atoms.map(({ moves }) => {
    const lead = moves[0]!.slot - fract;
    const [site, i] = [Math.floor(lead / 3), lead % 3];
    const weights = new Map<number, number>();
    for (let b = 0; b < mean.to.length; b++) {
      if (mean.to[b] !== site) continue;
      for (let c = 0; c < 3; c++) {
        const row = rowOf.get(3 * mean.from[b]! + c)!;
        const weight = mean.blocks[9 * b + 3 * i + c]!;
        if (weight !== 0) weights.set(row, (weights.get(row) ?? 0) + weight);
      }
    }
    return { from: [...weights.keys()], weights: [...weights.values()], offset: mean.offset[lead]! };
  });
}
