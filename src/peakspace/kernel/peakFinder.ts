import { type Cell, cellExists, cellGradient, metricTensor, reciprocalMetric } from '../../crystal/cell.ts';
import { elementsOf, type Site } from '../../crystal/structure.ts';
import { formFactorOf } from '../../diffraction/formFactor.ts';
import { type Instrument, reflectionWindow, spectralLines } from '../../diffraction/instrument.ts';
import type { KernelMemory } from './kernelMemory.ts';
import { type PeakColumns, type Peaks, placeColumns } from './peakColumns.ts';
import { ARCSINE, factorTable, PANEL_TERMS } from './peakTables.ts';
import { lists, type ReflectionList, reflectionList } from './reflectionList.ts';
import { valueAndSlope } from './valueAndSlope.ts';

const DEGREES = 180 / Math.PI;
/** Places of the entries of a symmetric matrix in 11, 22, 33, 12, 13, 23. */
const SYMMETRIC = [0, 3, 4, 3, 1, 5, 4, 5, 2];

/** A crystal's peaks at one cell after another, in a memory of the kernel. */
export interface PeakFinder {
  /** Peaks at a cell, line after line of the radiation, each in list order; null where it does not exist or has none. */
  at(cell: Float64Array): Peaks | null;
  /**
   * dL/dcell at the cell last asked for, per angstrom and per degree, for dL/du_k = k₁ (d dot/du)_k + k₂ (A dI/du + I T dt/du), A and T
   * as the sorted peaks have them: Γ = (λ²/4) Σ_k dL/du_k h hᵀ and the chain rule of `cellGradient`.
   */
  slopes(k1: number, k2: number, gradient: Float64Array): void;
}

/**
 * The list of reflections is drawn up anew only when a cell may show one that it lacks. With u = sin²θ, s = √u,
 * c = √(1 − u) and r = 1/(s c), one square root or division where the formulas have many:
 *   tanθ = u r,  1/c = r s,  1/(u c) = r² c,  d(2θ)/du = r · 180/π,
 *   lp = N r² c with N = 1 + (1 − 2u)²,  d lp/du = −4 (1 − 2u) r² c − lp r² (1 − u) + lp (r s)² / 2,
 *   dI/du = 2 · [2 Re(F* F′) lp + |F|² d lp/du], the factor 2 for the Friedel mate.
 * u is summed in the order of `inverseSquareSpacing`, so that a reflection on the edge of the window is in or out as in
 * the dense reference. On a second line u is `stretch` times that of the first, in which the derivatives are.
 */
export function peakFinder(memory: KernelMemory, sites: readonly Site[], instrument: Instrument): PeakFinder {
  const { code } = memory;
  const { lower, upper } = reflectionWindow(instrument);
  const uOf = (degrees: number): number => Math.sin(degrees / (2 * DEGREES)) ** 2;
  const [uMin, uMax] = [uOf(lower), uOf(upper)];
  const lines = spectralLines(instrument);
  const factors = factorTable(elementsOf(sites).map(formFactorOf), instrument);
  const recipAt = memory.column(6);
  const gammaAt = memory.column(6);
  const arcsineAt = memory.put(ARCSINE);
  const factorsAt = memory.put(valueAndSlope(factors.coefficients, [PANEL_TERMS]));
  const { u: cagliotiU, v: cagliotiV, w: cagliotiW } = instrument;
  const here = new Float64Array(6);
  const metric = new Float64Array(9);
  const recip = new Float64Array(9);
  const gamma = new Float64Array(9);
  const quarterOf = (wavelength: number): number => (wavelength * wavelength) / 4;
  let list: ReflectionList | null = null;
  let columns: PeakColumns | null = null;
  let count = 0;

  const use = (next: ReflectionList): PeakColumns => {
    const capacity = next.count * lines.length;
    const made =
      columns && capacity <= columns.capacity
        ? columns
        : placeColumns(memory, capacity + (capacity >> 2), next.count + (next.count >> 2), next.elements);
    pairedProducts(next, memory.f64(made.products, 6 * (next.count + (next.count & 1))));
    memory.f64(made.sums, next.sums.length).set(next.sums);
    list = next;
    columns = made;
    return made;
  };

  return {
    at(cell) {
      count = 0;
      if (!cellExists(cell)) return null;
      here.set(cell);
      metricTensor(cell, metric);
      reciprocalMetric(cell, recip);
      const c =
        list && columns && lists(list, metric)
          ? columns
          : use(reflectionList(sites, instrument, Array.from(cell) as unknown as Cell));
      const star = memory.f64(recipAt, 6);
      star[0] = recip[0]!;
      star[1] = recip[4]!;
      star[2] = recip[8]!;
      star[3] = recip[1]!;
      star[4] = recip[2]!;
      star[5] = recip[5]!;
      for (const { wavelength, weight, stretch } of lines) {
        const index = c.index + 4 * count;
        const at = 8 * count;
        const quarter = quarterOf(wavelength);
        const n = code.insideWindow(c.products, list!.count, recipAt, quarter, uMin, uMax, index, c.u + at);
        code.peakStage(
          n,
          index,
          c.u + at,
          c.sums,
          list!.elements,
          factorsAt,
          factors.panelsPerUnit / stretch,
          factors.panelsPerUnit,
          arcsineAt,
          cagliotiU,
          cagliotiV,
          cagliotiW,
          2 * weight,
          stretch,
          c.position + at,
          c.width + at,
          c.intensity + at,
          c.widthSlope + at,
          c.positionByU + at,
          c.intensityByU + at,
        );
        count += n;
      }
      return count ? { columns: c, count } : null;
    },
    slopes(k1, k2, gradient) {
      const c = columns!;
      const s = c.sorted;
      const quarter = quarterOf(instrument.wavelength);
      code.assemble(
        count,
        c.products,
        c.index,
        s.place,
        c.intensity,
        c.positionByU,
        c.intensityByU,
        c.dotByU,
        s.byIntensity,
        s.byPosition,
        quarter * k1,
        quarter * k2,
        gammaAt,
      );
      const sums = memory.f64(gammaAt, 6);
      for (let i = 0; i < 9; i++) gamma[i] = sums[SYMMETRIC[i]!]!;
      cellGradient(here, recip, gamma, gradient);
    },
  };
}

/** Products of the indices of two reflections side by side, as the kernel reads them. */
function pairedProducts({ products, count }: ReflectionList, out: Float64Array): void {
  out.fill(0);
  for (let k = 0; k < count; k++)
    for (let i = 0; i < 6; i++) out[(k >> 1) * 12 + 2 * i + (k & 1)] = products[6 * k + i]!;
}
