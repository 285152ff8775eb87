import { expect, test } from 'vitest';
import { type Cell, latticeMatrix } from '../../src/crystal/cell.ts';
import type { Site } from '../../src/crystal/structure.ts';
import { bondsBetween } from '../../src/views/cell/bonds.ts';
import { atomsToDraw, movedAtoms } from '../../src/views/cell/cellAtoms.ts';
import { cellSvg } from '../../src/views/cell/cellSvg.ts';
import { bondSplit, type CellFrame, halfBonds } from '../../src/views/cell/frame.ts';
import { middle, project } from '../../src/views/cell/projection.ts';
import { cellText, measurement, speciesText } from '../../src/views/cell/readout.ts';
import { restingPose, rotationOf } from '../../src/views/cell/viewpoint.ts';
import { PALETTE } from '../support/palette.ts';

const TRUTH: Cell = [4, 4, 4, 90, 90, 90];
const SITES: readonly Site[] = [
  { label: 'Cs1', element: 'Cs', fract: [0, 0, 0], occupancy: 1 },
  { label: 'Cl1', element: 'Cl', fract: [0.5, 0.5, 0.5], occupancy: 1 },
];

function frameOf(sites: readonly Site[], current: Cell): CellFrame {
  const truth = latticeMatrix(TRUTH) as Float64Array<ArrayBuffer>;
  const lattice = latticeMatrix(current) as Float64Array<ArrayBuffer>;
  const atoms = atomsToDraw(sites, 1);
  return {
    projection: {
      width: 300,
      height: 200,
      rotation: rotationOf(truth, restingPose(truth)),
      centre: middle(truth, 1),
      scale: 30,
      pan: [0, 0],
      nearness: 0,
      reach: 10,
    },
    atoms,
    home: atoms,
    displaced: [],
    truth,
    bonds: bondsBetween(atoms, lattice),
    repeat: 1,
    lattice,
    ghost: current === TRUTH ? null : truth,
    palette: PALETTE,
    surface: null,
    tone: 'current',
    planes: [],
    hovered: null,
    selected: [],
  };
}
const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;

test('the SVG shows every atom as a shaded sphere and writes no number that is none', () => {
  const svg = cellSvg(frameOf(SITES, TRUTH));
  expect(count(svg, /fill="url\(#cell-shade\)"/g)).toBe(9);
  expect(count(svg, /fill="rgb\(/g)).toBe(9);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});

test('the true cell is dashed, its atoms outlined; where the two coincide there is no ghost', () => {
  const apart = cellSvg(frameOf(SITES, [4.2, 4, 4, 90, 90, 90]));
  expect(count(apart, /<circle[^>]*fill="none"[^>]*stroke-dasharray/g)).toBe(9);
  expect(count(apart, /<path[^>]*stroke-dasharray/g)).toBeGreaterThan(12);
  expect(cellSvg(frameOf(SITES, TRUTH))).not.toContain('stroke-dasharray');
});

test('an atom that has moved in an unchanged cell leaves its outline behind and a line from there, the others none', () => {
  const frame = frameOf(SITES, TRUTH);
  const sites = SITES.map(site =>
    site.element === 'Cl' ? { ...site, fract: [0.6, 0.5, 0.5] as const } : site,
  );
  const atoms = movedAtoms(frame.home, SITES, sites);
  const displaced = [frame.home.findIndex(({ species }) => species[0]!.element === 'Cl')];
  const svg = cellSvg({ ...frame, atoms, displaced });
  expect(count(svg, /<circle[^>]*fill="none"[^>]*stroke-dasharray/g)).toBe(1);
  const [, ...ends] = new RegExp(
    `<path d="M([\\d.]+) ([\\d.]+)L([\\d.]+) ([\\d.]+)" stroke="${PALETTE.current}"`,
  )
    .exec(svg)!
    .map(Number);
  const place = (x: number): number[] => {
    const at = project(frame.projection, [4 * x, 2, 2]);
    return [at.x, at.y];
  };
  for (const [i, pixel] of [...place(0.5), ...place(0.6)].entries()) expect(ends[i]).toBeCloseTo(pixel, 0);
});

test('what is nearer is drawn later', () => {
  const svg = cellSvg(frameOf(SITES, TRUTH));
  const spheres = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="[\d.]+" fill="rgb/g)];
  // Seen from above, the front corner at the bottom is the lowest on screen and hides the ones behind.
  const lowest = Math.max(...spheres.map(match => Number(match[2])));
  expect(spheres.findIndex(match => Number(match[2]) === lowest)).toBeGreaterThan(4);
});

test('a mixed site is a pie of its shares and an incomplete one leaves a gap of the background', () => {
  const mixedSites: Site[] = [
    { label: 'Mn1', element: 'Mn', fract: [0.5, 0.5, 0.5], occupancy: 0.5 },
    { label: 'Ni1', element: 'Ni', fract: [0.5, 0.5, 0.5], occupancy: 0.3 },
  ];
  const svg = cellSvg(frameOf(mixedSites, TRUTH));
  expect(count(svg, /A[\d. ]+ 0 [01] 1 [\d. ]+Z/g)).toBe(2);
  expect(svg).toContain(`fill="${PALETTE.panel}"`);
});

test('a bond changes colour in the middle of what is seen between the spheres', () => {
  expect(bondSplit(4, 1, 1)).toBe(0.5);
  // From 1 to 3.5 Å of 4 the bond is visible.
  expect(bondSplit(4, 1, 0.5) * 4).toBeCloseTo(2.25, 12);
  const frame = frameOf(SITES, TRUTH);
  const halves = halfBonds(frame);
  expect(halves).toHaveLength(frame.bonds.length);
  for (const [k, { element, to }] of halves.entries()) {
    expect(element).toBe(frame.atoms[frame.bonds[k]!]!.species[0]!.element);
    for (const i of [0, 1, 2]) expect(to[i]).toBeCloseTo(halves[k ^ 1]!.to[i]!, 12);
  }
});

test('readouts name label, element where the label hides it, and shares; distances beside the true ones', () => {
  const [atom] = atomsToDraw(
    [
      { label: 'M1', element: 'Mn', fract: [0, 0, 0], occupancy: 0.5 },
      { label: 'Ni1', element: 'Ni', fract: [0, 0, 0], occupancy: 0.25 },
    ],
    1,
  );
  expect(speciesText(atom!)).toBe('M1 (Mn) 0.5, Ni1 0.25');
  const atoms = atomsToDraw(SITES, 1);
  const [truth, current] = [latticeMatrix(TRUTH), latticeMatrix([4.2, 4, 4, 90, 90, 90])];
  const between = (some: typeof atoms, now = some) =>
    measurement({ atoms: some, lattice: truth }, { atoms: now, lattice: current });
  expect(between(atoms.slice(0, 1))).toBeNull();
  const centre = atoms.at(-1)!;
  expect(between([atoms[0]!, centre])).toEqual({
    between: 'Cs1–Cl1',
    now: '3.523\u202fÅ',
    truly: '3.464\u202fÅ',
  });
  expect(between([atoms[0]!, centre, atoms[7]!])?.truly).toBe('180.0°');
  // an atom that has moved is measured where it is now: x = 0.6 of 4.2 Å
  expect(between([atoms[0]!, centre], [atoms[0]!, { ...centre, fract: [0.6, 0.5, 0.5] }])?.now).toBe(
    '3.788\u202fÅ',
  );
  expect(cellText(TRUTH)).toBe('a 4.000, b 4.000, c 4.000 Å, α 90.0°, β 90.0°, γ 90.0°');
});
