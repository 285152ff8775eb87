import { metricTensor } from '../../src/crystal/cell.ts';
import { familyOfCell } from '../../src/crystal/cellFamily.ts';
import { siteOrbit } from '../../src/crystal/siteOrbit.ts';
import { settingOperators, settingsBySymbol } from '../../src/crystal/spaceGroups.ts';
import type { Site, Structure } from '../../src/crystal/structure.ts';

type Atom = readonly [element: string, x: number, y: number, z: number, wyckoff: string];

/**
 * A structure as published: group and setting, cell, one atom an orbit with its Wyckoff letter, atoms in the
 * cell. Letters that a shift of the origin swaps are "a or b". */
export interface TextbookEntry {
  readonly name: string;
  readonly number: number;
  readonly setting: string;
  readonly cell: readonly [number, number, number, number, number, number];
  readonly atoms: readonly Atom[];
  readonly count: number;
}

const cubic = (a: number): TextbookEntry['cell'] => [a, a, a, 90, 90, 90];
const hexagonal = (a: number, c: number): TextbookEntry['cell'] => [a, a, c, 90, 90, 120];
const tetragonal = (a: number, c: number): TextbookEntry['cell'] => [a, a, c, 90, 90, 90];
const box = (a: number, b: number, c: number): TextbookEntry['cell'] => [a, b, c, 90, 90, 90];

/**
 * Prototypes from Wyckoff, Crystal Structures, 2nd ed. (1963–1971), and Strukturbericht, in the settings of
 * International Tables A: parameters rounded to four decimals.
 */
