import { CELL_KEYS, type Cell, type CellKey } from './cell.ts';

/**
 * The crystal families as data: which parameters are tied to each other and which are fixed (paper, S1.3).
 * Conventional cells; trigonal crystals in the hexagonal setting.
 */
export type FamilyId = 'cubic' | 'hexagonal' | 'tetragonal' | 'orthorhombic' | 'monoclinic' | 'triclinic';

export interface Family {
  readonly id: FamilyId;
  readonly label: string;
  /** Groups of lengths that are equal; the projection sets each to the mean of its group. */
  readonly equal: readonly (readonly CellKey[])[];
  /** Angles that symmetry fixes, in degrees. */
  readonly fixed: Readonly<Partial<Record<CellKey, number>>>;
}

const RIGHT = { alpha: 90, beta: 90, gamma: 90 } as const;

export const FAMILIES: readonly Family[] = [
  { id: 'cubic', label: 'Cubic', equal: [['a', 'b', 'c']], fixed: RIGHT },
  { id: 'hexagonal', label: 'Hexagonal', equal: [['a', 'b']], fixed: { alpha: 90, beta: 90, gamma: 120 } },
  { id: 'tetragonal', label: 'Tetragonal', equal: [['a', 'b']], fixed: RIGHT },
  { id: 'orthorhombic', label: 'Orthorhombic', equal: [], fixed: RIGHT },
  { id: 'monoclinic', label: 'Monoclinic', equal: [], fixed: { alpha: 90, gamma: 90 } },
  { id: 'triclinic', label: 'Triclinic', equal: [], fixed: {} },
];

export function familyOf(id: FamilyId): Family {
  const family = FAMILIES.find(entry => entry.id === id);
  if (!family) throw new Error(`no crystal family is called "${id}"`);
  return family;
}

/** The crystal family of a space-group number, 1 to 230; trigonal groups (143–167) count as hexagonal. */
export function familyOfSpaceGroup(number: number): FamilyId {
  if (!(Number.isInteger(number) && number >= 1 && number <= 230))
    throw new Error(`space-group number ${number} is outside 1–230`);
  if (number <= 2) return 'triclinic';
  if (number <= 15) return 'monoclinic';
  if (number <= 74) return 'orthorhombic';
  if (number <= 142) return 'tetragonal';
  if (number <= 194) return 'hexagonal';
  return 'cubic';
}

/**
 * The symmetry projector P of the paper (S1.3): every group of equal lengths takes its mean, fixed angles take
 * their values. Idempotent and linear up to the fixed values.
 */
export function projectCell(family: Family, cell: ArrayLike<number>): Cell {
  const out = Array.from({ length: 6 }, (_, i) => cell[i]!);
  for (const group of family.equal) {
    const indices = group.map(key => CELL_KEYS.indexOf(key));
    const mean = indices.reduce((sum, i) => sum + out[i]!, 0) / indices.length;
    for (const i of indices) out[i] = mean;
  }
  for (const [key, value] of Object.entries(family.fixed)) out[CELL_KEYS.indexOf(key as CellKey)] = value;
  return out as unknown as Cell;
}

/** The parameters that symmetry makes equal to `key`, `key` itself included. */
export const tiedTo = (family: Family, key: CellKey): readonly CellKey[] =>
  family.equal.find(group => group.includes(key)) ?? [key];
