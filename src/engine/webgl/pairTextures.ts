import type { Problem } from '../engine.ts';
import type { Device, Texture } from './device.ts';
import { edgeQuadrature } from './edgeQuadrature.ts';
import type { NodeGrid } from './listTextures.ts';
import { overlapError, overlapPanels } from './overlapPanels.ts';
import { targetPanels } from './targetPanels.ts';
import { offsetOf, type Texels, texelLayout, texelsFor } from './texels.ts';

/** Part of a problem that the cosine loss from overlaps of pairs of peaks needs, whatever the reflections. */
export interface PairTextures {
  /** Overlaps, see overlapPanels.ts. */
  readonly overlap: Texture;
  /** Product of the target with a unit peak, see targetPanels.ts. */
  readonly target: Texture;
  /** Nodes of the quadrature beyond the window, four a texel: rows of bin, degrees past it, weight. */
  readonly edges: Texture;
  readonly quads: number;
}

/** Overlaps must be right to this share of a peak's own; float32 leaves 5e-8. */
const TOLERATED = 2e-7;

/** Null where the instrument's peaks are too narrow for its bins, or too unequal, for overlaps in this form. */
export function pairTextures(
  device: Device,
  { instrument, target }: Problem,
  { nodes, layout }: NodeGrid,
  targetScale: number,
  widest: number,
): PairTextures | null {
  const overlap = overlapPanels(instrument);
  if (overlap.width > widest || !(overlapError(instrument, overlap) <= TOLERATED)) return null;
  const edges = edgeTexels(instrument);
  if (edges.width > widest) return null;
  return {
    overlap: device.upload(overlap),
    target: device.upload(targetPanels(instrument, target, nodes, layout, targetScale)),
    edges: device.upload(edges),
    quads: edges.width,
  };
}

export function disposePairs({ overlap, target, edges }: PairTextures): void {
  overlap.dispose();
  target.dispose();
  edges.dispose();
}

/** Spare places of the last texel have no weight. */
function edgeTexels(instrument: Problem['instrument']): Texels {
  const nodes = edgeQuadrature(instrument);
  const layout = texelLayout(Math.ceil(nodes.length / 4), Number.POSITIVE_INFINITY);
  const out = texelsFor(layout, 3);
  for (const [q, { bin, rest, weight }] of nodes.entries())
    for (const [row, x] of [bin, rest, weight].entries())
      out.data[offsetOf(layout, row, q >> 2) + (q % 4)] = x;
  return out;
}
