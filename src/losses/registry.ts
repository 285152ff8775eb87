import { cosine } from './cosine.ts';
import { deGelder } from './deGelder.ts';
import { entropy } from './entropy.ts';
import { gpwdf } from './gpwdf.ts';
import { DEFAULT_SCALE, type Loss, type LossId, type LossScale } from './loss.ts';
import { mse } from './mse.ts';
import { wasserstein } from './wasserstein.ts';

/** All losses in the order of menus; links, menus and tests iterate it. Those that measure 2θ are on the paper's grid. */
export const LOSSES: readonly Loss[] = [
  cosine,
  mse,
  entropy,
  deGelder(DEFAULT_SCALE),
  gpwdf(DEFAULT_SCALE),
  wasserstein(DEFAULT_SCALE),
];

/** The three of the paper. */
export const PAPER_LOSSES: readonly Loss[] = LOSSES.filter(loss => !loss.beyondPaper);

/** The loss of a name; `lossFor` is the one to compute with on another grid or with another width. */
export function lossOf(id: LossId): Loss {
  const loss = LOSSES.find(entry => entry.id === id);
  if (!loss) throw new Error(`no loss is called "${id}"`);
  return loss;
}

/** The loss of a name on a two-theta grid, with the widths that de Gelder's measure and GPWDF have. */
export function lossFor(id: LossId, scale: LossScale): Loss {
  if (id === 'deGelder') return deGelder(scale);
  if (id === 'gpwdf') return gpwdf(scale);
  if (id === 'wasserstein') return wasserstein(scale);
  return lossOf(id);
}
