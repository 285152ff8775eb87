import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cell, cellVolume, latticeMatrix } from '../../src/crystal/cell.ts';
import { axisLabels } from '../../src/views/cell/axisLabels.ts';
import { atomsToDraw, toCartesian } from '../../src/views/cell/cellAtoms.ts';
import {
  corners,
  fittingScale,
  middle,
  type Projection,
  pickAtom,
  project,
} from '../../src/views/cell/projection.ts';
import { angleAt, distanceBetween } from '../../src/views/cell/readout.ts';
import {
  enlarged,
  mixed,
  orbited,
  type Pose,
  type Rotation,
  restingPose,
  rotationOf,
} from '../../src/views/cell/viewpoint.ts';

const angle = fc.double({ min: 60, max: 120, noNaN: true });
const length = fc.double({ min: 2, max: 20, noNaN: true });
const cells = fc
  .tuple(length, length, length, angle, angle, angle)
  .map(numbers => numbers as Cell)
  .filter(cell => cellVolume(cell) > 0.2 * cell[0] * cell[1] * cell[2]);

const row = (r: Rotation, i: number) => [r[3 * i]!, r[3 * i + 1]!, r[3 * i + 2]!] as const;
const dot = (p: readonly number[], q: readonly number[]): number =>
  p.reduce((sum, v, i) => sum + v * q[i]!, 0);

const resting = (lattice: Float64Array, axis?: 0 | 1 | 2): Rotation =>
  rotationOf(lattice, restingPose(lattice, axis));
/** Unit vector along c, in Cartesian axes. */
function uprightOf(lattice: ArrayLike<number>): readonly number[] {
  const c = [lattice[2]!, lattice[5]!, lattice[8]!];
  return c.map(value => value / Math.hypot(...c));
}

function expectRotation(r: Rotation): void {
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 3; j++) expect(dot(row(r, i), row(r, j))).toBeCloseTo(i === j ? 1 : 0, 9);
  const [x, y, z] = [row(r, 0), row(r, 1), row(r, 2)];
  expect(
    x[0] * (y[1] * z[2] - y[2] * z[1]) -
      x[1] * (y[0] * z[2] - y[2] * z[0]) +
      x[2] * (y[0] * z[1] - y[1] * z[0]),
  ).toBeCloseTo(1, 9);
}

const viewOf = (cell: Cell, rotation: Rotation, nearness = 0): Projection => {
  const lattice = latticeMatrix(cell);
  const size = { width: 380, height: 230 };
  const scale = fittingScale(lattice, 1, rotation, size, 0.5, 1.05);
  return { ...size, rotation, centre: middle(lattice, 1), scale, pan: [0, 0], nearness, reach: 30 };
};
const U2TI: Cell = [4.828, 4.828, 2.847, 90, 90, 120];
const seen = (view: Projection, cell: Cell, fract: readonly [number, number, number]) =>
  project(view, toCartesian(latticeMatrix(cell), fract));

test('every view is a proper rotation, in any cell, also half-way between two', () => {
  fc.assert(
    fc.property(cells, fc.double({ min: 0, max: 1, noNaN: true }), (cell, share) => {
      const lattice = latticeMatrix(cell);
      const rest = restingPose(lattice);
      expectRotation(rotationOf(lattice, rest));
      for (const axis of [0, 1, 2] as const) {
        expectRotation(resting(lattice, axis));
        expectRotation(rotationOf(lattice, mixed(rest, restingPose(lattice, axis), share)));
      }
    }),
  );
});

