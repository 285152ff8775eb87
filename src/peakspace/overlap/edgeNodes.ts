import { fwhm } from '../../diffraction/caglioti.ts';
import { binCount, type Instrument } from '../../diffraction/instrument.ts';
import { pseudoVoigt } from '../../diffraction/pseudoVoigt.ts';
import { gaussLegendre } from '../../num/gaussLegendre.ts';
import { type AxisCells, interval, ORDER } from '../tree/axisCells.ts';
import { fitMonomials, nodalToMonomial } from '../tree/chebyshev.ts';

/**
 * The overlap kernel sums over an unbounded grid; the bins outside the window are taken off again by quadrature,
 *   Σ over bins outside of pattern² = Σ_q w_q X_q²,  X_q = Σ_k I_k pV(e_q; t_k).
 * A sum over bins from x_n on is (1/h) ∫ from e = x_n − h/2, plus h f′/24 − 7 h³ f‴/5760 + 31 h⁵ f⁽⁵⁾/967680 at e: the
 * midpoint rule with its first corrections (`DIFFERENCES`). Distant cells enter X_q through their moments, Σ_m E_qm μ_m with the profile at e_q as a
 * polynomial in the peak position; peaks of leaf cells nearby are summed one by one.
 */
export interface EdgeNodes {
  readonly count: number;
  /** Degrees. */
  readonly at: Float64Array;
  readonly weight: Float64Array;
  /** Distant cells of node q: entries first[q] … first[q + 1] − 1. */
  readonly first: Int32Array;
  readonly cell: Int32Array;
  /** E, [entries * ORDER]. */
  readonly coefficients: Float64Array;
  /** Leaf cells near[2q] … near[2q + 1] − 1 are summed peak by peak. */
  readonly near: Int32Array;
}

interface Node {
  readonly at: number;
  readonly weight: number;
}

/** Nodes of a panel one width long among peaks. */
const PANEL_NODES = 12;

/**
 * The half line beyond all peaks, mapped to v in 0 … 1 by x = s (v − bend v²)/(1 − v): 1/x⁴ of two Lorentzian tails
 * remains a polynomial, and the bend draws nodes to where the Gaussian is.
 */
interface Tail {
  readonly nodes: number;
  readonly scale: number;
  readonly bend: number;
}

/** Scale in widths. The slope of a peak's norm, relative to it, errs by up to 5e-9 a degree wherever the peak is. */
const AT_PEAKS: Tail = { nodes: 20, scale: 1.6, bend: 0.72 };
/** Scale in degrees: a window from 0° has no peak near its start. A peak at 1° errs by 1e-10, one at 0.5° by 5e-7. */
const FROM_ZERO: Tail = { nodes: 10, scale: 2.5, bend: 0 };

/**
 * The corrections of the midpoint rule to fifth order by differences: weights of the first, second and third bin on the
 * outer side, those on the inner side having the opposite. The first of them alone leaves the slope off by 6e-6 within
 * 0.2° of the edge, most of the gradient of a pattern with nothing but a peak there that meets none of the target's.
 */
const DIFFERENCES = [0.054313409391534395, -0.0048476769179894175, 0.0003792576058201058];
/** Bins a width from which on the pattern at those bins is interpolated from that at the tail's nodes and at e. */
const FINE = 36;

