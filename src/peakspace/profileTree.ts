import { binCount, type Instrument, reflectionWindow } from '../diffraction/instrument.ts';
import { chebyshevNodes, fitMonomials, gaussLegendre, nodalToMonomial } from './chebyshev.ts';
import { type OverlapTable, overlap, overlapTable } from './overlapKernel.ts';
import { profileAt, widthAt } from './peakShape.ts';

/**
 * Everything about the overlap of peaks that depends on the instrument alone, not on the crystal: a hierarchy of cells
 * on the two-theta axis with far-field blocks between them (a one-dimensional fast multipole method on moments), the
 * near-overlap table, and the nodes that subtract the bins outside the window. Built once an instrument, ~20 ms.
 */
export interface ProfileTree {
  readonly instrument: Instrument;
  /** Start of the first cell and width of a leaf cell, degrees. */
  readonly low: number;
  readonly leafWidth: number;
  /** Finest level first; `offset` is the index of its first cell among all cells. */
  readonly levels: readonly { readonly cells: number; readonly offset: number }[];
  readonly allCells: number;
  /** Directed far pairs: potential of cell `to[i]` from the moments of `from[i]` by block i. */
  readonly to: Int32Array;
  readonly from: Int32Array;
  /** [pairs * ORDER * ORDER], row n: coefficient n of the potential. */
  readonly blocks: Float64Array;
  readonly near: OverlapTable;
  readonly edges: EdgeNodes;
}

/**
 * Σ over bins outside the window of pattern² = Σ_q w_q X_q², X_q the pattern at node e_q. Far cells enter through
 * their moments, near leaf cells peak by peak.
 */
export interface EdgeNodes {
  readonly at: Float64Array;
  readonly weight: Float64Array;
  /** Cells whose moments reach node q: entries first[q] … first[q + 1] − 1. */
  readonly first: Int32Array;
  readonly cell: Int32Array;
  /** [entries * ORDER] */
  readonly coefficients: Float64Array;
  /** Leaf cells from nearFrom[q] up to nearTo[q] are summed peak by peak. */
  readonly nearFrom: Int32Array;
  readonly nearTo: Int32Array;
}

/** Moments of a cell: with 10 the loss errs by 1e-9, the gradient by 1.4e-7 of its largest component. */
export const ORDER = 10;
/** Cells of the finest and of the coarsest level. */
const LEAVES = 60;
const ROOTS = 15;

let kept: ProfileTree | null = null;

/** The tree of an instrument; the last one is kept. */
export function profileTree(instrument: Instrument): ProfileTree {
  if (kept && sameProfile(kept.instrument, instrument)) return kept;
  kept = build(instrument);
  return kept;
}

const sameProfile = (p: Instrument, q: Instrument): boolean =>
  p.u === q.u &&
  p.v === q.v &&
  p.w === q.w &&
  p.eta === q.eta &&
  p.step === q.step &&
  p.margin === q.margin &&
  p.twoThetaMin === q.twoThetaMin &&
  p.twoThetaMax === q.twoThetaMax;

function build(instrument: Instrument): ProfileTree {
  const { lower, upper } = reflectionWindow(instrument);
  const { eta, step } = instrument;
  const leafWidth = (upper - lower) / LEAVES;
  const levels: { cells: number; offset: number }[] = [];
  let offset = 0;
  for (let cells = LEAVES; cells >= ROOTS; cells /= 2) {
    levels.push({ cells, offset });
    offset += cells;
  }
  const tree = { low: lower, leafWidth, levels, allCells: offset };
  const matrix = nodalToMonomial(ORDER);
  const least = Math.min(
    ...Array.from({ length: 65 }, (_, i) => widthAt(instrument, lower + ((upper - lower) * i) / 64)),
  );
  return {
    instrument,
    ...tree,
    ...farPairs(instrument, tree, matrix),
    near: overlapTable(eta, step, (2 * leafWidth) / (2 * least) + 0.5),
    edges: edgeNodes(instrument, tree, matrix),
  };
}

type Cells = Pick<ProfileTree, 'low' | 'leafWidth' | 'levels' | 'allCells'>;

/** Interval of cell c at a level. */
function interval(tree: Cells, level: number, c: number): [number, number] {
  const width = tree.leafWidth * 2 ** level;
  return [tree.low + c * width, tree.low + (c + 1) * width];
}

/** Well separated: at least one cell between, and not already separated one level up. */
function farPairs(
  { eta, step, ...instrument }: Instrument,
  tree: Cells,
  matrix: Float64Array,
): Pick<ProfileTree, 'to' | 'from' | 'blocks'> {
  const to: number[] = [];
  const from: number[] = [];
  const blocks: Float64Array[] = [];
  const nodes = chebyshevNodes(ORDER);
  tree.levels.forEach(({ cells, offset }, level) => {
    const top = level === tree.levels.length - 1;
    const ts = Array.from({ length: cells }, (_, c) => {
      const [a, b] = interval(tree, level, c);
      return Float64Array.from(nodes, x => 0.5 * (a + b) + 0.5 * (b - a) * x);
    });
    const hs = ts.map(t => t.map(at => widthAt({ eta, step, ...instrument }, at)));
    for (let p = 0; p < cells; p++)
      for (let q = 0; q < p - 1; q++) {
        if (!top && Math.abs((p >> 1) - (q >> 1)) > 1) continue;
        const block = blockOf(ts[p]!, hs[p]!, ts[q]!, hs[q]!, eta, step, matrix);
        to.push(offset + p, offset + q);
        from.push(offset + q, offset + p);
        blocks.push(block, transposed(block));
      }
  });
  const flat = new Float64Array(blocks.length * ORDER * ORDER);
  for (const [i, block] of blocks.entries()) flat.set(block, i * ORDER * ORDER);
  return { to: Int32Array.from(to), from: Int32Array.from(from), blocks: flat };
}