test('by default c is upright, a runs to the right and the viewer is above', () => {
  fc.assert(
    fc.property(cells, cell => {
      const view = viewOf(cell, resting(latticeMatrix(cell)));
      const origin = seen(view, cell, [0, 0, 0]);
      const c = seen(view, cell, [0, 0, 1]);
      expect(c.x).toBeCloseTo(origin.x, 6);
      expect(c.y).toBeLessThan(origin.y);
      expect(seen(view, cell, [1, 0, 0]).x).toBeGreaterThan(origin.x);
      expect(row(view.rotation, 2)).toSatisfy(
        (toward: readonly number[]) => dot(toward, uprightOf(latticeMatrix(cell))) > 0,
      );
    }),
  );
  // The origin is the front corner, b goes to the back on the left.
  const view = viewOf(U2TI, resting(latticeMatrix(U2TI)));
  const depths = corners(latticeMatrix(U2TI), 1)
    .slice(0, 4)
    .map(corner => project(view, corner).depth);
  expect(Math.max(...depths)).toBe(depths[0]);
  expect(seen(view, U2TI, [0, 1, 0]).x).toBeLessThan(seen(view, U2TI, [0, 0, 0]).x);
});

test('looking along an axis shrinks it to a point, nearer end towards the viewer', () => {
  fc.assert(
    fc.property(cells, fc.constantFrom(0 as const, 1 as const, 2 as const), (cell, axis) => {
      const view = viewOf(cell, resting(latticeMatrix(cell), axis));
      const end: [number, number, number] = [0, 0, 0];
      end[axis] = 1;
      const [p, q] = [seen(view, cell, [0, 0, 0]), seen(view, cell, end)];
      expect(Math.hypot(p.x - q.x, p.y - q.y)).toBeLessThan(1e-6);
      expect(q.depth - p.depth).toBeCloseTo(cell[axis], 9);
    }),
  );
});

test('dragging right brings the front to the right, dragging down lowers it; c never hangs down', () => {
  const lattice = latticeMatrix(U2TI);
  const rest = restingPose(lattice);
  const seenFrom = (pose: Pose): Rotation => rotationOf(lattice, pose);
  // A point in front of the centre, as the rotation before sees it.
  const front = row(seenFrom(rest), 2);
  const turned = seenFrom(orbited(rest, 0.1, 0));
  expect(dot(row(turned, 0), front)).toBeCloseTo(Math.sin(0.1) * Math.cos((17 * Math.PI) / 180), 9);
  expect(dot(row(seenFrom(orbited(rest, 0, 0.1)), 1), front)).toBeCloseTo(-Math.sin(0.1), 9);
  expectRotation(turned);
  let circle = rest;
  for (let i = 0; i < 36; i++) circle = orbited(circle, Math.PI / 18, 0);
  for (const [i, value] of seenFrom(circle).entries()) expect(value).toBeCloseTo(seenFrom(rest)[i]!, 9);
  let tumbled = rest;
  for (let i = 0; i < 100; i++) {
    tumbled = orbited(tumbled, 0.3, i % 50 < 25 ? 0.1 : -0.1);
    expectRotation(seenFrom(tumbled));
    expect(dot(row(seenFrom(tumbled), 1), uprightOf(lattice))).toBeGreaterThanOrEqual(-1e-9);
  }
});

test('a turn to another view goes the shorter way round, and both ends are met', () => {
  const lattice = latticeMatrix(U2TI);
  const rest = restingPose(lattice);
  const far = orbited(rest, 2 * Math.PI * 3 + 0.2, 0);
  for (const [share, turn] of [
    [0, 0.2],
    [0.5, 0.1],
    [1, 0],
  ] as const) {
    const expected = rotationOf(lattice, orbited(rest, turn, 0));
    for (const [i, value] of rotationOf(lattice, mixed(far, rest, share)).entries())
      expect(value).toBeCloseTo(expected[i]!, 9);
  }
});

test('zooming keeps the point under the pointer in place, and stops at either end', () => {
  const rest: Pose = { ...restingPose(latticeMatrix(U2TI)), pan: [10, -4] };
  const near = enlarged(rest, 2, 50, 30);
  expect(near.zoom).toBe(2);
  // What was 40 and 34 pixels from the crystal is 80 and 68 from it now.
  expect(near.pan).toEqual([50 - 80, 30 - 68]);
  expect(enlarged(rest, 100, 0, 0).zoom).toBe(12);
  expect(enlarged(rest, 0.01, 0, 0).zoom).toBe(0.3);
});

