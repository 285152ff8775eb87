/**
 * Structure factors of moving sites at fixed reflections, F(h) = Σ_j occ_j f_j exp(2πi h·x_j), and the way back to the
 * sites. exp(2πi h·x) is a product of powers of the three exp(2πi x), so that a step takes three sines and cosines a
 * site and one complex product for each reflection and site. Reflections come in rows of equal h and k.
 */
export interface SitePhases {
  readonly sites: number;
  /** Elements in a row in `occupancy`, `order` and the tables: sites first[e] … first[e + 1] − 1. */
  readonly first: Int32Array;
  /** Place of each sorted site in the caller's list, and back. */
  readonly order: Int32Array;
  readonly placeOf: Int32Array;
  /** Of the sorted sites; whoever places the sites writes them. */
  readonly occupancy: Float64Array;
  readonly rows: readonly PhaseRow[];
  /** exp(2πi n x) along each axis for n from 0, −most[1], −most[2] on: [n * sites]. */
  readonly most: readonly [number, number, number];
  readonly re: readonly [Float64Array, Float64Array, Float64Array];
  readonly im: readonly [Float64Array, Float64Array, Float64Array];
  /** occ exp(2πi (hx + ky)) of the row at hand, and what the sites gather from the row. */
  readonly rowRe: Float64Array;
  readonly rowIm: Float64Array;
  readonly rowSum: Float64Array;
  /** The gradient of the sorted sites, axis by axis. */
  readonly slopes: readonly [Float64Array, Float64Array, Float64Array];
}

/** Reflections from … to − 1, all with this h and k; h ≥ 0. */
export interface PhaseRow {
  readonly h: number;
  readonly k: number;
  readonly from: number;
  readonly to: number;
}

/**
 * @param hkl indices sorted by h, k, l, h ≥ 0, [count * 3]
 * @param species element of each site, 0 … elements − 1
 */
export function sitePhases(hkl: Int32Array, species: readonly number[], elements: number): SitePhases {
  const sites = species.length;
  const order = Int32Array.from(species.keys()).sort((p, q) => species[p]! - species[q]! || p - q);
  const first = new Int32Array(elements + 1);
  for (const e of species) first[e + 1]++;
  for (let e = 0; e < elements; e++) first[e + 1] += first[e];
  const rows: PhaseRow[] = [];
  const most: [number, number, number] = [0, 0, 0];
  const count = hkl.length / 3;
  for (let n = 0; n < count; ) {
    const [h, k] = [hkl[3 * n], hkl[3 * n + 1]];
    let to = n;
    while (to < count && hkl[3 * to] === h && hkl[3 * to + 1] === k) to++;
    rows.push({ h, k, from: n, to });
    n = to;
  }
  for (let i = 0; i < hkl.length; i++) most[i % 3] = Math.max(most[i % 3], Math.abs(hkl[i]));
  const powers = (): [Float64Array, Float64Array, Float64Array] => [
    new Float64Array((most[0] + 1) * sites),
    new Float64Array((2 * most[1] + 1) * sites),
    new Float64Array((2 * most[2] + 1) * sites),
  ];
  return {
    sites,
    first,
    order,
    placeOf: Int32Array.from(order.keys()).sort((p, q) => order[p]! - order[q]!),
    occupancy: new Float64Array(sites).fill(1),
    rows,
    most,
    re: powers(),
    im: powers(),
    rowRe: new Float64Array(sites),
    rowIm: new Float64Array(sites),
    rowSum: new Float64Array(sites),
    slopes: [new Float64Array(sites), new Float64Array(sites), new Float64Array(sites)],
  };
}

/** Powers of exp(2πi x) at coordinates [sites * 3], unit fraction. */
export function placeSites({ sites, order, most, re, im }: SitePhases, coordinates: Float64Array): void {
  for (let axis = 0; axis < 3; axis++) {
    const tableRe = re[axis]!;
    const tableIm = im[axis]!;
    const top = most[axis]!;
    const zero = axis === 0 ? 0 : top * sites;
    for (let j = 0; j < sites; j++) {
      const x = coordinates[3 * order[j] + axis];
      const angle = 2 * Math.PI * (x - Math.round(x));
      const cos = Math.cos(angle);
      const sin = Math.sin(angle);
      let c = 1;
      let s = 0;
      tableRe[zero + j] = 1;
      tableIm[zero + j] = 0;
      for (let n = 1; n <= top; n++) {
        const next = c * cos - s * sin;
        s = c * sin + s * cos;
        c = next;
        tableRe[zero + n * sites + j] = c;
        tableIm[zero + n * sites + j] = s;
        if (axis === 0) continue;
        tableRe[zero - n * sites + j] = c;
        tableIm[zero - n * sites + j] = -s;
      }
    }
  }
}

function enterRow(
  { sites, most, re, im, rowRe, rowIm }: SitePhases,
  { h, k }: PhaseRow,
  occupancy: Float64Array,
): void {
  const [xRe, yRe] = re;
  const [xIm, yIm] = im;
  const x = h * sites;
  const y = (k + most[1]) * sites;
  for (let j = 0; j < sites; j++) {
    const occ = occupancy[j];
    rowRe[j] = occ * (xRe[x + j] * yRe[y + j] - xIm[x + j] * yIm[y + j]);
    rowIm[j] = occ * (xRe[x + j] * yIm[y + j] + xIm[x + j] * yRe[y + j]);
  }
}

