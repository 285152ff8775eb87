import type { Structure } from '../../src/crystal/structure.ts';
import { type Instrument, PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import type { Loss } from '../../src/losses/loss.ts';
import { denseObjective } from '../../src/peakspace/denseObjective.ts';
import { type ConformanceCell, conformanceCells, type Trait } from './conformanceCells.ts';

/** Dense losses and gradients at the conformance cells of a crystal. */
export interface Reference {
  readonly cells: readonly ConformanceCell[];
  readonly target: Float64Array;
  readonly losses: readonly number[];
  readonly gradients: readonly Float64Array[];
}

export function referenceOf(
  structure: Structure,
  loss: Loss,
  count: number,
  seed: number,
  instrument: Instrument = PAPER_INSTRUMENT,
): Reference {
  const { sites, cell } = structure;
  const target = simulatePattern(scatteringModel(sites, instrument, cell), cell);
  const cells = conformanceCells(structure, instrument, count, seed);
  const dense = denseObjective(sites, instrument, loss, target);
  const gradients = cells.map(() => new Float64Array(6));
  return { cells, target, losses: cells.map((entry, i) => dense(entry.cell, gradients[i]!)), gradients };
}

/** Worst errors by trait: of the loss (relative above 1), of the gradient over its largest component. */
export type Errors = Partial<Record<Trait, { readonly loss: number; readonly gradient: number }>>;

/**
 * The gradient vanishes at the truth, where only its absolute error means something: its scale is at least this, a
 * millionth of what it is a hundredth of the cell away. The least at the conformance cells is 8e-5.
 */
const LEAST_SCALE = 1e-5;

export function errorsOf(
  { cells, losses, gradients }: Reference,
  found: (index: number, gradient: Float64Array) => number,
): Errors {
  const out: Record<string, { loss: number; gradient: number }> = {};
  const gradient = new Float64Array(6);
  for (const [i, { trait }] of cells.entries()) {
    const expected = losses[i]!;
    const value = found(i, gradient);
    const worst = (out[trait] ??= { loss: 0, gradient: 0 });
    const off = Number.isNaN(expected) && Number.isNaN(value) ? 0 : Math.abs(value - expected);
    worst.loss = Math.max(worst.loss, off / Math.max(1, Math.abs(expected) || 1));
    if (Number.isNaN(expected)) continue;
    const largest = Math.max(LEAST_SCALE, ...gradients[i]!.map(Math.abs));
    for (let p = 0; p < 6; p++)
      worst.gradient = Math.max(worst.gradient, Math.abs(gradient[p]! - gradients[i]![p]!) / largest);
  }
  return out;
}
