import {
  BufferAttribute,
  BufferGeometry,
  DirectionalLight,
  DoubleSide,
  Group,
  HemisphereLight,
  type Material,
  Mesh,
  MeshLambertMaterial,
  type Object3D,
  PerspectiveCamera,
  Scene,
  SphereGeometry,
  Spherical,
  Vector3,
} from 'three';
import { Line2 } from 'three/addons/lines/Line2.js';
import { LineGeometry } from 'three/addons/lines/LineGeometry.js';
import { LineMaterial } from 'three/addons/lines/LineMaterial.js';
import type { GridField } from '../../landscape/minima.ts';
import { type Slice, slicePlaces } from '../../landscape/slice.ts';
import type { PathRun } from '../../state/explore/descentRun.ts';
import { coloured, colourScale } from '../../ui/fieldColours.ts';
import { openRenderer } from '../cell/glRenderer.ts';
import type { Turnable } from '../cell/turning.ts';

/** The drawing of the surface. It owns a WebGL context: dispose of it. */
export interface SurfaceStage extends Turnable {
  setField(field: GridField, slice: Slice, range: readonly [number, number], stops: readonly string[]): void;
  setPaths(runs: readonly PathRun[]): void;
  resize(width: number, height: number): void;
  dispose(): void;
}

/** Default place of the viewer: distance, angle from upright and about it, radians. */
const EYE = [4, 0.95, -0.6] as const;
/** Height of the surface over a base of side 2. */
const HEIGHT = 0.9;
const PATH_COLOURS = {
  unconstrained: 0xd55e00,
  constrainedStart: 0x0072b2,
  constrained: 0x009e73,
  continued: 0x14181d,
} as const;
/** Descents beyond the paper. */
const HELP_COLOUR = 0xffffff;
/** Paths float this much above the surface, so that it does not swallow them. */
const LIFT = 0.012;

/** Throws where there is no WebGL 2. `onLost` and `onRestored` as in `openRenderer`. */
export function surfaceStage(host: HTMLElement, onLost: () => void, onRestored: () => void): SurfaceStage {
  const { renderer, resize, dispose } = openRenderer(host, onLost, onRestored, { alpha: true });
  const scene = new Scene();
  const camera = new PerspectiveCamera(38, 1, 0.1, 20);
  const light = new DirectionalLight(0xffffff, 1.6);
  light.position.set(-2, 3, 1);
  scene.add(new HemisphereLight(0xffffff, 0x8899aa, 1.7), light);
  const eye = new Spherical(...EYE);
  let surface: Object3D | null = null;
  let paths: Object3D | null = null;
  let place: ((x: number, y: number) => Vector3) | null = null;
  let frame = 0;

  const draw = (): void => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      camera.position.setFromSpherical(eye);
      camera.lookAt(0, 0.05, 0);
      renderer.render(scene, camera);
    });
  };
  const replace = (old: Object3D | null, next: Object3D): Object3D => {
    if (old) {
      scene.remove(old);
      free(old);
    }
    scene.add(next);
    draw();
    return next;
  };

  return {
    setField(field, slice, range, stops) {
      const height = heightOf(field, range);
      place = (x, y) => {
        const u = (x - slice.xRange[0]) / (slice.xRange[1] - slice.xRange[0]);
        const v = (y - slice.yRange[0]) / (slice.yRange[1] - slice.yRange[0]);
        return new Vector3(2 * u - 1, height(u, v), 1 - 2 * v);
      };
      const group = new Group();
      group.add(mesh(field, range, stops), ...edges());
      const star = new Mesh(new SphereGeometry(0.03, 16, 12), new MeshLambertMaterial({ color: 0xffffff }));
      const [x, y] = slicePlaces(slice);
      star.position.copy(place(slice.base[x]!, slice.base[y]!));
      group.add(star);
      group.userData = { x, y };
      surface = replace(surface, group);
    },
    setPaths(runs) {
      const at = place;
      if (!at || !surface) return;
      const { x, y } = surface.userData as { x: number; y: number };
      const group = new Group();
      for (const run of runs) {
        if (run.count === 0) continue;
        const steps = thinned(run.count).map(
          i => [run.cells[run.stride * i + x]!, run.cells[run.stride * i + y]!] as const,
        );
        const points = between(steps).map(([px, py]) => at(px, py));
        for (const point of points) point.y += LIFT;
        const colour = 'strategy' in run ? HELP_COLOUR : PATH_COLOURS[run.mode];
        if (points.length > 1) group.add(line(points, colour));
        const end = new Mesh(new SphereGeometry(0.026, 12, 8), new MeshLambertMaterial({ color: colour }));
        end.position.copy(points.at(-1)!);
        group.add(end);
      }
      paths = replace(paths, group);
    },
    resize(width, height) {
      resize(Math.max(1, width), Math.max(1, height));
      camera.aspect = Math.max(1, width) / Math.max(1, height);
      camera.updateProjectionMatrix();
      draw();
    },
    orbit(turn, tilt) {
      eye.theta -= turn;
      eye.phi = Math.max(0.1, Math.min(1.5, eye.phi - tilt));
      draw();
    },
    zoom(factor) {
      eye.radius = Math.max(1.6, Math.min(9, eye.radius / factor));
      draw();
    },
    view() {
      eye.set(...EYE);
      draw();
    },
    dispose() {
      cancelAnimationFrame(frame);
      for (const part of [surface, paths]) if (part) free(part);
      dispose();
    },
  };
}

