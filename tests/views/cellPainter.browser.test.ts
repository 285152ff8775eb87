import { OrthographicCamera, PerspectiveCamera, Vector3 } from 'three';
import { afterEach, expect, test } from 'vitest';
import { type Cell, latticeMatrix } from '../../src/crystal/cell.ts';
import { elementData } from '../../src/crystal/elements.ts';
import type { Site } from '../../src/crystal/structure.ts';
import { bondsBetween } from '../../src/views/cell/bonds.ts';
import { atomsToDraw, toCartesian } from '../../src/views/cell/cellAtoms.ts';
import type { CellFrame, CellPainter } from '../../src/views/cell/frame.ts';
import { createGlPainter, lookAt } from '../../src/views/cell/glPainter.ts';
import { middle, project } from '../../src/views/cell/projection.ts';
import { createSvgPainter } from '../../src/views/cell/useCellStage.ts';
import { restingPose, rotationOf } from '../../src/views/cell/viewpoint.ts';
import { PALETTE } from '../support/palette.ts';

const TRUTH: Cell = [4, 4, 4, 90, 90, 90];
const SITES: readonly Site[] = [
  { label: 'Cs1', element: 'Cs', fract: [0, 0, 0], occupancy: 1 },
  { label: 'Cl1', element: 'Cl', fract: [0.5, 0.5, 0.5], occupancy: 1 },
];
const ATOMS = atomsToDraw(SITES, 1);