export function edgeNodes(instrument: Instrument, axis: AxisCells): EdgeNodes {
  const { twoThetaMin, step } = instrument;
  const end = twoThetaMin + binCount(instrument) * step;
  const nodes = [
    ...outside(instrument, end, 1, axis.high),
    ...outside(instrument, twoThetaMin, -1, axis.low),
  ];
  const matrix = nodalToMonomial(ORDER);
  const buffer = new Float64Array(ORDER);
  const first = [0];
  const cell: number[] = [];
  const coefficients: number[] = [];
  const nearLeaves: number[] = [];
  for (const { at } of nodes) {
    const near: number[] = [];
    const visit = (level: number, c: number): void => {
      const [a, b] = interval(axis, level, c);
      if (Math.abs(at - 0.5 * (a + b)) >= 2 * (b - a) - 1e-9) {
        const profile = (t: number): number => pseudoVoigt(at - t, fwhm(instrument, t), instrument.eta).value;
        fitMonomials(profile, a, b, matrix, ORDER, buffer, 0);
        cell.push(axis.levels[level]!.offset + c);
        coefficients.push(...buffer);
      } else if (level === 0) near.push(c);
      else for (const child of [2 * c, 2 * c + 1]) visit(level - 1, child);
    };
    const top = axis.levels.length - 1;
    for (let c = 0; c < axis.levels[top]!.cells; c++) visit(top, c);
    first.push(cell.length);
    nearLeaves.push(near[0] ?? 0, near.length ? near.at(-1)! + 1 : 0);
  }
  return {
    count: nodes.length,
    at: Float64Array.from(nodes, node => node.at),
    weight: Float64Array.from(nodes, node => node.weight),
    first: Int32Array.from(first),
    cell: Int32Array.from(cell),
    coefficients: Float64Array.from(coefficients),
    near: Int32Array.from(nearLeaves),
  };
}

/**
 * Nodes of the bins on one side of an edge: panels as far as there are peaks (the margin), then the tail.
 * @param side 1: bins from `edge` on; −1: bins below `edge`, which is itself the first bin of the window
 * @param last where peaks end
 */
function outside(instrument: Instrument, edge: number, side: 1 | -1, last: number): Node[] {
  const { step } = instrument;
  const start = edge - 0.5 * step;
  const reach = Math.max(0, side * (last - start));
  const panels =
    reach > step ? Math.ceil(reach / Math.min(fwhm(instrument, edge), fwhm(instrument, last))) : 0;
  const nodes: Node[] = [];
  const add = (x: number, weight: number): void => {
    nodes.push({ at: start + side * x, weight });
  };
  const rule = gaussLegendre(PANEL_NODES);
  for (let i = 0; i < panels; i++)
    for (const [j, v] of rule.nodes.entries())
      add((reach * (i + v)) / panels, (rule.weights[j]! * reach) / (panels * step));

  const fromZero = side < 0 && edge === 0;
  const { nodes: count, scale, bend } = fromZero ? FROM_ZERO : AT_PEAKS;
  const width = fwhm(instrument, last);
  const s = fromZero ? scale : scale * width;
  const tail = gaussLegendre(count);
  // the tail's nodes say what is at the edge only where it begins there
  const fine = panels === 0 && width >= FINE * step;
  const places = [...tail.nodes, ...(fine ? [0] : [])];
  const weights = places.map((v, j) =>
    j < count ? (tail.weights[j]! * s * (1 - bend * v * (2 - v))) / ((1 - v) * (1 - v) * step) : 0,
  );
  for (const [i, weight] of DIFFERENCES.entries())
    for (const x of [-(i + 0.5) * step, (i + 0.5) * step]) {
      const signed = x > 0 ? weight : -weight;
      if (!fine) add(x, signed);
      else
        for (const [j, share] of lagrange(places, placeOf(x / s, bend)).entries())
          weights[j]! += signed * share;
    }
  for (const [j, v] of places.entries())
    add((panels ? reach : 0) + (s * v * (1 - bend * v)) / (1 - v), weights[j]!);
  return nodes;
}

/** v with (v − bend v²)/(1 − v) = x: the root of bend v² − (1 + x) v + x that vanishes with x. */
function placeOf(x: number, bend: number): number {
  const b = 1 + x;
  return (2 * x) / (b + Math.sqrt(b * b - 4 * bend * x));
}

/** Weights of values at the nodes in the polynomial through them, at x. */
const lagrange = (nodes: readonly number[], x: number): number[] =>
  nodes.map((own, j) =>
    nodes.reduce((product, other, k) => (k === j ? product : (product * (x - other)) / (own - other)), 1),
  );
