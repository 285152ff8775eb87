import type { Roughness } from '../../landscape/roughness.ts';
import type { LossId } from '../../losses/loss.ts';
import { lossOf } from '../../losses/registry.ts';

export interface RoughnessRow {
  readonly loss: LossId;
  /** Points along an axis. */
  readonly size: number;
  readonly figures: Roughness;
  readonly truth: { readonly reached: number; readonly of: number } | null;
}

/** The figures as tab-separated text, which spreadsheets and documents take as a table. */
export function roughnessText(rows: readonly RoughnessRow[]): string {
  const head = [
    'loss',
    'points',
    'minima',
    'not convex',
    'median basin',
    'basin of the lowest',
    'starts that reach the truth',
  ];
  const lines = rows.map(({ loss, size, figures, truth }) => [
    lossOf(loss).label,
    `${size} x ${size}`,
    String(figures.minima),
    figures.nonConvex.toFixed(4),
    figures.medianBasin.toFixed(4),
    figures.lowestBasin.toFixed(4),
    truth ? `${truth.reached} of ${truth.of}` : '',
  ]);
  return [head, ...lines].map(cells => cells.join('\t')).join('\n');
}
