import { type Cell, latticeMatrix, sameCell } from '../../crystal/cell.ts';
import type { Site } from '../../crystal/structure.ts';
import { type Palette, readPalette } from '../palette.ts';
import { axisLabels } from './axisLabels.ts';
import { bondsBetween } from './bonds.ts';
import { atomsToDraw, type DrawnAtom, movedAtoms } from './cellAtoms.ts';
import type { CellFrame, CellPainter } from './frame.ts';
import { corners, fittingScale, middle, type Projection, pickAtom } from './projection.ts';
import { distanceBetween } from './readout.ts';
import { exaggerated, largestShift } from './strain.ts';
import type { Turnable } from './turning.ts';
import { enlarged, mixed, orbited, type Pose, restingPose, rotationOf } from './viewpoint.ts';

/** Crystal and settings to show, as the store has them. */
export interface StageScene extends Partial<Pick<CellFrame, 'surface' | 'tone' | 'planes'>> {
  readonly sites: readonly Site[];
  /** The sites in their true places; absent: these. */
  readonly home?: readonly Site[];
  readonly truth: Cell;
  readonly current: Cell;
  readonly repeat: number;
  readonly bonds: boolean;
  readonly ghost: boolean;
  readonly strain: number;
  readonly perspective: boolean;
}

/** One cell as it is, with nothing to compare it to. */
export const plainScene = (cell: Cell, sites: readonly Site[]): StageScene => ({
  sites,
  truth: cell,
  current: cell,
  repeat: 1,
  bonds: false,
  ghost: false,
  strain: 1,
  perspective: false,
});

/** Looks at the cell, c upright, and draws it when something has changed; never by itself. */
export interface CellRenderer extends Required<Turnable> {
  show(scene: StageScene): void;
  resize(width: number, height: number): void;
  /** Takes another painter in place of the one before. */
  setPainter(painter: CellPainter | null): void;
  /** Draws again, in the colours that the page has now. */
  refresh(): void;
  pick(x: number, y: number): number | null;
  mark(hovered: number | null, selected: readonly number[]): void;
  /** The picture as it is now; null before there is one. */
  frame(): CellFrame | null;
  snapshot: CellPainter['snapshot'];
  dispose(): void;
}

export interface StageOptions {
  readonly host: HTMLElement;
  /** Told when other atoms are drawn, and by how much the strain is really multiplied. */
  onAtoms(atoms: readonly DrawnAtom[]): void;
  onFactor(factor: number): void;
}

/** Angstrom below which truth and current cell, or places of an atom, count as one and no ghost is drawn. */
const COINCIDE = 2e-3;
/** Room for the current cell beyond the true one. */
const SLACK = { plain: 1.05, exaggerated: 1.4 } as const;
const TURN_MS = 240;
const NO_PLANES: CellFrame['planes'] = [];
const NO_MARKS = { hovered: null, selected: [] };