/** B_nm = Σ_ab C_na O(t_a, t'_b) C_mb: moments of one cell to the potential in the other. */
function blockOf(
  t: Float64Array,
  h: Float64Array,
  t2: Float64Array,
  h2: Float64Array,
  eta: number,
  step: number,
  matrix: Float64Array,
): Float64Array {
  const values = new Float64Array(ORDER * ORDER);
  for (let a = 0; a < ORDER; a++)
    for (let b = 0; b < ORDER; b++)
      values[a * ORDER + b] = overlap(Math.abs(t[a]! - t2[b]!), h[a]!, h2[b]!, eta, step);
  return product(product(matrix, values), transposed(matrix));
}

function product(p: Float64Array, q: Float64Array): Float64Array {
  const out = new Float64Array(ORDER * ORDER);
  for (let i = 0; i < ORDER; i++)
    for (let k = 0; k < ORDER; k++)
      for (let j = 0; j < ORDER; j++) out[i * ORDER + j]! += p[i * ORDER + k]! * q[k * ORDER + j]!;
  return out;
}

function transposed(p: Float64Array): Float64Array {
  const out = new Float64Array(ORDER * ORDER);
  for (let i = 0; i < ORDER; i++) for (let j = 0; j < ORDER; j++) out[j * ORDER + i] = p[i * ORDER + j]!;
  return out;
}

/** Gauss nodes on the mapped half line beyond each edge, and the midpoint-rule correction h²/24 f′ at the edge. */
function edgeNodes(instrument: Instrument, tree: Cells, matrix: Float64Array): EdgeNodes {
  const { twoThetaMin, step } = instrument;
  const end = twoThetaMin + binCount(instrument) * step;
  const nodes = [
    // Above the window the nearest peaks are narrow against the map's scale of 2.6 widths.
    ...halfLine(end - 0.5 * step, 1, 2.62 * widthAt(instrument, end), 16, step),
    { at: end, weight: 1 / 24, side: 1 },
    { at: end - step, weight: -1 / 24, side: 1 },
    // Below a window that starts at 0° there is no peak near the edge; elsewhere it is like the upper one.
    ...(twoThetaMin === 0
      ? halfLine(-0.5 * step, -1, 5, 8, step)
      : [
          ...halfLine(twoThetaMin - 0.5 * step, -1, 2.62 * widthAt(instrument, twoThetaMin), 16, step),
          { at: twoThetaMin - step, weight: 1 / 24, side: -1 },
          { at: twoThetaMin, weight: -1 / 24, side: -1 },
        ]),
  ];
  const first = [0];
  const cell: number[] = [];
  const coefficients: number[] = [];
  const buffer = new Float64Array(ORDER);
  const nearFrom: number[] = [];
  const nearTo: number[] = [];
  const leaves = tree.levels[0]!.cells;
  for (const { at, side } of nodes) {
    const edge = side > 0 ? end : twoThetaMin;
    tree.levels.forEach(({ cells, offset }, level) => {
      for (let c = 0; c < cells; c++) {
        if (closeTo(tree, level, c, edge, side)) continue;
        const top = level === tree.levels.length - 1;
        if (!top && !closeTo(tree, level + 1, c >> 1, edge, side)) continue;
        const [a, b] = interval(tree, level, c);
        fitMonomials(t => profileAt(instrument, at, t), a, b, matrix, ORDER, buffer, 0);
        cell.push(offset + c);
        coefficients.push(...buffer);
      }
    });
    first.push(cell.length);
    const close = Array.from({ length: leaves }, (_, c) => c).filter(c => closeTo(tree, 0, c, edge, side));
    nearFrom.push(close[0] ?? 0);
    nearTo.push(close.length ? close.at(-1)! + 1 : 0);
  }
  return {
    at: Float64Array.from(nodes, node => node.at),
    weight: Float64Array.from(nodes, node => node.weight),
    first: Int32Array.from(first),
    cell: Int32Array.from(cell),
    coefficients: Float64Array.from(coefficients),
    nearFrom: Int32Array.from(nearFrom),
    nearTo: Int32Array.from(nearTo),
  };
}

/** Within two cells of the edge, or outside it: there the profile is no short polynomial across the cell. */
function closeTo(tree: Cells, level: number, c: number, edge: number, side: number): boolean {
  const [a, b] = interval(tree, level, c);
  return side * (edge - 0.5 * (a + b)) < 2 * (b - a) - 1e-9;
}

function halfLine(
  edge: number,
  side: number,
  scale: number,
  count: number,
  step: number,
): { at: number; weight: number; side: number }[] {
  const { nodes, weights } = gaussLegendre(count);
  return Array.from(nodes, (v, i) => ({
    at: edge + (side * scale * v) / (1 - v),
    weight: (weights[i]! * scale) / ((1 - v) * (1 - v) * step),
    side,
  }));
}
