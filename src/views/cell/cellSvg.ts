import { elementData } from '../../crystal/elements.ts';
import { cellEdges, type DrawnAtom, pointBetween, toCartesian, type Vector } from './cellAtoms.ts';
import {
  BOND_RADIUS,
  type CellFrame,
  displacements,
  halfBonds,
  markedAtoms,
  outlinedAtoms,
  toneOf,
  WAY_WIDTH,
} from './frame.ts';
import { type Projected, type Projection, project } from './projection.ts';

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
  const { projection: view, palette, atoms, lattice, truth, ghost, repeat } = frame;
  const at = (m: Float64Array, fract: Vector): Projected => project(view, toCartesian(m, fract));
  const edges = (m: Float64Array, style: string, lift: number): Stroke[] =>
    cellEdges(repeat).flatMap(([p, q]) =>
      pieces(
        view,
        toCartesian(m, p),
        toCartesian(m, q),
        PIECES * repeat,
        lift,
        (path, offset) =>
          // Dashes run on from piece to piece.
          `<path d="${path}" ${style} stroke-dashoffset="${n(offset)}"/>`,
      ),
    );
  const strokes = [
    ...atoms.map(atom => sphere(atom, at(lattice, atom.fract), view.scale, palette.panel)),
    ...edges(lattice, `stroke="${palette.ink2}" stroke-width="1.5" stroke-linecap="round"`, EDGE_LIFT),
  ];
  const radius = Math.max(BOND_RADIUS * view.scale, 1.3);
  for (const { element, from, to } of halfBonds(frame))
    strokes.push(
      ...pieces(view, from, to, BOND_PIECES, 0, path => {
        const line = (ink: string, width: number): string =>
          `<path d="${path}" stroke="${ink}" stroke-width="${n(width * radius)}"/>`;
        // A dark tube with a light core.
        return line(css(element, 0.7), 2) + line(css(element), 1.1);
      }),
    );
  const dashed = `stroke="${palette.truthLine}" stroke-width="1.1" stroke-dasharray="3.4 2.2"`;
  if (ghost) strokes.push(...edges(ghost, dashed, 0));
  for (const atom of outlinedAtoms(frame))
    strokes.push(circle(atom, at(truth, atom.fract), view.scale, 1.6, dashed));
  const ink = toneOf(frame);
  for (const piece of frame.planes) {
    const corners = piece.map(corner => at(lattice, corner));
    const depth = corners.reduce((sum, corner) => sum + corner.depth, 0) / corners.length;
    const path = corners.map(({ x, y }, i) => `${i ? 'L' : 'M'}${n(x)} ${n(y)}`).join('');
    const markup = `<path d="${path}Z" fill="${ink}" fill-opacity="0.16" stroke="${ink}" stroke-width="1.1"/>`;
    strokes.push({ depth, markup });
  }
  strokes.sort((p, q) => p.depth - q.depth);
  const ring = `stroke="${palette.ink}" stroke-width="1.8"`;
  const marks = markedAtoms(frame).map(atom => circle(atom, at(lattice, atom.fract), view.scale, 2.4, ring));
  const way = `stroke="${palette.current}" stroke-width="${WAY_WIDTH}" stroke-linecap="round"`;
  const ways = displacements(frame).flatMap(([p, q]) =>
    pieces(view, p, q, 1, 0, path => `<path d="${path}" ${way}/>`),
  );
  return `<defs>${GRADIENT}</defs>${[...strokes, ...ways, ...marks].map(({ markup }) => markup).join('')}`;
}

/**
 * A segment in pieces.
 * @param lift how much nearer the viewer they count, angstrom
 * @param draw is handed each piece as a path, and the pixels from the start of the segment to it
 */
function pieces(
  view: Projection,
  p: Vector,
  q: Vector,
  count: number,
  lift: number,
  draw: (path: string, offset: number) => string,
): Stroke[] {
  const points = Array.from({ length: count + 1 }, (_, i) => project(view, pointBetween(p, q, i / count)));
  return points.slice(1).map((to, i) => {
    const [start, from] = [points[0]!, points[i]!];
    const path = `M${n(from.x)} ${n(from.y)}L${n(to.x)} ${n(to.y)}`;
    const markup = draw(path, Math.hypot(from.x - start.x, from.y - start.y));
    return { depth: (from.depth + to.depth) / 2 + lift, markup };
  });
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

function sphere(atom: DrawnAtom, { x, y, depth, zoom }: Projected, scale: number, empty: string): Stroke {
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
  return { depth: depth + SPHERE_LIFT * atom.radius, markup: body + disc('url(#cell-shade)') };
}