export const TEXTBOOK: readonly TextbookEntry[] = [
  {
    name: 'copper',
    number: 225,
    setting: 'F m -3 m',
    cell: cubic(3.6147),
    atoms: [['Cu', 0, 0, 0, 'a']],
    count: 4,
  },
  {
    name: 'α-iron',
    number: 229,
    setting: 'I m -3 m',
    cell: cubic(2.8665),
    atoms: [['Fe', 0, 0, 0, 'a']],
    count: 2,
  },
  {
    name: 'diamond',
    number: 227,
    setting: 'F d -3 m:2',
    cell: cubic(3.567),
    atoms: [['C', 0.125, 0.125, 0.125, 'a']],
    count: 8,
  },
  {
    name: 'magnesium',
    number: 194,
    setting: 'P 63/m m c',
    cell: hexagonal(3.2094, 5.2105),
    atoms: [['Mg', 1 / 3, 2 / 3, 0.25, 'c']],
    count: 2,
  },
  {
    name: 'graphite',
    number: 194,
    setting: 'P 63/m m c',
    cell: hexagonal(2.456, 6.696),
    atoms: [
      ['C', 0, 0, 0.25, 'b'],
      ['C', 1 / 3, 2 / 3, 0.25, 'c'],
    ],
    count: 4,
  },
  {
    name: 'β-tin',
    number: 141,
    setting: 'I 41/a m d:2',
    cell: tetragonal(5.8318, 3.1819),
    atoms: [['Sn', 0, 0.75, 0.125, 'a']],
    count: 4,
  },
  {
    name: 'tellurium',
    number: 152,
    setting: 'P 31 2 1',
    cell: hexagonal(4.4572, 5.929),
    atoms: [['Te', 0.2633, 0, 1 / 3, 'a']],
    count: 3,
  },
  {
    name: 'rock salt',
    number: 225,
    setting: 'F m -3 m',
    cell: cubic(5.6402),
    atoms: [
      ['Na', 0, 0, 0, 'a'],
      ['Cl', 0.5, 0.5, 0.5, 'b'],
    ],
    count: 8,
  },
  {
    name: 'caesium chloride',
    number: 221,
    setting: 'P m -3 m',
    cell: cubic(4.123),
    atoms: [
      ['Cs', 0, 0, 0, 'a'],
      ['Cl', 0.5, 0.5, 0.5, 'b'],
    ],
    count: 2,
  },
  {
    name: 'sphalerite',
    number: 216,
    setting: 'F -4 3 m',
    cell: cubic(5.4093),
    atoms: [
      ['Zn', 0, 0, 0, 'a'],
      ['S', 0.25, 0.25, 0.25, 'c'],
    ],
    count: 8,
  },
  {
    name: 'wurtzite',
    number: 186,
    setting: 'P 63 m c',
    cell: hexagonal(3.8227, 6.2607),
    atoms: [
      ['Zn', 1 / 3, 2 / 3, 0, 'b'],
      ['S', 1 / 3, 2 / 3, 0.3748, 'b'],
    ],
    count: 4,
  },
  {
    name: 'nickel arsenide',
    number: 194,
    setting: 'P 63/m m c',
    cell: hexagonal(3.602, 5.009),
    atoms: [
      ['Ni', 0, 0, 0, 'a'],
      ['As', 1 / 3, 2 / 3, 0.25, 'c'],
    ],
    count: 4,
  },
  {
    name: 'fluorite',
    number: 225,
    setting: 'F m -3 m',
    cell: cubic(5.463),
    atoms: [
      ['Ca', 0, 0, 0, 'a'],
      ['F', 0.25, 0.25, 0.25, 'c'],
    ],
    count: 12,
  },
  {
    name: 'rutile',
    number: 136,
    setting: 'P 42/m n m',
    cell: tetragonal(4.5937, 2.9581),
    atoms: [
      ['Ti', 0, 0, 0, 'a'],
      ['O', 0.3053, 0.3053, 0, 'f'],
    ],
    count: 6,
  },
  {
    name: 'anatase',
    number: 141,
    setting: 'I 41/a m d:1',
    cell: tetragonal(3.785, 9.514),
    atoms: [
      ['Ti', 0, 0, 0, 'a'],
      ['O', 0, 0, 0.2081, 'e'],
    ],
    count: 12,
  },
  {
    name: 'brookite',
    number: 61,
    setting: 'P b c a',
    cell: box(9.184, 5.447, 5.145),
    atoms: [
      ['Ti', 0.1289, 0.0972, 0.8628, 'c'],
      ['O', 0.0095, 0.1491, 0.1835, 'c'],
      ['O', 0.2314, 0.111, 0.5366, 'c'],
    ],
    count: 24,
  },
  {
    name: 'cuprite',
    number: 224,
    setting: 'P n -3 m:1',
    cell: cubic(4.2696),
    atoms: [
      ['O', 0, 0, 0, 'a'],
      ['Cu', 0.25, 0.25, 0.25, 'b or c'],
    ],
    count: 6,
  },
  {
    name: 'pyrite',
    number: 205,
    setting: 'P a -3',
    cell: cubic(5.4067),
    atoms: [
      ['Fe', 0, 0, 0, 'a'],
      ['S', 0.386, 0.386, 0.386, 'c'],
    ],
    count: 12,
  },
  {
    name: 'marcasite',
    number: 58,
    setting: 'P n n m',
    cell: box(4.4446, 5.4246, 3.3864),
    atoms: [
      ['Fe', 0, 0, 0, 'a'],
      ['S', 0.2, 0.378, 0, 'g'],
    ],
    count: 6,
  },
  {
    name: 'cadmium iodide',
    number: 164,
    setting: 'P -3 m 1',
    cell: hexagonal(4.24, 6.84),
    atoms: [
      ['Cd', 0, 0, 0, 'a'],
      ['I', 1 / 3, 2 / 3, 0.25, 'd'],
    ],
    count: 3,
  },
  {
    name: 'molybdenite',
    number: 194,
    setting: 'P 63/m m c',
    cell: hexagonal(3.1604, 12.295),
    atoms: [
      ['Mo', 1 / 3, 2 / 3, 0.25, 'c'],
      ['S', 1 / 3, 2 / 3, 0.629, 'f'],
    ],
    count: 6,
  },
  {
    name: 'α-quartz',
    number: 154,
    setting: 'P 32 2 1',
    cell: hexagonal(4.9134, 5.4052),
    atoms: [
      ['Si', 0.4699, 0, 2 / 3, 'a'],
      ['O', 0.4141, 0.2681, 0.7854, 'c'],
    ],
    count: 9,
  },
  {
    name: 'α-cristobalite',
    number: 92,
    setting: 'P 41 21 2',
    cell: tetragonal(4.9717, 6.9223),
    atoms: [
      ['Si', 0.3003, 0.3003, 0, 'a'],
      ['O', 0.2392, 0.1044, 0.1787, 'b'],
    ],
    count: 12,
  },
  {
    name: 'corundum',
    number: 167,
    setting: 'R -3 c:H',
    cell: hexagonal(4.7589, 12.991),
    atoms: [
      ['Al', 0, 0, 0.3522, 'c'],
      ['O', 0.3064, 0, 0.25, 'e'],
    ],
    count: 30,
  },
  {
    name: 'calcite',
    number: 167,
    setting: 'R -3 c:H',
    cell: hexagonal(4.9896, 17.061),
    atoms: [
      ['Ca', 0, 0, 0, 'b'],
      ['C', 0, 0, 0.25, 'a'],
      ['O', 0.2578, 0, 0.25, 'e'],
    ],
    count: 30,
  },
  {
    name: 'lithium niobate',
    number: 161,
    setting: 'R 3 c:H',
    cell: hexagonal(5.148, 13.863),
    atoms: [
      ['Nb', 0, 0, 0, 'a'],
      ['Li', 0, 0, 0.2787, 'a'],
      ['O', 0.0492, 0.3446, 0.0647, 'b'],
    ],
    count: 30,
  },
  {
    name: 'bismuth in rhombohedral axes',
    number: 166,
    setting: 'R -3 m:R',
    cell: [4.7459, 4.7459, 4.7459, 57.237, 57.237, 57.237],
    atoms: [['Bi', 0.2339, 0.2339, 0.2339, 'c']],
    count: 2,
  },
  {
    name: 'perovskite SrTiO3',
    number: 221,
    setting: 'P m -3 m',
    cell: cubic(3.905),
    atoms: [
      ['Ti', 0, 0, 0, 'a'],
      ['Sr', 0.5, 0.5, 0.5, 'b'],
      ['O', 0.5, 0, 0, 'd'],
    ],
    count: 5,
  },
  {
    name: 'barium titanate',
    number: 99,
    setting: 'P 4 m m',
    cell: tetragonal(3.9945, 4.0335),
    atoms: [
      ['Ba', 0, 0, 0, 'a'],
      ['Ti', 0.5, 0.5, 0.514, 'b'],
      ['O', 0.5, 0.5, 0.975, 'b'],
      ['O', 0.5, 0, 0.486, 'c'],
    ],
    count: 5,
  },
  {
    name: 'CaTiO3',
    number: 62,
    setting: 'P n m a',
    cell: box(5.4423, 7.6401, 5.3796),
    atoms: [
      ['Ca', 0.0359, 0.25, 0.9926, 'c'],
      ['Ti', 0, 0, 0.5, 'b'],
      ['O', 0.4837, 0.25, 0.0711, 'c'],
      ['O', 0.2886, 0.0374, 0.7111, 'd'],
    ],
    count: 20,
  },
  {
    name: 'spinel',
    number: 227,
    setting: 'F d -3 m:2',
    cell: cubic(8.0832),
    atoms: [
      ['Mg', 0.125, 0.125, 0.125, 'a'],
      ['Al', 0.5, 0.5, 0.5, 'd'],
      ['O', 0.2624, 0.2624, 0.2624, 'e'],
    ],
    count: 56,
  },
  {
    name: 'zircon',
    number: 141,
    setting: 'I 41/a m d:2',
    cell: tetragonal(6.607, 5.982),
    atoms: [
      ['Zr', 0, 0.75, 0.125, 'a'],
      ['Si', 0, 0.25, 0.375, 'b'],
      ['O', 0, 0.0661, 0.1953, 'h'],
    ],
    count: 24,
  },
  {
    name: 'chalcopyrite',
    number: 122,
    setting: 'I -4 2 d',
    cell: tetragonal(5.289, 10.423),
    atoms: [
      ['Cu', 0, 0, 0, 'a or b'],
      ['Fe', 0, 0, 0.5, 'a or b'],
      ['S', 0.2574, 0.25, 0.125, 'd'],
    ],
    count: 16,
  },
  {
    name: 'forsterite',
    number: 62,
    setting: 'P b n m',
    cell: box(4.7535, 10.1943, 5.9807),
    atoms: [
      ['Mg', 0, 0, 0, 'a'],
      ['Mg', 0.9915, 0.2774, 0.25, 'c'],
      ['Si', 0.4262, 0.094, 0.25, 'c'],
      ['O', 0.7657, 0.0913, 0.25, 'c'],
      ['O', 0.2215, 0.4474, 0.25, 'c'],
      ['O', 0.2777, 0.1628, 0.0331, 'd'],
    ],
    count: 28,
  },
  {
    name: 'Cr3Si',
    number: 223,
    setting: 'P m -3 n',
    cell: cubic(4.564),
    atoms: [
      ['Si', 0, 0, 0, 'a'],
      ['Cr', 0.25, 0, 0.5, 'c'],
    ],
    count: 8,
  },
  {
    name: 'pyrope',
    number: 230,
    setting: 'I a -3 d',
    cell: cubic(11.459),
    atoms: [
      ['Al', 0, 0, 0, 'a'],
      ['Mg', 0.125, 0, 0.25, 'c'],
      ['Si', 0.375, 0, 0.25, 'd'],
      ['O', 0.0329, 0.0502, 0.6534, 'h'],
    ],
    count: 160,
  },
  {
    name: 'baddeleyite',
    number: 14,
    setting: 'P 1 21/c 1',
    cell: [5.1454, 5.2075, 5.3107, 90, 99.23, 90],
    atoms: [
      ['Zr', 0.2758, 0.0411, 0.2082, 'e'],
      ['O', 0.0703, 0.3359, 0.3406, 'e'],
      ['O', 0.4423, 0.7549, 0.4789, 'e'],
    ],
    count: 12,
  },
  {
    name: 'gypsum without hydrogen',
    number: 15,
    setting: 'I 1 2/c 1',
    cell: [5.679, 15.202, 6.522, 90, 118.43, 90],
    atoms: [
      ['Ca', 0.5, 0.0795, 0.25, 'e'],
      ['S', 0, 0.0773, 0.75, 'e'],
      ['O', 0.9632, 0.1319, 0.5505, 'f'],
      ['O', 0.7582, 0.0223, 0.6671, 'f'],
      ['O', 0.3796, 0.1821, 0.4589, 'f'],
    ],
    count: 32,
  },
];

/** Every atom of the cell. */
export function textbookStructure(entry: TextbookEntry): Structure {
  const setting = settingsBySymbol(entry.setting)[0];
  if (!setting) throw new Error(`${entry.setting} is not in the table`);
  const operators = settingOperators(setting);
  const metric = metricTensor(entry.cell);
  const sites = entry.atoms.flatMap(([element, x, y, z], i) =>
    siteOrbit(operators, [x, y, z], metric).positions.map(
      (fract, n): Site => ({ label: `${element}${i + 1}_${n + 1}`, element, fract, occupancy: 1 }),
    ),
  );
  return {
    name: entry.name,
    formula: entry.name,
    cell: entry.cell,
    sites,
    spaceGroup: { symbol: '?', number: null },
    family: familyOfCell(entry.cell),
    source: 'textbook',
  };
}
