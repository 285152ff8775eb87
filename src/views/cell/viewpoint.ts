import { cellFromMatrix } from '../../crystal/cell.ts';
import type { Vector } from './cellAtoms.ts';

/**
 * Rotation of the view, 3 × 3 row-major; its rows are the screen's right, its up and the direction towards the viewer,
 * in the Cartesian axes of the lattice.
 */
export type Rotation = readonly number[];

/** The viewer on a sphere about the crystal with c as its pole: c stays upright and never points down. */
export interface Pose {
  /** Radians about c, from the part of a at right angles to c. */
  readonly azimuth: number;
  /** Radians from c, 0 to π. */
  readonly polar: number;
  /** Times the scale at which the cell fills the pane. */
  readonly zoom: number;
  /** Shift of the picture, pixels, downwards positive. */
  readonly pan: readonly [number, number];
}

/** The a edge is turned out of the screen by this share of 180° − γ*, and the cell is seen from 17° above. */
const TURN = 0.28;
const ELEVATION = (17 * Math.PI) / 180;
const ZOOM = [0.3, 12] as const;
const RADIANS = Math.PI / 180;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
const combine = (s: number, p: Vector, t: number, q: Vector): Vector => [
  s * p[0] + t * q[0],
  s * p[1] + t * q[1],
  s * p[2] + t * q[2],
];
const cross = (p: Vector, q: Vector): Vector => [
  p[1] * q[2] - p[2] * q[1],
  p[2] * q[0] - p[0] * q[2],
  p[0] * q[1] - p[1] * q[0],
];
const unit = (p: Vector): Vector => combine(1 / Math.hypot(...p), p, 0, p);
const column = (m: ArrayLike<number>, i: number): Vector => [m[i]!, m[3 + i]!, m[6 + i]!];

/**
 * The default, with c up, a along the front edge to the right and b to the back on the left; or straight down a lattice
 * vector (0 a, 1 b, 2 c): c up, and down c with a to the right.
 */
export function restingPose(lattice: ArrayLike<number>, axis?: 0 | 1 | 2): Pose {
  const [, , , alpha, beta, gamma] = cellFromMatrix(lattice).map(angle => angle * RADIANS) as [
    ...[number, number, number],
    ...[number, number, number],
  ];
  // Angle between a and b as seen along c: 180° − γ*.
  const [ca, cb] = [Math.cos(alpha), Math.cos(beta)];
  const between = Math.acos(clamp((Math.cos(gamma) - ca * cb) / (Math.sin(alpha) * Math.sin(beta)), -1, 1));
  const [azimuth, polar] = [
    [0, beta],
    [between, alpha],
    [-Math.PI / 2, 0],
    [-Math.PI / 2 - TURN * (Math.PI - between), Math.PI / 2 - ELEVATION],
  ][axis ?? 3]! as [number, number];
  return { azimuth, polar, zoom: 1, pan: [0, 0] };
}

export function rotationOf(lattice: ArrayLike<number>, { azimuth, polar }: Pose): Rotation {
  const c = unit(column(lattice, 2));
  const a = column(lattice, 0);
  const x = unit(combine(1, a, -(a[0] * c[0] + a[1] * c[1] + a[2] * c[2]), c));
  const y = cross(c, x);
  const out = combine(Math.cos(azimuth), x, Math.sin(azimuth), y);
  return [
    ...combine(-Math.sin(azimuth), x, Math.cos(azimuth), y),
    ...combine(-Math.cos(polar), out, Math.sin(polar), c),
    ...combine(Math.sin(polar), out, Math.cos(polar), c),
  ];
}

/** The crystal turned about c and tilted about the screen's horizontal, radians. */
export const orbited = (pose: Pose, turn: number, tilt: number): Pose => ({
  ...pose,
  azimuth: pose.azimuth - turn,
  polar: clamp(pose.polar - tilt, 0, Math.PI),
});

/** Enlarged by `factor`, with the point that is (dx, dy) pixels from the middle of the pane kept in place. */
export function enlarged(pose: Pose, factor: number, dx: number, dy: number): Pose {
  const zoom = clamp(pose.zoom * factor, ...ZOOM);
  const held = (distance: number, pan: number): number => distance - (zoom / pose.zoom) * (distance - pan);
  return { ...pose, zoom, pan: [held(dx, pose.pan[0]), held(dy, pose.pan[1])] };
}

/** Between two poses, 0 ≤ share ≤ 1, the shorter way round. */
export function mixed(from: Pose, to: Pose, share: number): Pose {
  const mix = (p: number, q: number): number => p + share * (q - p);
  const turns = Math.round((from.azimuth - to.azimuth) / (2 * Math.PI));
  return {
    azimuth: mix(from.azimuth, to.azimuth + 2 * Math.PI * turns),
    polar: mix(from.polar, to.polar),
    zoom: mix(from.zoom, to.zoom),
    pan: [mix(from.pan[0], to.pan[0]), mix(from.pan[1], to.pan[1])],
  };
}
