import { type Cell, latticeMatrix } from '../../crystal/cell.ts';
import type { Site } from '../../crystal/structure.ts';
import { axisLabels } from './axisLabels.ts';
import { bondsBetween } from './bonds.ts';
import { atomsToDraw, type DrawnAtom } from './cellAtoms.ts';
import type { CellFrame, CellPainter } from './frame.ts';
import { paletteOf } from './palette.ts';
import { pickAtom } from './pick.ts';
import { corners, fittingScale, middle, type Projection } from './projection.ts';
import { exaggerated, largestShift } from './strain.ts';
import { defaultRotation, mixed, orbited, type Rotation, rotationAlong, turntableAxis } from './viewpoint.ts';

/** What is shown, as the store has it. */
export interface StageScene {
  readonly sites: readonly Site[];
  readonly truth: Cell;
  readonly current: Cell;
  readonly repeat: number;
  readonly bonds: boolean;
  readonly ghost: boolean;
  readonly strain: number;
  readonly perspective: boolean;
  readonly surface?: CellFrame['surface'];
  readonly tone?: CellFrame['tone'];
  readonly planes?: CellFrame['planes'];
}

/** Looks at the cell and draws it when something has changed; never by itself. */
export interface Stage {
  show(scene: StageScene): void;
  resize(width: number, height: number): void;
  setPainter(painter: CellPainter | null): void;
  /** Draws again, e.g. in the colours of another theme. */
  refresh(): void;
  /** Radians about c and about the screen's horizontal. */
  orbit(turn: number, tilt: number): void;
  /** Times `factor`, keeping the pixel (x, y) in place; the middle of the pane where there is none. */
  zoom(factor: number, x?: number, y?: number): void;
  pan(dx: number, dy: number): void;
  /** Back to the default view, or straight down an axis. */
  view(axis?: 0 | 1 | 2): void;
  pick(x: number, y: number): number | null;
  mark(hovered: number | null, selected: readonly number[]): void;
  /** The picture as it is now; null before there is one. */
  frame(): CellFrame | null;
  dispose(): void;
}

export interface StageOptions {
  readonly host: HTMLElement;
  /** Letters in the order a, b, c. */
  readonly labels: readonly HTMLElement[];
  /** Told when other atoms are drawn, and by how much the strain is really multiplied. */
  onAtoms(atoms: readonly DrawnAtom[]): void;
  onFactor(factor: number): void;
}

/** Angstrom below which truth and current cell count as one and no ghost is drawn. */
const COINCIDE = 2e-3;
/** Room for the current cell beyond the true one. */
const SLACK = { plain: 1.05, exaggerated: 1.4 } as const;
const ZOOM = [0.3, 12] as const;
const TURN_MS = 240;
const NO_PLANES: CellFrame['planes'] = [];

