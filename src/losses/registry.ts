import { cosine } from './cosine.ts';
import { entropy } from './entropy.ts';
import type { Loss, LossId } from './loss.ts';
import { mse } from './mse.ts';

/** All losses in the order of menus; links, menus and tests iterate it. */
export const LOSSES: readonly Loss[] = [cosine, mse, entropy];

export function lossOf(id: LossId): Loss {
  const loss = LOSSES.find(entry => entry.id === id);
  if (!loss) throw new Error(`no loss is called "${id}"`);
  return loss;
}
