import { binCount, type Instrument } from '../../diffraction/instrument.ts';
import { type ProfileSums, profileSums } from '../../diffraction/profileBins.ts';
import type { Loss, StickLoss, Sticks } from '../../losses/loss.ts';
import { refinement } from '../overlap/fastCosine.ts';
import { STICK_WIDTH } from '../overlap/fastSticks.ts';
import type { ProfileTree } from '../overlap/profileTree.ts';
import { listedPeaks, listPattern } from '../pattern/listPattern.ts';
import { lossAgainst } from '../pattern/patternLoss.ts';
import type { PatternTree } from '../pattern/patternTree.ts';
import { type FixedNorm, normByMatrix, normByTree, normOf, stickOverlaps } from './fixedOverlaps.ts';
import type { PeaksOfCell } from './peaksOfCell.ts';

/**
 * A loss as a function of the intensities [angles] of peaks that stay where they are; writes ∂L/∂I [angles] where
 * asked. Not all intensities are zero.
 */
export type IntensityLoss = (intensity: Float64Array, byIntensity: Float64Array | null) => number;

/** Measured: up to so many angles the matrix is quicker than the tree. */
const MOST_BY_MATRIX = 256;

/** Overlaps that cosine and MSE need of peaks that stay where they are. */
export interface FixedSums {
  readonly norm: FixedNorm;
  /** G, the target's product with each profile [angles]. */
  readonly dots: Float64Array;
  /** ‖x‖² of the target. */
  readonly targetSquare: number;
}

/**
 * Null where there are too many peaks for a matrix and no tree is exact enough.
 * @param trees asked for only where one is needed: the tree with leaves halved so many times
 */
export function fixedSums(
  instrument: Instrument,
  peaks: PeaksOfCell,
  target: Float64Array,
  trees: () => ((halvings: number) => ProfileTree) | null,
): FixedSums | null {
  const angles = peaks.position.length;
  const byTree = (): FixedNorm | null => {
    const tree = trees()?.(refinement(angles));
    return tree ? normByTree(tree, instrument.eta, peaks) : null;
  };
  const norm = angles > MOST_BY_MATRIX ? byTree() : normByMatrix(instrument, peaks);
  return (
    norm && {
      norm,
      dots: profileProducts(instrument, peaks, target, new Float64Array(angles)),
      targetSquare: target.reduce((sum, x) => sum + x * x, 0),
    }
  );
}

/** The same of a loss over sticks: by a matrix of its weights, or by its tree of near pairs. */
export function stickSums(
  peaks: PeaksOfCell,
  loss: StickLoss,
  target: Sticks,
  trees: () => ((halvings: number) => ProfileTree) | null,
): FixedSums {
  const { position } = peaks;
  const angles = position.length;
  const tree = angles > MOST_BY_MATRIX ? trees()?.(0) : null;
  const wide = { position, width: position.map(() => STICK_WIDTH), widthSlope: new Float64Array(angles) };
  return {
    norm: (tree && normByTree(tree, 0, wide)) ?? normOf(stickOverlaps(position, loss)),
    dots: position.map(t => loss.weighted(target, t).value),
    targetSquare: loss.square(target),
  };
}

/** Cosine: −Σ I G / (n n₀) with n² = Σ I O I, both prepared once. */
export function cosineOfIntensities({ norm, dots, targetSquare }: FixedSums): IntensityLoss {
  const angles = dots.length;
  const targetNorm = Math.sqrt(targetSquare);
  const overlaps = new Float64Array(angles);
  return (intensity, byIntensity) => {
    const trialNorm = Math.sqrt(norm(intensity, overlaps));
    let dot = 0;
    for (let m = 0; m < angles; m++) dot += intensity[m] * dots[m];
    const scale = -1 / (trialNorm * targetNorm);
    if (byIntensity) {
      const back = dot / (trialNorm * trialNorm);
      for (let m = 0; m < angles; m++) byIntensity[m] = scale * (dots[m] - back * overlaps[m]);
    }
    return scale * dot;
  };
}

/** Σ_i r_i pV_i for every peak. */
function profileProducts(
  instrument: Instrument,
  { position, width }: PeaksOfCell,
  residual: Float64Array,
  out: Float64Array,
): Float64Array {
  const sums: ProfileSums = { value: 0, byPosition: 0, byWidth: 0 };
  for (let m = 0; m < position.length; m++) {
    profileSums(instrument, position[m], width[m], residual, sums);
    out[m] = sums.value;
  }
  return out;
}

/**
 * Any loss by its pattern.
 * @param treeOf the tree for so many peaks; null: profile by profile
 */
export function lossOfIntensities(
  instrument: Instrument,
  peaks: PeaksOfCell,
  loss: Loss,
  target: Float64Array,
  excluded: Uint8Array | null,
  treeOf: ((peaks: number) => PatternTree) | null,
): IntensityLoss {
  const against = lossAgainst(loss, target, excluded);
  const { position, width, widthSlope } = peaks;
  const listed = { ...listedPeaks(position.length), count: position.length, position, width, widthSlope };
  const patterns = listPattern(instrument, treeOf);
  const residual = new Float64Array(binCount(instrument));
  return (intensity, byIntensity) => {
    listed.intensity.set(intensity);
    const pattern = patterns.forward(listed);
    if (!byIntensity) return against.value(pattern);
    const value = against.gradient(pattern, residual);
    patterns.back(listed, residual);
    byIntensity.set(listed.byIntensity);
    return value;
  };
}
