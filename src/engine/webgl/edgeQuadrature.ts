import { fwhm } from '../../diffraction/caglioti.ts';
import { binCount, type Instrument, reflectionWindow } from '../../diffraction/instrument.ts';
import { gaussLegendre } from '../../num/gaussLegendre.ts';

/** A node of the quadrature: bin (whole number) and degrees past it, weight. */
export interface EdgeNode {
  readonly bin: number;
  readonly rest: number;
  readonly weight: number;
}

/** Nodes of a panel one width long among peaks, and of the tail beyond all peaks; twelve and 24 err by 1e-8. */
const PANEL_NODES = 12;
const TAIL_NODES = 24;
/** Scale of the tail's map in widths. */
const TAIL_SCALE = 2.62;
/** Bins wider than this share of a width are summed one by one until peaks are two widths away. */
const COARSE = 1 / 40;
const AWAY = 2;

/**
 * Share of the bins outside the window in the squared norm of a pattern, Σ_q w_q X(x_q)²: on each side a sum from
 * bin n on is (1/h) ∫ from x_n − h/2 on, with the first two corrections of the midpoint rule,
 * h f′/24 − 7 h³ f‴/5760, by differences of the four bins around.
 */
export function edgeQuadrature(instrument: Instrument): EdgeNode[] {
  const { twoThetaMin, step } = instrument;
  const { lower, upper } = reflectionWindow(instrument);
  const bins = binCount(instrument);
  const end = twoThetaMin + bins * step;
  return [
    ...outside(instrument, bins, 1, fwhm(instrument, upper), Math.max(0, upper - end)),
    ...outside(instrument, -1, -1, twoThetaMin > 0 ? fwhm(instrument, lower) : null, twoThetaMin - lower),
  ];
}

/**
 * @param first bin where the side begins
 * @param width of the last peaks; null where there are none near
 * @param reach how far beyond the window there are peaks, degrees
 */
function outside(
  { step }: Instrument,
  first: number,
  side: 1 | -1,
  width: number | null,
  reach: number,
): EdgeNode[] {
  const nodes: EdgeNode[] = [];
  const coarse = width !== null && step > COARSE * width;
  const single = coarse ? Math.ceil((reach + AWAY * width) / step) : 0;
  for (let i = 0; i < single; i++) nodes.push({ bin: first + side * i, rest: 0, weight: 1 });
  const next = first + side * single;
  // in degrees outwards from half a bin before `next`
  const add = (x: number, weight: number): void => {
    const along = side * (x / step - 0.5);
    const bin = Math.round(along);
    nodes.push({ bin: next + bin, rest: (along - bin) * step, weight: weight / step });
  };
  const among = coarse || width === null || reach <= step ? 0 : reach + step;
  const panels = width === null ? 0 : Math.ceil(among / width);
  const panel = gaussLegendre(PANEL_NODES);
  for (let i = 0; i < panels; i++)
    for (const [j, v] of panel.nodes.entries())
      add((among * (i + v)) / panels, (panel.weights[j]! * among) / panels);
  // A window from 0° has no peak near its start; 5° is the scale of the first peaks.
  const scale = width === null ? 5 : TAIL_SCALE * width;
  const tail = gaussLegendre(TAIL_NODES);
  for (const [j, v] of tail.nodes.entries())
    add(among + (scale * v) / (1 - v), (tail.weights[j]! * scale) / (1 - v) ** 2);
  const near = 27 / 576 + 21 / 5760;
  const far = -1 / 576 - 7 / 5760;
  for (const [i, weight] of [far, near, -near, -far].entries())
    nodes.push({ bin: next + side * (1 - i), rest: 0, weight });
  return nodes;
}
