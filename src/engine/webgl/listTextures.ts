import { type Instrument, reflectionWindow } from '../../diffraction/instrument.ts';
import {
  mergeReflections,
  type Oblique,
  obliqueInvariants,
  type ReflectionRows,
  singleReflections,
} from '../../diffraction/mergedReflections.ts';
import { peaksAt, type ScatteringModel } from '../../diffraction/pattern.ts';
import { narrowest } from '../../peakspace/overlap/profileTree.ts';
import type { Device, Texture } from './device.ts';
import { type AngleNodes, fixedPair, lowBits, writeLimbs } from './fixedPoint.ts';
import { offsetOf, type TexelLayout, texelLayout, texelsFor } from './texels.ts';

/** Reflections on the GPU. */
export interface RowTextures {
  readonly count: number;
  readonly layout: TexelLayout;
  /** Two rows of an amplitude a texel. */
  readonly rankPairs: number;
  /**
   * Row 0: (h, k, l, 0); then, for every pair of ranks, two elements a texel: (rank 0, rank 1, rank 0, rank 1), scaled
   * to intensities of order one.
   */
  readonly texture: Texture;
}

/** Reflections of a list that coincide in the cells at hand taken together, padded to whole texels of four. */
export interface MergedTextures {
  readonly rows: RowTextures;
  /** Row of each reflection of the list, in its layout. */
  readonly groups: Texture;
  readonly groupOf: Int32Array;
}

/** A reflection list on the GPU, with everything that depends on it. */
export interface ListTextures {
  readonly model: ScatteringModel;
  readonly rows: RowTextures;
  /** By what is oblique; at most eight. */
  readonly merged: Map<string, MergedTextures>;
  /** The true intensity is this times the one on the GPU. */
  readonly intensityScale: number;
  readonly bits: number;
  readonly nodeAngles: Texture;
  /** sin²θ of the window's ends in fixed point. */
  readonly window: readonly [number, number, number, number];
}

/** Reference angles and how they lie in a texture. */
export interface NodeGrid {
  readonly nodes: AngleNodes;
  readonly layout: TexelLayout;
}

export function uploadList(
  device: Device,
  model: ScatteringModel,
  { nodes, layout }: NodeGrid,
  widest: number,
): ListTextures {
  const { sums, instrument } = model;
  const peaks = peaksAt(model, model.reference);
  const intensityScale = peaks.intensity.subarray(0, peaks.count).reduce((x, y) => Math.max(x, y), 0) || 1;
  const bits = lowBits(sums.hkl);
  const angles = texelsFor(layout, 1);
  for (let n = 0; n < nodes.count; n++) {
    const x = instrument.twoThetaMin + (n - nodes.before) * nodes.every * instrument.step;
    writeLimbs(sineSquare(x), bits, angles.data, offsetOf(layout, 0, n));
  }
  const { lower, upper } = reflectionWindow(instrument);
  return {
    model,
    rows: uploadRows(device, singleReflections(sums), texelLayout(sums.count, widest), intensityScale),
    merged: new Map(),
    intensityScale,
    bits,
    nodeAngles: device.upload(angles),
    window: [...fixedPair(sineSquare(lower), bits), ...fixedPair(sineSquare(upper), bits)],
  };
}

/** The list with what coincides merged; made when first asked for. */
export function mergedOf(
  device: Device,
  list: ListTextures,
  oblique: Oblique,
  widest: number,
): MergedTextures {
  const key = oblique.join();
  const known = list.merged.get(key);
  if (known) return known;
  const { rows, groupOf } = mergeReflections(list.model.sums, obliqueInvariants(oblique));
  const groups = texelsFor(list.rows.layout, 1);
  for (const [k, group] of groupOf.entries()) groups.data[offsetOf(list.rows.layout, 0, k)] = group;
  const merged = {
    rows: uploadRows(device, rows, texelLayout(4 * Math.ceil(rows.count / 4), widest), list.intensityScale),
    groups: device.upload(groups),
    groupOf,
  };
  list.merged.set(key, merged);
  return merged;
}

export function disposeList(list: ListTextures): void {
  list.rows.texture.dispose();
  list.nodeAngles.dispose();
  for (const { rows, groups } of list.merged.values()) {
    rows.texture.dispose();
    groups.dispose();
  }
}

function uploadRows(
  device: Device,
  { count, hkl, ranks, elements, amplitudes }: ReflectionRows,
  layout: TexelLayout,
  intensityScale: number,
): RowTextures {
  const scale = 1 / Math.sqrt(intensityScale);
  const rankPairs = Math.ceil(ranks / 2);
  const perPair = Math.ceil(elements / 2);
  const texels = texelsFor(layout, 1 + rankPairs * perPair);
  for (let k = 0; k < count; k++) {
    texels.data.set(hkl.subarray(3 * k, 3 * k + 3), offsetOf(layout, 0, k));
    for (let r = 0; r < ranks; r++)
      for (let e = 0; e < elements; e++)
        texels.data[offsetOf(layout, 1 + (r >> 1) * perPair + (e >> 1), k) + 2 * (e % 2) + (r % 2)] =
          amplitudes[(k * ranks + r) * elements + e]! * scale;
  }
  return { count, layout, rankPairs, texture: device.upload(texels) };
}

/** sin² of half the angle, degrees. */
const sineSquare = (twoTheta: number): number => Math.sin((twoTheta * Math.PI) / 360) ** 2;

/** Widest spacing of reference angles, degrees: the offset from the nearest is then good to 1e-8° in float32. */
const SPACING = 0.1;
/** And in widths at the narrowest: the target's product is a polynomial from a node to the next. */
const SPACING_IN_WIDTHS = 1 / 6;

export function nodeGrid(instrument: Instrument, widest: number): NodeGrid {
  const { twoThetaMin, step } = instrument;
  const { lower, upper } = reflectionWindow(instrument);
  const narrow = narrowest(instrument, { low: lower, high: upper });
  const finest = Math.min(SPACING, SPACING_IN_WIDTHS * narrow);
  const every = Math.max(1, Math.floor(finest / step + 1e-9));
  const spacing = every * step;
  const before = Math.floor((twoThetaMin - lower) / spacing);
  const count = before + Math.ceil((upper - twoThetaMin) / spacing) + 1;
  return { nodes: { count, every, before }, layout: texelLayout(count, widest) };
}
