import { fwhm } from '../diffraction/caglioti.ts';
import { binCount, type Instrument } from '../diffraction/instrument.ts';
import { pseudoVoigt } from '../diffraction/pseudoVoigt.ts';
import { type AxisCells, interval, ORDER } from './axisCells.ts';
import { fitMonomials, gaussLegendre, nodalToMonomial } from './chebyshev.ts';

/**
 * The overlap kernel sums over an unbounded grid; the bins outside the window are taken off again by quadrature,
 *   Σ over bins outside of pattern² = Σ_q w_q X_q²,  X_q = Σ_k I_k pV(e_q; t_k).
 * A sum over bins from x_n on is (1/h) ∫ from x_n − h/2, plus δf/24 − 17 δ³f/5760 of the differences about x_n − h/2:
 * the midpoint rule with its first two corrections. Distant cells enter X_q through their moments, Σ_m E_qm μ_m with the profile at e_q as a
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
  /** Leaf cells nearFrom[q] … nearTo[q] − 1 are summed peak by peak. */
  readonly nearFrom: Int32Array;
  readonly nearTo: Int32Array;
}

interface Node {
  readonly at: number;
  readonly weight: number;
}

/** Nodes of a panel one width long among peaks, and of the tail beyond all peaks. */
const PANEL_NODES = 12;
const TAIL_NODES = 20;
/** Scale of the tail's map in widths. */
const TAIL_SCALE = 2.62;
/** Weights of x_{n+1}, x_n, x_{n−1}, x_{n−2} in δ/24 − 17 δ³/5760: a pattern's square errs by 1e-8 without δ³. */
const MIDPOINT = [-17 / 5760, 1 / 24 + 17 / 1920, -1 / 24 - 17 / 1920, 17 / 5760];

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
  const nearFrom: number[] = [];
  const nearTo: number[] = [];
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
    nearFrom.push(near[0] ?? 0);
    nearTo.push(near.length ? near.at(-1)! + 1 : 0);
  }
  return {
    count: nodes.length,
    at: Float64Array.from(nodes, node => node.at),
    weight: Float64Array.from(nodes, node => node.weight),
    first: Int32Array.from(first),
    cell: Int32Array.from(cell),
    coefficients: Float64Array.from(coefficients),
    nearFrom: Int32Array.from(nearFrom),
    nearTo: Int32Array.from(nearTo),
  };
}

/**
 * Nodes of the bins on one side of an edge: panels as far as there are peaks (the margin), then the half line by
 * x = start ± s v / (1 − v), on which the 1/x⁴ of two Lorentzian tails is a polynomial.
 * @param side 1: bins from `edge` on; −1: bins below `edge`, which is itself the first bin of the window
 * @param last where peaks end
 */
function outside(instrument: Instrument, edge: number, side: 1 | -1, last: number): Node[] {
  const { step } = instrument;
  const start = edge - 0.5 * step;
  const reach = Math.max(0, side * (last - start));
  // A window from 0° has no peak near its start; 5° is the scale of the first peaks.
  const tail = side < 0 && edge === 0 ? 5 : TAIL_SCALE * fwhm(instrument, last);
  const panels =
    reach > step ? Math.ceil(reach / Math.min(fwhm(instrument, edge), fwhm(instrument, last))) : 0;
  const nodes: Node[] = [];
  const rule = gaussLegendre(PANEL_NODES);
  for (let i = 0; i < panels; i++)
    for (const [j, v] of rule.nodes.entries())
      nodes.push({
        at: start + (side * reach * (i + v)) / panels,
        weight: (rule.weights[j]! * reach) / (panels * step),
      });
  const half = gaussLegendre(TAIL_NODES);
  for (const [j, v] of half.nodes.entries())
    nodes.push({
      at: start + side * ((panels ? reach : 0) + (tail * v) / (1 - v)),
      weight: (half.weights[j]! * tail) / ((1 - v) * (1 - v) * step),
    });
  const beyond = side > 0 ? edge : edge - step;
  for (const [i, weight] of MIDPOINT.entries()) nodes.push({ at: beyond + side * (1 - i) * step, weight });
  return nodes;
}
