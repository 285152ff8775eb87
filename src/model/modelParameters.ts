import { CELL_KEYS } from '../crystal/cell.ts';
import type { Site } from '../crystal/structure.ts';
import type { SymmetryOperator } from '../crystal/symmetry.ts';
import type { Instrument } from '../diffraction/instrument.ts';
import { type Direction, USUAL_AXIS } from '../diffraction/marchDollase.ts';
import { plainMeasurement } from '../diffraction/measurement.ts';
import { cellParameter } from './cellParameter.ts';
import { type FreeCoordinate, type Orbit, orbitsOf, type Placed } from './freeCoordinates.ts';
import type { ModelParameter, Move } from './parameter.ts';
import { rowOf } from './point.ts';
import { measurementSlot, type Slots, slotsOf } from './slots.ts';

const AXES = ['x', 'y', 'z'] as const;

/**
 * Everything that a pattern of a crystal depends on, in the order of a chooser: the cell, coordinates with their symmetry
 * and each atom's alone, thermal motion, occupancies, the measurement.
 * @param operators of the cell as given; the identity alone where no symmetry is known
 * @param axis of preferred orientation
 */
export function modelParameters(
  structure: Placed,
  operators: readonly SymmetryOperator[],
  instrument: Instrument,
  axis: Direction = USUAL_AXIS,
): ModelParameter[] {
  const { sites, cell } = structure;
  const slots = slotsOf(sites);
  const base = rowOf(sites, instrument);
  base.set(cell);
  const orbits = orbitsOf(operators, structure);
  const labels = siteLabels(sites);
  const place = (positions: readonly number[]): string => positions.map(j => labels[j]!).join(', ');
  return [
    ...CELL_KEYS.map(key => cellParameter(key, cell)),
    ...orbits.flatMap(orbit => {
      const [first] = orbit.positions;
      return orbit.free.map(free => ofSite(free, orbit, labels[first![0]!]!, place(first!), base));
    }),
    ...orbits
      .flatMap(orbit => orbit.positions)
      .sort((p, q) => p[0]! - q[0]!)
      .flatMap(species => AXES.map((_, i) => ofAtom(species, i, place(species), slots, base))),
    ...thermal(slots),
    ...orbits.flatMap(orbit => orbit.positions[0]!.map(j => ofOccupancy(j, orbit, sites, labels[j]!, slots))),
    ...ofMeasurement(slots, instrument, axis),
  ];
}

/** The parameter of an id, from a list; undefined where the crystal has none of it. */
export const parameterById = (
  parameters: readonly ModelParameter[],
  id: string,
): ModelParameter | undefined => parameters.find(parameter => parameter.id === id);

/** A site that symmetry holds where it is, and why. */
export interface FixedSite {
  readonly label: string;
  readonly reason: string;
}

/** Sites without a free coordinate. */
export function fixedSites(structure: Placed, operators: readonly SymmetryOperator[]): FixedSite[] {
  const labels = siteLabels(structure.sites);
  return orbitsOf(operators, structure)
    .filter(({ free }) => free.length === 0)
    .map(({ positions }) => {
      const label = positions[0]!.map(j => labels[j]!).join(', ');
      return { label, reason: `${label} sits on a special position: no free coordinate` };
    });
}

