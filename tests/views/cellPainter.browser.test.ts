import { afterEach, expect, test } from 'vitest';
import { type Cell, latticeMatrix } from '../../src/crystal/cell.ts';
import { elementData } from '../../src/crystal/elements.ts';
import type { Site } from '../../src/crystal/structure.ts';
import { bondsBetween } from '../../src/views/cell/bonds.ts';
import { atomsToDraw, toCartesian } from '../../src/views/cell/cellAtoms.ts';
import type { CellFrame, CellPainter } from '../../src/views/cell/frame.ts';
import { createGlPainter } from '../../src/views/cell/glPainter.ts';
import { EXPORT_PALETTES } from '../../src/views/cell/palette.ts';
import { middle, project } from '../../src/views/cell/projection.ts';
import { createSvgPainter } from '../../src/views/cell/svgPainter.ts';
import { defaultRotation } from '../../src/views/cell/viewpoint.ts';

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
      rotation: defaultRotation(truth),
      centre: middle(truth, 1),
      scale: 34,
      pan: [0, 0],
      nearness: 0,
      reach: 8,
    },
    atoms: ATOMS,
    bonds: bondsBetween(ATOMS, lattice),
    repeat: 1,
    lattice,
    ghost: current === TRUTH ? null : truth,
    palette: EXPORT_PALETTES.light,
    surface: null,
    tone: 'current',
    planes: [],
    hovered: null,
    selected: [],
  };
}

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

for (const [name, create] of [
  [
    'WebGL',
    () =>
      createGlPainter(
        host,
        () => {},
        () => {},
      ),
  ],
  ['SVG', () => createSvgPainter(host)],
] as const)
  test(`${name}: the atoms lie where the projection says, in their elements' colours`, async () => {
    painter = create();
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

test('a change of the cell creates no buffer and uploads none while the bonds stay', async () => {
  const calls: string[] = [];
  const gl = WebGL2RenderingContext.prototype;
  const { createBuffer, bufferData, bufferSubData } = gl;
  painter = createGlPainter(
    host,
    () => {},
    () => {},
  );
  painter.paint(frameOf(TRUTH));
  painter.paint(frameOf([4.01, 4, 4, 90, 90, 90]));
  gl.createBuffer = function (this: WebGL2RenderingContext) {
    calls.push('createBuffer');
    return createBuffer.call(this);
  };
  gl.bufferData = function (this: WebGL2RenderingContext, ...args: Parameters<typeof bufferData>) {
    calls.push('bufferData');
    bufferData.apply(this, args);
  } as typeof bufferData;
  gl.bufferSubData = function (this: WebGL2RenderingContext, ...args: Parameters<typeof bufferSubData>) {
    calls.push('bufferSubData');
    bufferSubData.apply(this, args);
  } as typeof bufferSubData;
  try {
    const first = frameOf([4.02, 4, 4, 90, 90, 90]);
    painter.paint(first);
    calls.length = 0;
    for (let k = 3; k < 10; k++)
      painter.paint({ ...frameOf([4 + k / 100, 4, 4, 90, 90, 90]), bonds: first.bonds });
    expect(calls).toEqual([]);
    // The counter counts: another set of atoms is an upload.
    painter.paint({ ...first, atoms: atomsToDraw(SITES.slice(0, 1), 1), bonds: new Int32Array(0) });
    expect(calls.length).toBeGreaterThan(0);
  } finally {
    Object.assign(gl, { createBuffer, bufferData, bufferSubData });
  }
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