/** A line of three pixels through some points. */
const line = (points: readonly Vector3[], color: number): Line2 =>
  new Line2(
    new LineGeometry().setPositions(points.flatMap(point => point.toArray())),
    new LineMaterial({ color, linewidth: 3 }),
  );

/** Steps of a path that are drawn: some three hundred, and the last. */
function thinned(count: number): number[] {
  const every = Math.max(1, Math.floor(count / 300));
  const steps = Array.from({ length: Math.ceil(count / every) }, (_, i) => i * every);
  return steps.at(-1) === count - 1 ? steps : [...steps, count - 1];
}

/** Places along a path of few steps, so that it lies on the surface between them too. */
function between(steps: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const parts = Math.max(1, Math.ceil(300 / steps.length));
  if (parts === 1) return steps;
  return steps.flatMap(([x, y], i) => {
    const [nx, ny] = steps[i + 1] ?? [x, y];
    return Array.from({ length: i + 1 < steps.length ? parts : 1 }, (_, k) => {
      const share = k / parts;
      return [x + share * (nx - x), y + share * (ny - y)] as const;
    });
  });
}

/** Height of the surface at shares of the ranges, bilinear; outside the field that of its border. */
function heightOf(
  { xs, ys, values }: GridField,
  [low, high]: readonly [number, number],
): (u: number, v: number) => number {
  const [nx, ny] = [xs.length, ys.length];
  const at = (ix: number, iy: number): number => {
    const value = values[iy * nx + ix]!;
    return Number.isFinite(value) ? value : high;
  };
  return (u, v) => {
    const fx = Math.max(0, Math.min(nx - 1, u * (nx - 1)));
    const fy = Math.max(0, Math.min(ny - 1, v * (ny - 1)));
    const [ix, iy] = [Math.min(nx - 2, Math.floor(fx)), Math.min(ny - 2, Math.floor(fy))];
    const [tx, ty] = [fx - ix, fy - iy];
    const value =
      (1 - ty) * ((1 - tx) * at(ix, iy) + tx * at(ix + 1, iy)) +
      ty * ((1 - tx) * at(ix, iy + 1) + tx * at(ix + 1, iy + 1));
    return HEIGHT * ((value - low) / (high - low || 1) - 0.5);
  };
}

/** The field as triangles; those with a missing corner are left out. */
function mesh(field: GridField, range: readonly [number, number], stops: readonly string[]): Mesh {
  const [nx, ny] = [field.xs.length, field.ys.length];
  const height = heightOf(field, range);
  const positions = new Float32Array(3 * nx * ny);
  const colours = new Float32Array(3 * nx * ny);
  const rgba = coloured(field.values, range, colourScale(stops));
  for (let iy = 0; iy < ny; iy++)
    for (let ix = 0; ix < nx; ix++) {
      const at = iy * nx + ix;
      const [u, v] = [ix / (nx - 1), iy / (ny - 1)];
      positions.set([2 * u - 1, height(u, v), 1 - 2 * v], 3 * at);
      for (let c = 0; c < 3; c++) colours[3 * at + c] = (rgba[4 * at + c]! / 255) ** 2.2;
    }
  const index: number[] = [];
  const usable = (...corners: number[]): boolean => corners.every(at => Number.isFinite(field.values[at]!));
  for (let iy = 0; iy + 1 < ny; iy++)
    for (let ix = 0; ix + 1 < nx; ix++) {
      const at = iy * nx + ix;
      if (usable(at, at + 1, at + nx)) index.push(at, at + 1, at + nx);
      if (usable(at + 1, at + nx + 1, at + nx)) index.push(at + 1, at + nx + 1, at + nx);
    }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(positions, 3));
  geometry.setAttribute('color', new BufferAttribute(colours, 3));
  geometry.setIndex(index);
  geometry.computeVertexNormals();
  return new Mesh(geometry, new MeshLambertMaterial({ vertexColors: true, side: DoubleSide }));
}

/** The two edges of the base that carry the parameters: red along x, blue along y. */
function edges(): Line2[] {
  const floor = -0.5 * HEIGHT - 0.04;
  const corner = new Vector3(-1, floor, 1);
  return [
    line([corner, new Vector3(1, floor, 1)], 0xcf3a2e),
    line([corner, new Vector3(-1, floor, -1)], 0x3a50b4),
  ];
}

function free(part: Object3D): void {
  part.traverse(child => {
    const owner = child as Partial<{ geometry: BufferGeometry; material: Material }>;
    owner.geometry?.dispose();
    owner.material?.dispose();
  });
}