function frameOf(current: Cell): CellFrame {
  const truth = latticeMatrix(TRUTH) as Float64Array<ArrayBuffer>;
  const lattice = latticeMatrix(current) as Float64Array<ArrayBuffer>;
  return {
    projection: {
      width: 320,
      height: 240,
      rotation: rotationOf(truth, restingPose(truth)),
      centre: middle(truth, 1),
      scale: 34,
      pan: [0, 0],
      nearness: 0,
      reach: 8,
    },
    atoms: ATOMS,
    home: ATOMS,
    displaced: [],
    truth,
    bonds: bondsBetween(ATOMS, lattice),
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

/** Atoms in their true places, without bonds. */
const bare = (atoms: CellFrame['atoms']) => ({ atoms, home: atoms, bonds: new Int32Array(0) });

const host = document.createElement('div');
document.body.append(host);
let painter: CellPainter | null = null;
afterEach(() => {
  painter?.dispose();
  painter = null;
});

async function pixelsOf(frame: CellFrame): Promise<(x: number, y: number) => readonly number[]> {
  const canvas = await painter!.snapshot(frame, 1);
  expect([canvas.width, canvas.height]).toEqual([320, 240]);
  const pen = canvas.getContext('2d')!;
  return (x, y) => [...pen.getImageData(Math.round(x), Math.round(y), 1, 1).data.slice(0, 3)];
}

/** Hue survives light and shade: the channels keep the order of the element's colour. */
const orderOf = (colour: readonly number[]): number[] => [0, 1, 2].sort((p, q) => colour[q]! - colour[p]!);

const create = (): CellPainter =>
  createGlPainter(
    host,
    () => {},
    () => {},
  );

for (const [name, make] of [
  ['WebGL', create],
  ['SVG', () => createSvgPainter(host)],
] as const)
  test(`${name}: the atoms lie where the projection says, in their elements' colours`, async () => {
    painter = make();
    const frame = frameOf([4.3, 3.9, 4.1, 90, 90, 90]);
    painter.paint(frame);
    const at = await pixelsOf(frame);
    const places = ATOMS.map(atom => project(frame.projection, toCartesian(frame.lattice, atom.fract)));
    const nearest = places.reduce((best, place, i) => (place.depth > places[best]!.depth ? i : best), 0);
    const { x, y } = places[nearest]!;
    const { colour } = elementData(ATOMS[nearest]!.species[0]!.element);
    expect(orderOf(at(x + 4, y + 4))).toEqual(orderOf(colour));
    if (name === 'WebGL') expect(at(2, 2)).toEqual([255, 255, 255]);
  });

test('a change of the cell makes no buffer while bonds and zoom stay', async () => {
  const calls: string[] = [];
  const gl = WebGL2RenderingContext.prototype;
  const { createBuffer, bufferData } = gl;
  painter = create();
  const first = frameOf([4.02, 4, 4, 90, 90, 90]);
  await painter.begin(first);
  gl.createBuffer = function (this: WebGL2RenderingContext) {
    calls.push('createBuffer');
    return createBuffer.call(this);
  };
  gl.bufferData = function (this: WebGL2RenderingContext, ...args: Parameters<typeof bufferData>) {
    calls.push('bufferData');
    bufferData.apply(this, args);
  } as typeof bufferData;
  try {
    for (let k = 3; k < 10; k++)
      await painter.begin({
        ...frameOf([4 + k / 100, 4, 4, 90, 90, 90]),
        bonds: first.bonds,
        ghost: first.ghost,
      });
    expect(calls).toEqual([]);
    // The counter counts: another set of atoms has buffers of its own.
    await painter.begin({ ...first, ...bare(atomsToDraw(SITES.slice(0, 1), 1)) });
    expect(calls.length).toBeGreaterThan(0);
  } finally {
    Object.assign(gl, { createBuffer, bufferData });
  }
});

test('every buffer and program of twenty painters is given back, of one that has shown everything too', async () => {
  const made = { buffers: 0, programs: 0 };
  const gl = WebGL2RenderingContext.prototype;
  const before: Record<string, unknown> = {};
  for (const [kind, name, step] of [
    ['buffers', 'createBuffer', 1],
    ['buffers', 'deleteBuffer', -1],
    ['programs', 'createProgram', 1],
    ['programs', 'deleteProgram', -1],
  ] as const) {
    const original = gl[name] as (...args: unknown[]) => unknown;
    before[name] = original;
    Object.assign(gl, {
      [name](this: WebGL2RenderingContext, ...args: unknown[]) {
        made[kind] += step;
        return original.apply(this, args);
      },
    });
  }
  try {
    const rest = frameOf([4.3, 3.9, 4.1, 90, 90, 90]);
    const plane = [
      [0, 0, 0],
      [1, 0, 0],
      [1, 1, 1],
    ] as const;
    const surface = {
      positions: new Float32Array([0, 0, 0, 1, 0, 0, 0, 1, 0]),
      normals: new Float32Array([0, 0, 1, 0, 0, 1, 0, 0, 1]),
      indices: new Uint32Array([0, 1, 2]),
    };
    for (let round = 0; round < 20; round++) {
      const own = create();
      await own.begin({ ...frameOf(TRUTH), bonds: new Int32Array(0) });
      expect(made.buffers).toBeGreaterThan(0);
      if (round === 0) {
        await own.begin({ ...rest, surface, planes: [plane], displaced: [0], hovered: 1, selected: [2] });
        await own.begin({ ...rest, ...bare(atomsToDraw(SITES, 2)), repeat: 2 });
        await own.begin(frameOf(TRUTH));
      }
      own.dispose();
      expect(made.buffers, `round ${round}`).toBe(0);
      expect(made.programs, `round ${round}`).toBe(0);
    }
    expect(host.childElementCount).toBe(0);
  } finally {
    Object.assign(gl, before);
  }
});

test("three's camera puts every atom on the pixel of the projection, parallel and in perspective, moved and zoomed", () => {
  const cameras = { flat: new OrthographicCamera(), deep: new PerspectiveCamera() };
  for (const nearness of [0, 0.04]) {
    const frame = frameOf([4.3, 3.9, 4.1, 85, 95, 100]);
    const view = { ...frame.projection, nearness, pan: [23, -11] as const, scale: 51 };
    const camera = lookAt(view, cameras);
    camera.updateMatrixWorld();
    for (const atom of ATOMS) {
      const point = toCartesian(frame.lattice, atom.fract);
      const clip = new Vector3(...point).project(camera);
      const { x, y } = project(view, point);
      expect((clip.x + 1) * 160).toBeCloseTo(x, 6);
      expect((1 - clip.y) * 120).toBeCloseTo(y, 6);
      expect(Math.abs(clip.z)).toBeLessThan(1);
    }
  }
});

test('a mixed site is a pie from the top clockwise, and the empty share is the colour of the pane', async () => {
  painter = create();
  const sites: Site[] = [
    { label: 'O1', element: 'O', fract: [0.5, 0.5, 0.5], occupancy: 0.5 },
    { label: 'N1', element: 'N', fract: [0.5, 0.5, 0.5], occupancy: 0.25 },
  ];
  const frame = { ...frameOf(TRUTH), ...bare(atomsToDraw(sites, 1)) };
  const at = await pixelsOf({ ...frame, projection: { ...frame.projection, scale: 120 } });
  // The right half is red oxygen, the lower left quarter blue nitrogen, the upper left one grey.
  for (const dy of [-8, 8]) expect(orderOf(at(168, 120 + dy))[0]).toBe(0);
  expect(orderOf(at(152, 128))[0]).toBe(2);
  const [r, g, b] = at(152, 112);
  expect(Math.max(r!, g!, b!) - Math.min(r!, g!, b!)).toBeLessThan(3);
});

test('the atom under the pointer has a ring, and what was chosen keeps its own', async () => {
  painter = create();
  const frame = frameOf(TRUTH);
  const centre = ATOMS.findIndex(({ species }) => species[0]!.element === 'Cl');
  const { x, y } = project(frame.projection, toCartesian(frame.lattice, ATOMS[centre]!.fract));
  const radius = ATOMS[centre]!.radius * frame.projection.scale + 2.4;
  const ringAt = async (shown: CellFrame): Promise<number> => {
    const at = await pixelsOf(shown);
    return Math.min(
      ...[0, 1, 2, 3, 4, 5, 6, 7].map(k => at(x + radius * Math.cos(k), y + radius * Math.sin(k))[0]!),
    );
  };
  expect(await ringAt({ ...frame, hovered: centre })).toBeLessThan(90);
  expect(await ringAt({ ...frame, selected: [centre] })).toBeLessThan(90);
});

test('a displacement is a line over the spheres, and the place that was left has an outline', async () => {
  painter = create();
  const frame = frameOf(TRUTH);
  const centre = ATOMS.findIndex(({ species }) => species[0]!.element === 'Cl');
  const atoms = ATOMS.map((atom, i) => (i === centre ? { ...atom, fract: [0.7, 0.5, 0.5] as const } : atom));
  const far = project(frame.projection, toCartesian(frame.lattice, [0.6, 0.5, 0.5]));
  const at = async (shown: CellFrame) => (await pixelsOf(shown))(far.x, far.y);
  const [r, g, b] = await at({ ...frame, atoms, displaced: [centre] });
  const ink = [1, 3, 5].map(from => Number.parseInt(PALETTE.current.slice(from, from + 2), 16));
  for (const [i, value] of [r!, g!, b!].entries()) expect(Math.abs(value - ink[i]!)).toBeLessThan(30);
  expect(await at({ ...frame, atoms })).not.toEqual([r, g, b, 255]);
});

test('a lost context is announced, and a painter that is disposed of leaves nothing behind', async () => {
  let lost = 0;
  painter = createGlPainter(
    host,
    () => lost++,
    () => {},
  );
  painter.paint(frameOf(TRUTH));
  const canvas = host.querySelector('canvas')!;
  const context = canvas.getContext('webgl2')!;
  const announced = new Promise(resolve => canvas.addEventListener('webglcontextlost', resolve));
  context.getExtension('WEBGL_lose_context')!.loseContext();
  await announced;
  expect(lost).toBe(1);
  painter.dispose();
  painter = createGlPainter(
    host,
    () => lost++,
    () => {},
  );
  painter.paint(frameOf(TRUTH));
  const own = host.querySelector('canvas')!.getContext('webgl2')!;
  painter.dispose();
  painter = null;
  expect(own.isContextLost()).toBe(true);
  expect(lost).toBe(1);
  expect(host.childElementCount).toBe(0);
});

test('WebGL: while the device works at a picture further ones wait, and the last of them is shown', async () => {
  const n = 9;
  const sites = Array.from({ length: n ** 3 }, (_, i): Site => {
    const fract = [i % n, Math.floor(i / n) % n, Math.floor(i / n ** 2)].map(at => at / n);
    return { label: `Cs${i}`, element: 'Cs', fract: fract as [number, number, number], occupancy: 1 };
  });
  const large = {
    ...frameOf([4.3, 3.9, 4.1, 90, 90, 90]),
    ...bare(atomsToDraw(sites, 1)),
  };
  const drawn = new Set<number>();
  const frames = Array.from({ length: 20 }, (_, i) => ({
    ...large,
    get hovered() {
      drawn.add(i);
      return null;
    },
  }));
  painter = create();
  await painter.begin(large);
  for (const frame of frames) painter.paint(frame);
  await painter.begin(frames.at(-1)!);
  expect([...drawn]).toEqual([0, 19]);
});
