import type { LossId } from '../../losses/loss.ts';

/** What the axis of similarity is called for each loss. */
export const SIMILARITY_NAMES: Readonly<Record<LossId, string>> = {
  cosine: 'cosine similarity',
  mse: 'relative squared error',
  entropy: 'entropy similarity',
  deGelder: 'de Gelder similarity',
  wasserstein: 'negative Wasserstein distance / °',
};
