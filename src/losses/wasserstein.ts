import type { Loss, LossAgainst, LossScale } from './loss.ts';

/**
 * Wasserstein-1 (earth mover's) distance between the patterns divided by their sums, in degrees 2θ: on a line it is the
 * area between the cumulative sums, Σ |F_i − F̂_i| · step (Ramdas, García Trillos & Cuturi, Entropy 19, 47, 2017,
 * section 2.3; scipy.stats.wasserstein_distance). How far intensity must be carried on the average, so that it bears
 * shifts of any size. Where F_i = F̂_i the absolute value has a kink; there its slope counts as 0.
 */
export function wasserstein({ step }: Pick<LossScale, 'step'>): Loss {
  const against = (target: Float64Array): LossAgainst => {
    const cumulative = cumulated(target);
    const sign = new Int8Array(target.length);
    const evaluate = (trial: Float64Array, out: Float64Array | null): number => {
      const n = trial.length;
      let total = 0;
      for (let i = 0; i < n; i++) total += trial[i]!;
      let running = 0;
      let distance = 0;
      let mean = 0;
      // at the last bin both are 1, whatever rounding says
      for (let i = 0; i < n - 1; i++) {
        running += trial[i]!;
        const share = running / total;
        const gap = share - cumulative[i]!;
        distance += Math.abs(gap);
        if (!out) continue;
        sign[i] = gap > 0 ? 1 : gap < 0 ? -1 : 0;
        mean += sign[i]! * share;
      }
      if (out) {
        // ∂F̂_i/∂x̂_j = ([j ≤ i] − F̂_i)/Σx̂
        const scale = step / total;
        out[n - 1] = -scale * mean;
        let above = 0;
        for (let j = n - 2; j >= 0; j--) {
          above += sign[j]!;
          out[j] = scale * (above - mean);
        }
      }
      return step * distance;
    };
    return { value: trial => evaluate(trial, null), gradient: evaluate };
  };
  return {
    id: 'wasserstein',
    label: 'Wasserstein',
    meaning: '0° is identical',
    best: 0,
    beyondPaper: true,
    source:
      'Earth mover’s distance between the patterns divided by their sums, in degrees 2θ (area between the cumulative sums), not in the paper',
    similarity: 'negative Wasserstein distance / °',
    learningRates: { lattice: 0.005, coordinates: 1e-4 },
    descentRate: 0.0005,
    descentSeconds: 8,
    value: (target, trial) => against(target).value(trial),
    gradient: (target, trial, out) => against(target).gradient(trial, out),
    against,
  };
}

function cumulated(target: Float64Array): Float64Array {
  const out = new Float64Array(target.length);
  let total = 0;
  for (let i = 0; i < out.length; i++) {
    total += target[i]!;
    out[i] = total;
  }
  for (let i = 0; i < out.length; i++) out[i]! /= total;
  return out;
}