test('the true cell fits the pane in every resting view', () => {
  fc.assert(
    fc.property(cells, cell => {
      const lattice = latticeMatrix(cell);
      const views = [resting(lattice), ...([0, 1, 2] as const).map(i => resting(lattice, i))];
      for (const rotation of views) {
        const view = viewOf(cell, rotation);
        for (const corner of corners(lattice, 1)) {
          const { x, y } = project(view, corner);
          expect(x).toSatisfy((value: number) => value > 14 && value < 366);
          expect(y).toSatisfy((value: number) => value > 14 && value < 216);
        }
      }
    }),
  );
});

test('perspective enlarges what is near and leaves the centre alone', () => {
  const rotation = resting(latticeMatrix(U2TI));
  const [flat, deep] = [viewOf(U2TI, rotation), viewOf(U2TI, rotation, 0.05)];
  expect(seen(deep, U2TI, [0.5, 0.5, 0.5])).toEqual(seen(flat, U2TI, [0.5, 0.5, 0.5]));
  const near = seen(deep, U2TI, [0, 0, 0]);
  expect(near.zoom).toBeCloseTo(1 / (1 - 0.05 * near.depth), 12);
  expect(near.zoom).toBeGreaterThan(1);
});

test('the letters of U2Ti stand outside: a below on the right, b below on the left, c on the left', () => {
  const lattice = latticeMatrix(U2TI);
  const view = viewOf(U2TI, resting(lattice));
  const [a, b, c] = axisLabels(view, lattice, 1, []);
  expect([a?.axis, b?.axis, c?.axis]).toEqual(['a', 'b', 'c']);
  expect(a!.x).toBeGreaterThan(190);
  expect(a!.y).toBeGreaterThan(115);
  expect(b!.x).toBeLessThan(190);
  expect(b!.y).toBeGreaterThan(115);
  const left = Math.min(...corners(lattice, 1).map(corner => project(view, corner).x));
  expect(c!.x).toBeLessThan(left);
});

test('an axis that points at the viewer has no letter, and letters keep clear of atoms', () => {
  const lattice = latticeMatrix(U2TI);
  expect(axisLabels(viewOf(U2TI, resting(lattice, 2)), lattice, 1, []).map(({ axis }) => axis)).toEqual([
    'a',
    'b',
  ]);
  const view = viewOf(U2TI, resting(lattice));
  const atoms = atomsToDraw([{ label: 'Cs1', element: 'Cs', fract: [0.5, 0, 0], occupancy: 1 }], 1);
  for (const label of axisLabels(view, lattice, 1, atoms))
    for (const atom of atoms) {
      const at = seen(view, U2TI, atom.fract);
      expect(Math.hypot(at.x - label.x, at.y - label.y)).toBeGreaterThan(atom.radius * view.scale);
    }
});

test('the front-most atom under the pixel is picked, none beside the atoms', () => {
  const cube: Cell = [4, 4, 4, 90, 90, 90];
  const lattice = latticeMatrix(cube);
  const view = viewOf(cube, resting(lattice, 2));
  const atoms = atomsToDraw([{ label: 'Po1', element: 'Po', fract: [0, 0, 0], occupancy: 1 }], 1);
  const { x, y } = seen(view, cube, [0, 0, 0]);
  const picked = pickAtom(view, lattice, atoms, x + 2, y - 2);
  expect(atoms[picked!]!.fract).toEqual([0, 0, 1]);
  expect(pickAtom(view, lattice, atoms, 190, 115)).toBeNull();
});

test('distances and angles are those of the lattice: the U–U bond of U2Ti is a/√3, hexagon angles 120°', () => {
  const lattice = latticeMatrix(U2TI);
  expect(distanceBetween(lattice, [1 / 3, 2 / 3, 0.5], [2 / 3, 1 / 3, 0.5])).toBeCloseTo(
    4.828 / Math.sqrt(3),
    9,
  );
  expect(angleAt(lattice, [1, 0, 0], [0, 0, 0], [0, 1, 0])).toBeCloseTo(120, 9);
});