export function createStage({ host, labels, onAtoms, onFactor }: StageOptions): Stage {
  let painter: CellPainter | null = null;
  let scene: StageScene | null = null;
  let truth = new Float64Array(9);
  let drawn: Pick<CellFrame, 'atoms' | 'bonds' | 'lattice' | 'ghost'> | null = null;
  let size = { width: 0, height: 0 };
  let rotation: Rotation = [];
  let fit = 1;
  let zoom = 1;
  let pan: readonly [number, number] = [0, 0];
  let marks: Pick<CellFrame, 'hovered' | 'selected'> = { hovered: null, selected: [] };
  let factor = 1;
  let request = 0;
  let turning = 0;

  /** Scale for a rotation that the view rests in: it does not breathe while the cell is turned by hand. */
  const refit = (target: Rotation): void => {
    if (!scene || !drawn || size.width === 0) return;
    const radius = Math.max(0, ...drawn.atoms.map(atom => atom.radius));
    const slack = scene.strain > 1 ? SLACK.exaggerated : SLACK.plain;
    fit = fittingScale(truth, scene.repeat, target, size, radius, slack);
  };

  const projection = (lattice: Float64Array, { repeat, perspective }: StageScene): Projection => {
    const centre = middle(truth, repeat);
    const reachOf = (m: Float64Array): number =>
      Math.max(
        ...corners(m, repeat).map(p => Math.hypot(p[0] - centre[0], p[1] - centre[1], p[2] - centre[2])),
      );
    const own = reachOf(truth);
    const reach = Math.max(own, reachOf(lattice)) + 1.2;
    const nearness = perspective ? 1 / Math.max(3.2 * own, 1.6 * reach) : 0;
    return { ...size, rotation, centre, scale: fit * zoom, pan, nearness, reach };
  };

  const frame = (): CellFrame | null => {
    if (!scene || !drawn || size.width < 2 || size.height < 2) return null;
    return {
      ...drawn,
      ...marks,
      surface: scene.surface ?? null,
      tone: scene.tone ?? 'current',
      planes: scene.planes ?? NO_PLANES,
      projection: projection(drawn.lattice, scene),
      repeat: scene.repeat,
      palette: paletteOf(host),
    };
  };

  const paint = (): void => {
    request = 0;
    const next = frame();
    if (!next || !painter) return;
    painter.paint(next);
    const placed = axisLabels(next.projection, next.lattice, next.repeat, next.atoms);
    labels.forEach((label, i) => {
      const place = placed.find(({ axis }) => axis === 'abc'[i]);
      label.hidden = !place;
      if (place)
        label.style.transform = `translate(${place.x.toFixed(1)}px, ${place.y.toFixed(1)}px) translate(-50%, -50%)`;
    });
  };
  const invalidate = (): void => {
    request ||= requestAnimationFrame(paint);
  };

  const turnTo = (target: Rotation): void => {
    cancelAnimationFrame(turning);
    const from = { rotation, fit, zoom, pan };
    refit(target);
    const end = fit;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches || from.rotation.length === 0;
    const begin = performance.now();
    const step = (now: number): void => {
      const time = still ? 1 : Math.min(1, Math.max(0, (now - begin) / TURN_MS));
      const share = time * time * (3 - 2 * time);
      rotation = share < 1 ? mixed(from.rotation, target, share) : target;
      fit = from.fit + share * (end - from.fit);
      zoom = from.zoom + share * (1 - from.zoom);
      pan = [from.pan[0] * (1 - share), from.pan[1] * (1 - share)];
      invalidate();
      if (time < 1) turning = requestAnimationFrame(step);
    };
    step(begin);
  };
  /** A gesture takes over from a turn that is under way. */
  const byHand = (): void => cancelAnimationFrame(turning);

  return {
    show(next) {
      const before = scene;
      scene = next;
      // Atoms may move inside one cell: the view stays where it is.
      const crystal = !before || before.truth !== next.truth;
      if (crystal) truth = latticeMatrix(next.truth) as Float64Array<ArrayBuffer>;
      const atoms =
        crystal || before.sites !== next.sites || before.repeat !== next.repeat || !drawn
          ? atomsToDraw(next.sites, next.repeat)
          : drawn.atoms;
      const real = latticeMatrix(next.current);
      const { lattice, factor: used } = exaggerated(truth, real, next.strain);
      const bonds = next.bonds ? bondsBetween(atoms, real) : new Int32Array(0);
      const kept = drawn && drawn.atoms === atoms && sameNumbers(drawn.bonds, bonds) ? drawn.bonds : bonds;
      const ghost = next.ghost && largestShift(truth, lattice) > COINCIDE ? truth : null;
      const other = drawn?.atoms !== atoms;
      drawn = { atoms, bonds: kept, lattice, ghost };
      if (other) {
        marks = { hovered: null, selected: [] };
        onAtoms(atoms);
      }
      if (used !== factor) onFactor((factor = used));
      if (crystal) {
        cancelAnimationFrame(turning);
        rotation = defaultRotation(truth);
        zoom = 1;
        pan = [0, 0];
      }
      if (crystal || before?.repeat !== next.repeat || before.strain !== next.strain) refit(rotation);
      invalidate();
    },
    resize(width, height) {
      size = { width, height };
      refit(rotation);
      invalidate();
    },
    setPainter(next) {
      painter = next;
      // At once: the old picture is gone already.
      paint();
    },
    refresh: invalidate,
    orbit(turn, tilt) {
      byHand();
      if (rotation.length > 0) rotation = orbited(rotation, turntableAxis(truth), turn, tilt);
      invalidate();
    },
    zoom(by, x = size.width / 2, y = size.height / 2) {
      byHand();
      const next = Math.min(ZOOM[1], Math.max(ZOOM[0], zoom * by));
      const [dx, dy] = [x - size.width / 2, y - size.height / 2];
      pan = [dx - (next / zoom) * (dx - pan[0]), dy - (next / zoom) * (dy - pan[1])];
      zoom = next;
      invalidate();
    },
    pan(dx, dy) {
      byHand();
      pan = [pan[0] + dx, pan[1] + dy];
      invalidate();
    },
    view(axis) {
      if (scene) turnTo(axis === undefined ? defaultRotation(truth) : rotationAlong(truth, axis));
    },
    pick(x, y) {
      const now = frame();
      return now ? pickAtom(now.projection, now.lattice, now.atoms, x, y) : null;
    },
    mark(hovered, selected) {
      marks = { hovered, selected };
      invalidate();
    },
    frame,
    dispose() {
      cancelAnimationFrame(request);
      cancelAnimationFrame(turning);
      painter?.dispose();
      painter = null;
    },
  };
}

const sameNumbers = (p: Int32Array, q: Int32Array): boolean =>
  p.length === q.length && p.every((value, i) => value === q[i]);