/** @param host holds the letters of the axes in elements marked `data-axis` */
export function createStage({ host, onAtoms, onFactor }: StageOptions): CellRenderer {
  const letters = [...host.querySelectorAll<HTMLElement>('[data-axis]')];
  let painter: CellPainter | null = null;
  let scene: StageScene | null = null;
  let truth = new Float64Array(9);
  let drawn: Pick<
    CellFrame,
    'atoms' | 'home' | 'displaced' | 'bonds' | 'lattice' | 'truth' | 'ghost'
  > | null = null;
  let placed: readonly Site[] = [];
  let size = { width: 0, height: 0 };
  let pose: Pose = { azimuth: 0, polar: 0, zoom: 1, pan: [0, 0] };
  /** Pixels an angstrom at zoom 1. */
  let fit = 1;
  let marks: Pick<CellFrame, 'hovered' | 'selected'> = NO_MARKS;
  let factor = 1;
  let palette: Palette | null = null;
  let request = 0;
  let turning = 0;

  /** Scale for a pose that the view rests in: it does not breathe while the cell is turned by hand. */
  const fitting = (target: Pose): number => {
    if (!scene || !drawn || size.width === 0) return fit;
    const radius = Math.max(0, ...drawn.atoms.map(atom => atom.radius));
    const slack = scene.strain > 1 ? SLACK.exaggerated : SLACK.plain;
    return fittingScale(truth, scene.repeat, rotationOf(truth, target), size, radius, slack);
  };

  const projection = (lattice: Float64Array, { repeat, perspective }: StageScene): Projection => {
    const centre = middle(truth, repeat);
    const [own, other] = [truth, lattice].map(m =>
      Math.max(
        ...corners(m, repeat).map(p => Math.hypot(p[0] - centre[0], p[1] - centre[1], p[2] - centre[2])),
      ),
    ) as [number, number];
    const reach = Math.max(own, other) + 1.2;
    const nearness = perspective ? 1 / Math.max(3.2 * own, 1.6 * reach) : 0;
    const rotation = rotationOf(truth, pose);
    return { ...size, rotation, centre, scale: fit * pose.zoom, pan: pose.pan, nearness, reach };
  };

  const frame = (): CellFrame | null => {
    if (!scene || !drawn || size.width < 2 || size.height < 2) return null;
    const { surface = null, tone = 'current', planes = NO_PLANES, repeat } = scene;
    const content = { ...drawn, ...marks, surface, tone, planes, repeat };
    palette ??= readPalette(host);
    return { ...content, projection: projection(drawn.lattice, scene), palette };
  };

  const paint = (): void => {
    request = 0;
    const next = frame();
    if (!next || !painter) return;
    painter.paint(next);
    const placed = axisLabels(next.projection, next.lattice, next.repeat, next.atoms);
    for (const letter of letters) {
      const place = placed.find(({ axis }) => axis === letter.dataset['axis']);
      letter.hidden = !place;
      if (place)
        letter.style.transform = `translate(${place.x.toFixed(1)}px, ${place.y.toFixed(1)}px) translate(-50%, -50%)`;
    }
  };
  const invalidate = (): void => {
    request ||= requestAnimationFrame(paint);
  };
  /** A gesture takes over from a turn that is under way. */
  const byHand = (next: Pose): void => {
    cancelAnimationFrame(turning);
    pose = next;
    invalidate();
  };
  const turnTo = (target: Pose): void => {
    cancelAnimationFrame(turning);
    const [from, fitFrom, fitTo] = [pose, fit, fitting(target)];
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const begin = performance.now();
    const step = (now: number): void => {
      const time = still ? 1 : Math.min(1, Math.max(0, (now - begin) / TURN_MS));
      const share = time * time * (3 - 2 * time);
      pose = time < 1 ? mixed(from, target, share) : target;
      fit = fitFrom + share * (fitTo - fitFrom);
      invalidate();
      if (time < 1) turning = requestAnimationFrame(step);
    };
    step(begin);
  };

  return {
    show(next) {
      const before = scene;
      if (before && sameScene(before, next)) return;
      scene = next;
      // Atoms may move inside one cell: the view stays as it is.
      const crystal = !before || before.truth !== next.truth;
      if (crystal) truth = latticeMatrix(next.truth) as Float64Array<ArrayBuffer>;
      const sites = truePlaces(next);
      const other = crystal || before.repeat !== next.repeat || !drawn || !sameItems(placed, sites);
      const home = other || !drawn ? atomsToDraw(sites, next.repeat) : drawn.home;
      placed = sites;
      const atoms = next.home ? movedAtoms(home, next.home, next.sites) : home;
      const real = latticeMatrix(next.current);
      const { lattice, factor: used } = exaggerated(truth, real, next.strain);
      const bonds = next.bonds ? bondsBetween(atoms, real) : new Int32Array(0);
      const kept = !other && drawn && sameItems(drawn.bonds, bonds) ? drawn.bonds : bonds;
      const ghost = next.ghost && largestShift(truth, lattice) > COINCIDE ? truth : null;
      const displaced = home.flatMap(({ fract }, i) =>
        next.ghost && atoms !== home && distanceBetween(real, fract, atoms[i]!.fract) > COINCIDE ? [i] : [],
      );
      drawn = { atoms, home, displaced, bonds: kept, lattice, truth, ghost };
      if (other) {
        marks = NO_MARKS;
        onAtoms(home);
      }
      if (used !== factor) onFactor((factor = used));
      if (crystal) byHand(restingPose(truth));
      if (crystal || before.repeat !== next.repeat || before.strain !== next.strain) fit = fitting(pose);
      invalidate();
    },
    resize(width, height) {
      size = { width, height };
      fit = fitting(pose);
      invalidate();
    },
    setPainter(next) {
      painter?.dispose();
      painter = next;
      // At once: the old picture is gone already.
      paint();
    },
    refresh() {
      palette = null;
      invalidate();
    },
    orbit: (turn, tilt) => byHand(orbited(pose, turn, tilt)),
    zoom: (by, x = size.width / 2, y = size.height / 2) =>
      byHand(enlarged(pose, by, x - size.width / 2, y - size.height / 2)),
    pan: (dx, dy) => byHand({ ...pose, pan: [pose.pan[0] + dx, pose.pan[1] + dy] }),
    view: axis => scene && turnTo(restingPose(truth, axis)),
    pick(x, y) {
      const now = frame();
      return now ? pickAtom(now.projection, now.lattice, now.atoms, x, y) : null;
    },
    mark(hovered, selected) {
      marks = { hovered, selected };
      invalidate();
    },
    frame,
    async snapshot(picture, ratio) {
      if (!painter) throw new Error('there is no picture yet');
      return painter.snapshot(picture, ratio);
    },
    dispose() {
      cancelAnimationFrame(request);
      cancelAnimationFrame(turning);
      painter?.dispose();
      painter = null;
    },
  };
}

/** True where two scenes look alike; a new picture costs a page without a GPU half of a frame. */
const sameScene = ({ current, ...before }: StageScene, { current: cell, ...next }: StageScene): boolean => {
  const keys = Object.keys({ ...before, ...next }) as (keyof typeof next)[];
  return sameCell(current, cell) && keys.every(key => before[key] === next[key]);
};

const sameItems = <T>(p: ArrayLike<T>, q: ArrayLike<T>): boolean =>
  p.length === q.length && Array.from(p).every((item, i) => item === q[i]);

/** The sites of a scene in their true places, filled as they are now. */
const truePlaces = ({ sites, home = sites }: StageScene): readonly Site[] =>
  home.map((site, i) => {
    const { occupancy } = sites[i]!;
    return occupancy === site.occupancy ? site : { ...site, occupancy };
  });
