import { type Color, Vector3 } from 'three';
import { LineMaterial } from 'three/addons/lines/LineMaterial.js';
import { LineSegments2 } from 'three/addons/lines/LineSegments2.js';
import { LineSegmentsGeometry } from 'three/addons/lines/LineSegmentsGeometry.js';
import { cellEdges, type DrawnAtom, pointBetween, toCartesian, type Vector } from './cellAtoms.ts';
import type { CellFrame } from './frame.ts';
import { axesOf, ordered } from './glInk.ts';
import type { Projection } from './projection.ts';

/** Pixels from dash to dash, and the share of them that is drawn. */
const DASH = { period: 5.4, share: 0.59 } as const;
/** Dashes around an atom: fewer where there are many. */
const dashesAround = (atoms: number): number => (atoms < 80 ? 18 : atoms < 400 ? 12 : 8);
/** Pieces of a whole circle. */
const ROUND = 72;

/** Lines of `width` pixels. */
export function fatLines(color: Color, linewidth: number, order: number): LineSegments2 {
  const ink = new LineMaterial({
    linewidth,
    fog: true,
    transparent: true,
    depthWrite: false,
    alphaToCoverage: true,
  });
  ink.color = color;
  return ordered(new LineSegments2(new LineSegmentsGeometry(), ink), order);
}

/** Puts segments [n * 6] into lines: as many as before go into the same buffer. */
export function setSegments(lines: LineSegments2, ends: readonly number[]): void {
  lines.visible = ends.length > 0;
  const held = lines.geometry.getAttribute('instanceStart');
  if (held && 'data' in held && held.data.array.length === ends.length) {
    held.data.array.set(ends);
    held.data.needsUpdate = true;
  } else if (lines.visible) {
    lines.geometry.dispose();
    lines.geometry = new LineSegmentsGeometry().setPositions([...ends]);
  }
}

/** Edges of the cells, brought towards the viewer by `lift` angstrom or dashed. */
export function edgeSegments(
  { repeat, projection: { scale, rotation } }: CellFrame,
  lattice: ArrayLike<number>,
  { lift = 0, dashes = false },
): number[] {
  const toward = axesOf(rotation)[2].multiplyScalar(lift);
  const at = (fract: Vector): Vector =>
    toward
      .clone()
      .add(new Vector3(...toCartesian(lattice, fract)))
      .toArray();
  return cellEdges(repeat).flatMap(ends => {
    const [p, q] = [at(ends[0]), at(ends[1])];
    if (!dashes) return [...p, ...q];
    const length = Math.hypot(q[0] - p[0], q[1] - p[1], q[2] - p[2]);
    const count = Math.max(1, Math.round((length * scale) / DASH.period));
    return Array.from({ length: count }, (_, i) =>
      [i, i + DASH.share].flatMap(at => pointBetween(p, q, at / count)),
    ).flat();
  });
}

/**
 * Circles `gap` pixels outside the spheres that face the viewer, at the depth of a sphere's front: the outline of the
 * true atom shows on the current one that it overlaps.
 */
export function ringSegments(
  atoms: readonly DrawnAtom[],
  lattice: ArrayLike<number>,
  { rotation, scale }: Projection,
  { gap, dashes = false }: { readonly gap: number; readonly dashes?: boolean },
): number[] {
  const [right, up, toward] = axesOf(rotation);
  const [pieces, share] = dashes ? [dashesAround(atoms.length), DASH.share] : [ROUND, 1];
  return atoms.flatMap(({ fract, radius }) => {
    const centre = new Vector3(...toCartesian(lattice, fract)).addScaledVector(toward, 1.1 * radius);
    const size = radius + gap / scale;
    const at = (turn: number): number[] => {
      const angle = (2 * Math.PI * turn) / pieces;
      const out = centre.clone().addScaledVector(right, size * Math.cos(angle));
      return out.addScaledVector(up, size * Math.sin(angle)).toArray();
    };
    return Array.from({ length: pieces }, (_, i) => {
      const middle = at(i + share / 2);
      return [...at(i), ...middle, ...middle, ...at(i + share)];
    }).flat();
  });
}
