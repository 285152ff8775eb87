import type { LeafOrder } from './leafOrder.ts';
import type { ProfileTree } from './profileTree.ts';
import type { ReflectionList } from './reflectionList.ts';

/** Peaks sorted by leaf, those of one position as one, with A = ½ ∂‖x̂‖²/∂I and T = ½ ∂‖x̂‖²/∂t / I of each. */
export interface DistinctField {
  readonly order: LeafOrder;
  /** A loss may add to both what `slopes` then takes along. */
  readonly byIntensity: Float64Array;
  readonly byPosition: Float64Array;
}

/**
 * What losses without patterns are made of, for one crystal, instrument and target. The calls come in this order at
 * every cell; results of one hold until the next `find`.
 */
export interface PeakSpace {
  /** The reflections that the next cells may show. */
  use(list: ReflectionList): void;
  /** Finds the peaks at a cell with reciprocal metric `recip` [9]; returns how many there are. */
  find(recip: Float64Array): number;
  /** ‖x̂‖², and with `derivatives` what `slopes` needs of it. */
  squaredNorm(tree: ProfileTree, derivatives: boolean): number;
  /** The peaks as `squaredNorm` left them. Valid until the next `use` or `squaredNorm`. */
  distinct(): DistinctField;
  /** x · x̂, and its derivatives likewise. */
  dot(derivatives: boolean): number;
  /** Γ = Σ_k dL/du_k h hᵀ for dL = k₁ d(x·x̂) + k₂ d‖x̂‖²/2, as 11, 22, 33, 12, 13, 23 into `gamma`. */
  slopes(k1: number, k2: number, gamma: Float64Array): void;
}
