/**
 * Where the cell is looked at from. A rotation is 3 × 3 row-major; its rows are the screen's right, its up and the
 * direction towards the viewer, in the Cartesian axes of the lattice. Angles in radians.
 */
export type Rotation = readonly number[];
type Vector = readonly [number, number, number];

/** The a edge is turned out of the screen by this share of 180° − γ, and the cell is seen from 17° above. */
const TURN = 0.28;
const ELEVATION = (17 * Math.PI) / 180;

const column = (m: ArrayLike<number>, i: number): Vector => [m[i]!, m[3 + i]!, m[6 + i]!];
const dot = (p: Vector, q: Vector): number => p[0] * q[0] + p[1] * q[1] + p[2] * q[2];
const cross = (p: Vector, q: Vector): Vector => [
  p[1] * q[2] - p[2] * q[1],
  p[2] * q[0] - p[0] * q[2],
  p[0] * q[1] - p[1] * q[0],
];
const combine = (s: number, p: Vector, t: number, q: Vector): Vector => [
  s * p[0] + t * q[0],
  s * p[1] + t * q[1],
  s * p[2] + t * q[2],
];
const unit = (p: Vector): Vector => combine(1 / Math.hypot(...p), p, 0, p);
/** The part of `p` at right angles to the unit vector `n`, normalised. */
const across = (p: Vector, n: Vector): Vector => unit(combine(1, p, -dot(p, n), n));

const basis = (right: Vector, up: Vector): Rotation => [...right, ...up, ...cross(right, up)];

/** The axis that dragging sideways turns about: c, which therefore stays upright. */
export const turntableAxis = (lattice: ArrayLike<number>): Vector => unit(column(lattice, 2));

/** c up, a along the front edge to the right, b to the back on the left. */
export function defaultRotation(lattice: ArrayLike<number>): Rotation {
  const c = turntableAxis(lattice);
  const a = across(column(lattice, 0), c);
  const b = across(column(lattice, 1), c);
  const turn = TURN * (Math.PI - Math.acos(Math.max(-1, Math.min(1, dot(a, b)))));
  const right = combine(Math.cos(turn), a, -Math.sin(turn), cross(c, a));
  const front = cross(right, c);
  return basis(right, combine(Math.cos(ELEVATION), c, -Math.sin(ELEVATION), front));
}

/** Straight down a lattice vector (0 a, 1 b, 2 c): c up, and down c with a to the right. */
export function rotationAlong(lattice: ArrayLike<number>, axis: 0 | 1 | 2): Rotation {
  const toward = unit(column(lattice, axis));
  if (axis === 2) {
    const right = across(column(lattice, 0), toward);
    return basis(right, cross(toward, right));
  }
  const up = across(column(lattice, 2), toward);
  return basis(cross(up, toward), up);
}

/** Turned about the turntable axis and tilted about the screen's horizontal; the axis never points down. */
export function orbited(rotation: Rotation, axis: Vector, turn: number, tilt: number): Rotation {
  const turned = [0, 1, 2].flatMap(row => {
    const v: Vector = [rotation[3 * row]!, rotation[3 * row + 1]!, rotation[3 * row + 2]!];
    // The object turns by +turn, so the screen's vectors turn by −turn about the same axis (Rodrigues).
    const along = dot(axis, v) * (1 - Math.cos(turn));
    return [...combine(1, combine(Math.cos(turn), v, -Math.sin(turn), cross(axis, v)), along, axis)];
  });
  const heightOf = (r: Rotation): number => r[3]! * axis[0] + r[4]! * axis[1] + r[5]! * axis[2];
  const [s, c] = [Math.sin(tilt), Math.cos(tilt)];
  const tilted = [0, 1, 2].map(i => c * turned[3 + i]! - s * turned[6 + i]!);
  const toward = [0, 1, 2].map(i => s * turned[3 + i]! + c * turned[6 + i]!);
  const next = [...turned.slice(0, 3), ...tilted, ...toward];
  return heightOf(next) < -1e-9 && heightOf(next) < heightOf(turned) ? turned : next;
}

/** Between two rotations, 0 ≤ share ≤ 1: rows mixed and made orthonormal again. */
export function mixed(from: Rotation, to: Rotation, share: number): Rotation {
  const mix = (row: number): Vector =>
    [0, 1, 2].map(i => (1 - share) * from[3 * row + i]! + share * to[3 * row + i]!) as unknown as Vector;
  const [right, up] = [mix(0), mix(1)];
  // Half a turn has no middle to go through.
  if (Math.hypot(...right) < 0.05 || Math.hypot(...cross(right, up)) < 0.05) return to;
  const x = unit(right);
  return basis(x, across(up, x));
}