/** Labels of the sites, made unique: a second O1 is O1-2; a bare number, which would read as the place of an atom, "atom 7". */
export function siteLabels(sites: readonly Site[]): string[] {
  const taken = new Set<string>();
  const wanted = sites.map(({ label, element }, i) => {
    // what a link carries as it is
    const plain = label.trim().replace(/[^\w.()'*+-]+/g, '-') || `${element}${i + 1}`;
    return /^\d+$/.test(plain) ? `${element}${plain}` : plain;
  });
  const originals = new Set(wanted);
  return wanted.map(label => {
    let unique = label;
    for (let n = 2; taken.has(unique) || (n > 2 && originals.has(unique)); n++) unique = `${label}-${n}`;
    taken.add(unique);
    return unique;
  });
}

/** A coordinate, with what moves along. */
function ofCoordinate(
  moves: readonly Move[],
  base: Float64Array,
): Omit<ModelParameter, 'id' | 'group' | 'name' | 'note'> {
  const value = base[moves[0]!.slot]!;
  const round = (x: number): number => Number(x.toFixed(6));
  return {
    unit: '',
    value,
    moves,
    period: periodOf(moves),
    range: [round(value - 0.1), round(value + 0.1)],
    limits: [-2, 2],
    step: 0.001,
    digits: 4,
  };
}

/** The least whole number by which a coordinate and all that moves with it shift by whole cells: 2 for x, x/2. */
function periodOf(moves: readonly Move[]): number | null {
  for (let n = 1; n <= 12; n++)
    if (moves.every(({ factor }) => Math.abs(n * factor - Math.round(n * factor)) < 1e-9)) return n;
  return null;
}

function ofSite(
  { axis, moves }: FreeCoordinate,
  { positions }: Orbit,
  label: string,
  species: string,
  base: Float64Array,
): ModelParameter {
  const mates = positions.length - 1;
  return {
    ...ofCoordinate(moves, base),
    id: `${AXES[axis]}.${label}`,
    group: 'site',
    name: `*${AXES[axis]}* of ${species}`,
    note:
      mates === 0 ? 'has no symmetric mate' : `moves ${mates} ${mates === 1 ? 'mate' : 'mates'} by symmetry`,
  };
}

function ofAtom(
  species: readonly number[],
  axis: number,
  label: string,
  slots: Slots,
  base: Float64Array,
): ModelParameter {
  const moves = species.map(j => ({ slot: slots.fract + 3 * j + axis, factor: 1 }));
  return {
    ...ofCoordinate(moves, base),
    id: `${AXES[axis]}.${species[0]}`,
    group: 'atom',
    name: `*${AXES[axis]}* of ${label} alone`,
    note: 'without symmetry: its mates stay',
  };
}

function thermal(slots: Slots): ModelParameter[] {
  const of = (id: string, name: string, note: string, slot: number): ModelParameter => ({
    id,
    group: 'thermal',
    name,
    note,
    unit: 'Å²',
    value: 0,
    moves: [{ slot, factor: 1 }],
    period: null,
    range: [0, 3],
    limits: [-5, 20],
    step: 0.1,
    digits: 3,
  });
  return [
    of(
      'B',
      'overall *B*',
      'thermal motion of all atoms: intensities fall as exp(−2B sin²θ/λ²)',
      slots.overallB,
    ),
    ...slots.elements.map((element, e) =>
      of(`B.${element}`, `*B* of ${element}`, `thermal motion of every ${element}`, slots.b + e),
    ),
  ];
}

function ofOccupancy(
  j: number,
  { positions }: Orbit,
  sites: readonly Site[],
  label: string,
  slots: Slots,
): ModelParameter {
  const { element, occupancy } = sites[j]!;
  const alike = (place: readonly number[]): number[] => place.filter(i => sites[i]!.element === element);
  const rank = alike(positions[0]!).indexOf(j);
  const mates = positions.map(place => alike(place)[rank]!);
  return {
    id: `occ.${label}`,
    group: 'occupancy',
    name: `occupancy of ${label}`,
    note:
      positions.length === 1
        ? 'share of its place that it fills'
        : `and of ${positions.length - 1} symmetric mates`,
    unit: '',
    value: occupancy,
    moves: mates.map(i => ({ slot: slots.occupancy + i, factor: 1 })),
    period: null,
    range: [0, 1.2],
    limits: [0, 2],
    step: 0.01,
    digits: 3,
  };
}

function ofMeasurement(slots: Slots, instrument: Instrument, axis: Direction): ModelParameter[] {
  const plain = plainMeasurement(instrument);
  const of = (
    key: keyof typeof plain,
    name: string,
    note: string,
    unit: ModelParameter['unit'],
    range: readonly [number, number],
    limits: readonly [number, number],
  ): ModelParameter => ({
    id: key,
    group: 'measurement',
    name,
    note,
    unit,
    value: plain[key],
    moves: [{ slot: measurementSlot(slots, key), factor: 1 }],
    period: null,
    range,
    limits,
    step: 0.01,
    digits: 3,
  });
  const along = axis.every(h => h >= 0 && h < 10) ? axis.join('') : axis.join(' ');
  return [
    of('zero', 'zero shift', 'added to 2θ of every peak', '°', [-0.3, 0.3], [-1, 1]),
    of('displacement', 'sample displacement', 'times cosθ added to 2θ', '°', [-0.3, 0.3], [-1, 1]),
    of('widthFactor', 'width factor', 'of all peak widths', '', [0.5, 2], [0.1, 10]),
    of('eta', 'mixing *η*', 'Gaussian share of the profile', '', [0, 1], [0, 1]),
    of(
      'march',
      `March–Dollase *r* along ${along}`,
      'preferred orientation: below 1 plates, above 1 needles',
      '',
      [0.5, 2],
      [0.1, 10],
    ),
  ];
}