/** Σ_j occ_j exp(2πi h·x_j) over the sites of each element, for every reflection: [count * elements]. */
export function elementSums(
  phases: SitePhases,
  hkl: Int32Array,
  outRe: Float64Array,
  outIm: Float64Array,
): void {
  const { sites, first, most, rows, rowRe, rowIm } = phases;
  const zRe = phases.re[2];
  const zIm = phases.im[2];
  const elements = first.length - 1;
  for (const row of rows) {
    enterRow(phases, row, phases.occupancy);
    for (let n = row.from; n < row.to; n++) {
      const z = (hkl[3 * n + 2] + most[2]) * sites;
      for (let e = 0; e < elements; e++) {
        let c = 0;
        let s = 0;
        const end = first[e + 1];
        for (let j = first[e]; j < end; j++) {
          c += rowRe[j] * zRe[z + j] - rowIm[j] * zIm[z + j];
          s += rowRe[j] * zIm[z + j] + rowIm[j] * zRe[z + j];
        }
        outRe[n * elements + e] = c;
        outIm[n * elements + e] = s;
      }
    }
  }
}

/**
 * dL/dx_j = Σ_h w_h 2 Re(F* ∂F/∂x_j) = Σ_h 4π w_h occ_j f_j (Im F cos φ − Re F sin φ) h, φ = 2π h·x_j, w = dL/d|F|² of
 * each reflection [count], after `elementSums` at the same coordinates.
 * @param factors f of each element at each distinct angle [angles * elements]
 * @param angle which of them a reflection has [count]
 * @param gradient [sites * 3] in the caller's order, per unit fraction, overwritten
 */
export function siteSlopes(
  phases: SitePhases,
  hkl: Int32Array,
  factors: Float64Array,
  angle: Int32Array,
  re: Float64Array,
  im: Float64Array,
  weight: Float64Array,
  gradient: Float64Array,
): void {
  const { sites, first, order, rows, most, rowRe, rowIm, rowSum, slopes } = phases;
  const [byX, byY, byZ] = slopes;
  const zRe = phases.re[2];
  const zIm = phases.im[2];
  const elements = first.length - 1;
  for (const column of slopes) column.fill(0);
  for (const row of rows) {
    enterRow(phases, row, phases.occupancy);
    rowSum.fill(0);
    for (let n = row.from; n < row.to; n++) {
      const l = hkl[3 * n + 2];
      const z = (l + most[2]) * sites;
      const f = angle[n] * elements;
      const scale = 4 * Math.PI * weight[n];
      for (let e = 0; e < elements; e++) {
        const p = scale * factors[f + e] * im[n];
        const q = scale * factors[f + e] * re[n];
        const end = first[e + 1];
        for (let j = first[e]; j < end; j++) {
          const change =
            p * (rowRe[j] * zRe[z + j] - rowIm[j] * zIm[z + j]) -
            q * (rowRe[j] * zIm[z + j] + rowIm[j] * zRe[z + j]);
          rowSum[j] += change;
          byZ[j] += l * change;
        }
      }
    }
    const { h, k } = row;
    for (let j = 0; j < sites; j++) {
      byX[j] += h * rowSum[j];
      byY[j] += k * rowSum[j];
    }
  }
  for (let j = 0; j < sites; j++) {
    const at = 3 * order[j];
    gradient[at] = byX[j];
    gradient[at + 1] = byY[j];
    gradient[at + 2] = byZ[j];
  }
}

/**
 * dL/docc_j = Σ_h 2 w_h f_j (Re F cos φ + Im F sin φ), as `siteSlopes`.
 * @param gradient [sites] in the caller's order, overwritten
 */
export function occupancySlopes(
  phases: SitePhases,
  hkl: Int32Array,
  factors: Float64Array,
  angle: Int32Array,
  re: Float64Array,
  im: Float64Array,
  weight: Float64Array,
  gradient: Float64Array,
): void {
  const { sites, first, order, rows, most, rowRe, rowIm } = phases;
  const zRe = phases.re[2];
  const zIm = phases.im[2];
  const elements = first.length - 1;
  const whole = new Float64Array(sites).fill(1);
  gradient.fill(0);
  for (const row of rows) {
    enterRow(phases, row, whole);
    for (let n = row.from; n < row.to; n++) {
      const z = (hkl[3 * n + 2] + most[2]) * sites;
      for (let e = 0; e < elements; e++) {
        const f = 2 * weight[n] * factors[angle[n] * elements + e];
        const end = first[e + 1];
        for (let j = first[e]; j < end; j++)
          gradient[order[j]] +=
            f *
            (re[n] * (rowRe[j] * zRe[z + j] - rowIm[j] * zIm[z + j]) +
              im[n] * (rowRe[j] * zIm[z + j] + rowIm[j] * zRe[z + j]));
      }
    }
  }
}
