import { niceTicks } from '../../ui/ticks.ts';

/** The three horizontal axes. All run with 2θ, so that a peak keeps its neighbours when the axis is changed. */
export type Quantity = 'twoTheta' | 'q' | 'd';

const RAD = Math.PI / 180;

/** d = λ / (2 sinθ), angstrom. */
export const spacing = (twoTheta: number, wavelength: number): number =>
  wavelength / (2 * Math.sin(0.5 * twoTheta * RAD));

/** Q = 4π sinθ / λ = 2π / d, inverse angstrom. */
export const momentum = (twoTheta: number, wavelength: number): number =>
  (4 * Math.PI * Math.sin(0.5 * twoTheta * RAD)) / wavelength;

export interface Axis {
  readonly symbol: string;
  readonly unit: string;
  /** Place of a 2θ (degrees) along the axis; grows with 2θ. */
  at(twoTheta: number, wavelength: number): number;
  /** The 2θ of a place on the axis; NaN beyond backscattering. */
  twoTheta(position: number, wavelength: number): number;
}

const fromQ = (q: number, wavelength: number): number =>
  (2 * Math.asin((q * wavelength) / (4 * Math.PI))) / RAD;

export const AXES: Readonly<Record<Quantity, Axis>> = {
  twoTheta: { symbol: '2θ', unit: '°', at: twoTheta => twoTheta, twoTheta: position => position },
  q: { symbol: 'Q', unit: 'Å⁻¹', at: momentum, twoTheta: fromQ },
  // Logarithmic: the same strain moves every peak by the same length. −ln d, so that it grows with 2θ.
  d: {
    symbol: 'd',
    unit: 'Å',
    at: (twoTheta, wavelength) => -Math.log(spacing(twoTheta, wavelength)),
    twoTheta: (position, wavelength) => fromQ(2 * Math.PI * Math.exp(position), wavelength),
  },
};

interface AxisTicks {
  /** Positions along the axis with the text of the quantity there. */
  readonly labelled: readonly { readonly at: number; readonly text: string }[];
  readonly minor: readonly number[];
}

/** Ticks of an axis between two places on it, labels at least `gap` pixels apart over `width` pixels. */
export function axisTicks(
  quantity: Quantity,
  low: number,
  high: number,
  width: number,
  gap: number,
): AxisTicks {
  if (!(high > low) || !(width > 0)) return { labelled: [], minor: [] };
  if (quantity === 'd') return spacingTicks(low, high, width, gap);
  const { values, decimals } = niceTicks(low, high, width / gap);
  const step = values.length > 1 ? values[1]! - values[0]! : high - low;
  const first = Math.ceil((low / step) * 5 - 1e-9);
  const last = Math.floor((high / step) * 5 + 1e-9);
  const minor = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => ((first + i) * step) / 5);
  return { labelled: values.map(at => ({ at, text: at.toFixed(decimals) })), minor };
}

/** Round spacings: an interval of a coarse step is divided by the next finer one where all of its parts have room. */
function spacingTicks(low: number, high: number, width: number, gap: number): AxisTicks {
  const range: readonly [number, number] = [Math.exp(-high), Math.exp(-low)];
  const pixels = width / (high - low);
  const labelled = roundSpacings(range, pixels, gap);
  const decimals = Math.max(0, ...labelled.map(tick => tick.decimals));
  return {
    labelled: labelled.map(({ d }) => ({ at: -Math.log(d), text: d.toFixed(decimals) })),
    minor: roundSpacings(range, pixels, 6).map(({ d }) => -Math.log(d)),
  };
}

interface RoundSpacing {
  readonly d: number;
  readonly decimals: number;
}

/** Steps of the division, each a half or a fifth of the one before. */
const STEPS = [50, 10, 5, 1, 0.5, 0.1, 0.05, 0.01, 0.005, 0.001];

function roundSpacings([dMin, dMax]: readonly [number, number], pixels: number, gap: number): RoundSpacing[] {
  const found: RoundSpacing[] = [];
  const divide = (from: number, to: number, level: number): void => {
    const step = STEPS[level];
    if (!step || to < dMin || from > dMax) return;
    const decimals = Math.max(0, -Math.floor(Math.log10(step)));
    const parts = Math.round((to - from) / step);
    // On a logarithmic axis the part at the largest spacing is the narrowest.
    if (Math.log(to / (to - step)) * pixels < gap) {
      // Towards zero there is always room again.
      if (from > 0) return;
      if (Math.log(to / step) * pixels >= gap && step >= dMin && step <= dMax)
        found.push({ d: step, decimals });
      divide(0, step, level + 1);
      return;
    }
    for (let i = 1; i <= parts; i++) {
      const d = from + i * step;
      if (i < parts && d >= dMin * (1 - 1e-9) && d <= dMax * (1 + 1e-9)) found.push({ d, decimals });
      divide(d - step, d, level + 1);
    }
  };
  divide(0, 50 * Math.ceil(dMax / 50 + 1), 0);
  return found.sort((p, q) => q.d - p.d);
}
