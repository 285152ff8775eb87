import { elementData } from '../../crystal/elements.ts';
import { cellEdges, type DrawnAtom, toCartesian } from './cellAtoms.ts';
import { BOND_RADIUS, bondSplit, type CellFrame } from './frame.ts';
import { type Projected, project } from './projection.ts';

/** Pieces an edge and half a bond are cut into, so that each finds its place between the atoms. */
const PIECES = 12;
const BOND_PIECES = 4;
/** A sphere hides what runs inside it: it is sorted nearer the viewer by this share of its radius. */
const SPHERE_LIFT = 0.7;
/** An edge shows on the bond that runs along it, angstrom. */
const EDGE_LIFT = 0.2;

interface Stroke {
  readonly depth: number;
  readonly markup: string;
}

const n = (value: number): string => value.toFixed(1);
const css = (element: string, brightness = 1): string =>
  `rgb(${elementData(element)
    .colour.map(value => Math.round(brightness * value))
    .join(' ')})`;

/** The cell as SVG, drawn from back to front: the same picture as WebGL's but for the depth fog. */
export function cellSvg(frame: CellFrame): string {
  const { projection: view, palette, atoms, bonds, lattice, ghost, repeat } = frame;
  const at = (m: Float64Array) => (fract: readonly [number, number, number]) =>
    project(view, toCartesian(m, fract));
  const places = atoms.map(atom => at(lattice)(atom.fract));
  const strokes: Stroke[] = [
    ...atoms.map((atom, i) => ({
      depth: places[i]!.depth + SPHERE_LIFT * atom.radius,
      markup: sphere(atom, places[i]!, view.scale, palette.panel),
    })),
    ...edgeStrokes(
      repeat,
      at(lattice),
      `stroke="${palette.edge}" stroke-width="1.5" stroke-linecap="round"`,
      EDGE_LIFT,
    ),
  ];
  for (let k = 0; k < bonds.length; k += 2) {
    const [i, j] = [bonds[k]!, bonds[k + 1]!];
    strokes.push(...bondStrokes(atoms[i]!, atoms[j]!, places[i]!, places[j]!, frame));
  }
  if (ghost) {
    const dashed = `stroke="${palette.ghost}" stroke-width="1.1" stroke-dasharray="3.4 2.2"`;
    strokes.push(...edgeStrokes(repeat, at(ghost), dashed, 0));
    for (const atom of atoms) strokes.push(circle(atom, at(ghost)(atom.fract), view.scale, 1.6, dashed));
  }
  for (const piece of frame.planes) {
    const corners = piece.map(corner => at(lattice)(corner));
    const depth = corners.reduce((sum, corner) => sum + corner.depth, 0) / corners.length;
    const ink = frame.tone === 'current' ? palette.current : palette.edge;
    const path = corners.map(({ x, y }, i) => `${i ? 'L' : 'M'}${n(x)} ${n(y)}`).join('');
    const markup = `<path d="${path}Z" fill="${ink}" fill-opacity="0.16" stroke="${ink}" stroke-width="1.1"/>`;
    strokes.push({ depth, markup });
  }
  strokes.sort((p, q) => p.depth - q.depth);
  const marked = frame.hovered === null ? frame.selected : [...frame.selected, frame.hovered];
  const marks = marked.flatMap(i => {
    const atom = atoms[i];
    return atom
      ? circle(atom, places[i]!, view.scale, 2.4, `stroke="${palette.ink}" stroke-width="1.8"`)
      : [];
  });
  return `<defs>${GRADIENT}</defs>${[...strokes, ...marks].map(({ markup }) => markup).join('')}`;
}

const circle = (
  atom: DrawnAtom,
  { x, y, depth, zoom }: Projected,
  scale: number,
  gap: number,
  style: string,
): Stroke => ({
  depth,
  markup: `<circle cx="${n(x)}" cy="${n(y)}" r="${n(atom.radius * scale * zoom + gap)}" fill="none" ${style}/>`,
});

/** Light and shade, laid over whatever colours the sphere has. */
const SHADE = [
  [0, '#fff', 0.75],
  [0.3, '#fff', 0.18],
  [0.55, '#000', 0.04],
  [1, '#000', 0.5],
]
  .map(
    ([offset, colour, opacity]) =>
      `<stop offset="${offset}" stop-color="${colour}" stop-opacity="${opacity}"/>`,
  )
  .join('');
