import type { Loss, LossAgainst, LossScale } from './loss.ts';
import { triangleFilter } from './triangle.ts';
import { weightedCorrelation } from './weightedCorrelation.ts';

/**
 * Negative weighted cross-correlation of de Gelder, Wehrens and Hageman (J. Comput. Chem. 22, 273, 2001): with the
 * correlation c_fg(r) = Σ f_i g_{i+r} and the weight w(r) = max(0, 1 − |r|/l),
 *   −Σ w c_fg / √(Σ w c_ff · Σ w c_gg).
 * Peaks that lie within l of each other still count as alike, so that it bears shifts. The weight is positive definite:
 * −1 is identical and nothing is below it. A width of one bin or less is the cosine.
 */
export function deGelder({ step, width }: Pick<LossScale, 'step' | 'width'>): Loss {
  const filter = triangleFilter(width / step);
  const against = (target: Float64Array): LossAgainst => weightedCorrelation(target, filter.apply);
  return {
    id: 'deGelder',
    label: 'de Gelder',
    meaning: '\u22121 is identical',
    best: -1,
    beyondPaper: true,
    source: `Negative cross-correlation under a triangle that ends ${Number(width.toPrecision(4))}\u202f° away (de Gelder et al. 2001), not in the paper; it bears shifts up to that width`,
    similarity: 'de Gelder similarity',
    learningRates: { lattice: 0.005, coordinates: 1e-4 },
    descentRate: 0.0005,
    descentSeconds: 8,
    value: (target, trial) => against(target).value(trial),
    gradient: (target, trial, out) => against(target).gradient(trial, out),
    against,
  };
}
