import { type EvenFilter, evenFilter } from '../num/convolution.ts';
import type { Loss, LossAgainst, LossScale, StickLoss, Sticks } from './loss.ts';
import { weightedCorrelation } from './weightedCorrelation.ts';

/** Standard deviation of the Gaussian peaks that stand for sticks, degrees: that of critic2. */
export const STICK_PEAK = 0.05;

/** Distances at which the weight exp(−π r²/α²) is below the rounding of 1, in units of α. */
const LAST_WEIGHT = 3.5;

/**
 * Gaussian powder difference (GPWDF) of Otero-de-la-Roza (J. Appl. Cryst. 57, 1401, 2024): de Gelder's measure with the
 * triangle of half width α replaced by the Gaussian of the same height and area,
 *   DIFF = 1 − d₁₂/√(d₁₁ d₂₂),  d_fg = ∫∫ f(x) g(y) exp(−π (x − y)²/α²) dx dy.
 * Between patterns the integrals are sums over the bins: every point is a stick. Between peaks, Gaussians of standard
 * deviation σ and of their integrated intensities I at t, they have a closed form,
 *   d₁₂ = √z Σ_ij I_i I_j e_ij,  e_ij = exp(−π z (t_i − t_j)²),  z = 1/(α² + 4πσ²),
 *   ∂d₁₂ = √z Σ_ij e_ij I_j (∂I_i − 2π z I_i (t_i − t_j) ∂t_i).
 * The Gaussian is positive definite: 0 is identical, and nothing lies below.
 */
export function gpwdf({ step, alpha }: Pick<LossScale, 'step' | 'alpha'>): Loss {
  const against = (target: Float64Array): LossAgainst => {
    const plain = weightedCorrelation(target, filterOf(target.length, alpha / step));
    return {
      value: trial => 1 + plain.value(trial),
      gradient: (trial, out) => 1 + plain.gradient(trial, out),
    };
  };
  return {
    id: 'gpwdf',
    label: 'GPWDF',
    meaning: '0 is identical',
    best: 0,
    beyondPaper: true,
    source: `One minus the cross-correlation under a Gaussian of width α = ${Number(alpha.toPrecision(4))}\u202f° (Otero-de-la-Roza 2024), not in the paper; between the peaks of a simulated target and the trial’s, each a Gaussian with σ = ${STICK_PEAK}\u202f°, between the points of the two patterns where the target is measured`,
    similarity: 'negative GPWDF',
    learningRates: { lattice: 0.005, coordinates: 1e-4 },
    descentRate: 0.0005,
    descentSeconds: 0.6,
    value: (target, trial) => against(target).value(trial),
    gradient: (target, trial, out) => against(target).gradient(trial, out),
    against,
    overSticks: stickLoss(alpha),
  };
}

/** The closed form, summed over all pairs of sticks that are near enough to count. */
function stickLoss(alpha: number): StickLoss {
  const z = 1 / (alpha * alpha + 4 * Math.PI * STICK_PEAK ** 2);
  /** Σ_j I_j e_ij at a position t_i, and its derivative there. */
  const weighted = ({ position, intensity }: Sticks, t: number): { value: number; slope: number } => {
    let value = 0;
    let slope = 0;
    for (let j = 0; j < position.length; j++) {
      const d = t - position[j]!;
      const e = intensity[j]! * Math.exp(-Math.PI * z * d * d);
      value += e;
      slope -= 2 * Math.PI * z * d * e;
    }
    return { value, slope };
  };
  const square = (sticks: Sticks): number =>
    sticks.intensity.reduce((sum, x, i) => sum + x * weighted(sticks, sticks.position[i]!).value, 0);
  return {
    deviation: 1 / Math.sqrt(2 * Math.PI * z),
    weighted,
    square,
    against(target) {
      const targetSquare = square(target);
      const there = ascending(target);
      return (trial, slopes) => {
        const n = trial.position.length;
        const here = ascending(trial);
        const own = nearSums(here, here, z);
        const cross = nearSums(there, here, z);
        let [trialSquare, product] = [0, 0];
        for (let i = 0; i < n; i++) {
          trialSquare += here.intensity[i]! * own.value[i]!;
          product += here.intensity[i]! * cross.value[i]!;
        }
        const norms = Math.sqrt(trialSquare * targetSquare);
        const back = product / trialSquare;
        for (let i = 0; slopes && i < n; i++) {
          const k = here.order[i]!;
          slopes.byIntensity[k] = (back * own.value[i]! - cross.value[i]!) / norms;
          slopes.byPosition[k] = (here.intensity[i]! * (back * own.slope[i]! - cross.slope[i]!)) / norms;
        }
        return 1 - product / norms;
      };
    },
  };
}

/** Sticks in the order of their positions, and the number of each in the list as given. */
interface AscendingSticks extends Sticks {
  readonly order: Uint32Array;
}

function ascending({ position, intensity }: Sticks): AscendingSticks {
  const order = Uint32Array.from(position, (_, k) => k).sort((p, q) => position[p]! - position[q]! || p - q);
  return {
    order,
    position: Float64Array.from(order, k => position[k]!),
    intensity: Float64Array.from(order, k => intensity[k]!),
  };
}

/** Below exp(−40) a pair is lost in the rounding of the others. */
const LAST_EXPONENT = 40;

/** Σ_j I_j e_ij and its derivative at each stick of another list, over the pairs that count: near ones alone. */
function nearSums(of: AscendingSticks, at: AscendingSticks, z: number) {
  const reach = Math.sqrt(LAST_EXPONENT / (Math.PI * z));
  const [value, slope] = [at.position.slice(), at.position.slice()];
  let [from, to] = [0, 0];
  for (let i = 0; i < at.position.length; i++) {
    const t = at.position[i]!;
    while (from < of.position.length && of.position[from]! < t - reach) from++;
    while (to < of.position.length && of.position[to]! <= t + reach) to++;
    let [sum, change] = [0, 0];
    for (let j = from; j < to; j++) {
      const d = t - of.position[j]!;
      const e = of.intensity[j]! * Math.exp(-Math.PI * z * d * d);
      sum += e;
      change -= 2 * Math.PI * z * d * e;
    }
    value[i] = sum;
    slope[i] = change;
  }
  return { value, slope };
}

/** The last filter: the losses of one problem are made again and again. */
let kept: { readonly bins: number; readonly width: number; readonly filter: EvenFilter } | null = null;

/** @param width α in bins */
function filterOf(bins: number, width: number): EvenFilter {
  if (kept?.bins !== bins || kept.width !== width)
    kept = {
      bins,
      width,
      filter: evenFilter(bins, LAST_WEIGHT * width, r => Math.exp(-Math.PI * (r / width) ** 2)),
    };
  return kept.filter;
}