const GRADIENT = `<radialGradient id="cell-shade" cx="0.34" cy="0.3" r="0.78">${SHADE}</radialGradient>`;

function sphere(atom: DrawnAtom, { x, y, zoom }: Projected, scale: number, empty: string): string {
  const radius = atom.radius * scale * zoom;
  const disc = (fill: string): string =>
    `<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius)}" fill="${fill}"/>`;
  const filled = atom.species.reduce((sum, { occupancy }) => sum + occupancy, 0);
  const whole = atom.species.length === 1 && filled > 0.9995;
  let from = 0;
  const slices = atom.species.map(({ element, occupancy }) => {
    const [start, end] = [2 * Math.PI * from, 2 * Math.PI * (from + occupancy)];
    from += occupancy;
    const rim = (angle: number): string =>
      `${n(x + radius * Math.sin(angle))} ${n(y - radius * Math.cos(angle))}`;
    return `<path d="M${n(x)} ${n(y)}L${rim(start)}A${n(radius)} ${n(radius)} 0 ${occupancy > 0.5 ? 1 : 0} 1 ${rim(end)}Z" fill="${css(element)}"/>`;
  });
  const body = whole ? disc(css(atom.species[0]!.element)) : disc(empty) + slices.join('');
  return body + disc('url(#cell-shade)');
}

function edgeStrokes(
  repeat: number,
  at: (fract: readonly [number, number, number]) => Projected,
  style: string,
  lift: number,
): Stroke[] {
  const segments = cellEdges(repeat);
  const strokes: Stroke[] = [];
  const pieces = PIECES * repeat;
  for (let k = 0; k < segments.length; k += 6) {
    const point = (share: number): Projected =>
      at(
        [0, 1, 2].map(i => segments[k + i]! + share * (segments[k + 3 + i]! - segments[k + i]!)) as [
          number,
          number,
          number,
        ],
      );
    let from = point(0);
    const start = from;
    for (let piece = 1; piece <= pieces; piece++) {
      const to = point(piece / pieces);
      // Dashes run on from piece to piece.
      const offset = n(Math.hypot(from.x - start.x, from.y - start.y));
      strokes.push({
        depth: (from.depth + to.depth) / 2 + lift,
        markup: `<path d="M${n(from.x)} ${n(from.y)}L${n(to.x)} ${n(to.y)}" ${style} stroke-dashoffset="${offset}"/>`,
      });
      from = to;
    }
  }
  return strokes;
}

/** Each half under its own atom, from the surface of the sphere to where the colours meet. */
function bondStrokes(p: DrawnAtom, q: DrawnAtom, from: Projected, to: Projected, frame: CellFrame): Stroke[] {
  const { lattice, projection: view } = frame;
  const [a, b] = [toCartesian(lattice, p.fract), toCartesian(lattice, q.fract)];
  const length = Math.hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]);
  const split = bondSplit(length, p.radius, q.radius);
  const mix = (share: number): { x: number; y: number; depth: number } => ({
    x: from.x + share * (to.x - from.x),
    y: from.y + share * (to.y - from.y),
    depth: from.depth + share * (to.depth - from.depth),
  });
  const width = n(2 * Math.max(BOND_RADIUS * view.scale, 1.3));
  const core = n(1.1 * Math.max(BOND_RADIUS * view.scale, 1.3));
  const half = (start: number, end: number, element: string): Stroke[] =>
    Array.from({ length: BOND_PIECES }, (_, piece) => {
      const step = (end - start) / BOND_PIECES;
      const [s, e] = [mix(start + piece * step), mix(start + (piece + 1) * step)];
      const line = `<path d="M${n(s.x)} ${n(s.y)}L${n(e.x)} ${n(e.y)}"`;
      // A dark tube with a light core.
      const tube = `${line} stroke="${css(element, 0.7)}" stroke-width="${width}"/>`;
      return {
        depth: (s.depth + e.depth) / 2,
        markup: `${tube}${line} stroke="${css(element)}" stroke-width="${core}"/>`,
      };
    });
  return [
    ...half((0.9 * p.radius) / length, split, p.species[0]!.element),
    ...half(split, 1 - (0.9 * q.radius) / length, q.species[0]!.element),
  ];
}
