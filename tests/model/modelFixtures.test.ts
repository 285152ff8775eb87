import { describe, expect, it } from 'vitest';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { addPeaks, simulatedTarget } from '../../src/diffraction/pattern.ts';
import { lossOf, PAPER_LOSSES } from '../../src/losses/registry.ts';
import { denseModel, slotAdjoint } from '../../src/model/densePattern.ts';
import type { MovedParameter } from '../../src/model/parameter.ts';
import { rowOf } from '../../src/model/point.ts';
import { slotsOf } from '../../src/model/slots.ts';
import { modelObjective } from '../../src/peakspace/model/modelObjective.ts';
import model from '../fixtures/model.json' with { type: 'json' };
import { offBy } from '../peakspace/patternCases.ts';
import { cellOf, FIXTURES, type PaperLossId, sitesOf } from '../support/crystals.ts';

/** Losses and gradients in all slots by PyTorch (generate_model.py). */
const { axis, cases } = model as unknown as {
  axis: [number, number, number];
  cases: Readonly<
    Record<string, { row: number[]; losses: Record<PaperLossId, { loss: number; gradient: number[] }> }>
  >;
};

describe.each(Object.entries(cases))('%s away from where it is, in every slot', (name, { row, losses }) => {
  const sites = sitesOf(FIXTURES[name]!);
  const cell = cellOf(FIXTURES[name]!.structure.cell);
  const { target } = simulatedTarget(sites, PAPER_INSTRUMENT, cell);
  const slots = slotsOf(sites);
  const base = rowOf(sites, PAPER_INSTRUMENT);
  const point = Float64Array.from(row);
  const parts: readonly (readonly [string, number, number])[] = [
    ['cell', 0, 6],
    ['coordinates', slots.fract, slots.occupancy],
    ['occupancies', slots.occupancy, slots.b],
    ['B', slots.b, slots.measurement],
    ['measurement', slots.measurement, slots.length],
  ];
  const compare = (gradient: Float64Array, expected: readonly number[], tolerance: number): void => {
    for (const [part, from, to] of parts)
      expect(offBy(gradient.subarray(from, to), expected.slice(from, to)), part).toBeLessThan(tolerance);
  };

  it.each(PAPER_LOSSES.map(({ id }) => id as PaperLossId))(
    'has the %s of an independent program by the dense reference',
    id => {
      const at = denseModel(sites, PAPER_INSTRUMENT, point, axis);
      const { instrument } = at.model;
      const residual = new Float64Array(target.length);
      const pattern = addPeaks(instrument, at.peaks, new Float64Array(target.length));
      const loss = lossOf(id).gradient(target, pattern, residual);
      expect(Math.abs(loss / losses[id].loss - 1)).toBeLessThan(1e-11);
      compare(slotAdjoint(at, residual), losses[id].gradient, 1e-9);
    },
  );

  it.each(PAPER_LOSSES.map(({ id }) => id as PaperLossId))('and by the objective of a search: %s', id => {
    const moved = Array.from(
      { length: slots.length - 6 },
      (_, i): MovedParameter => ({
        id: `${6 + i}`,
        value: base[6 + i]!,
        moves: [{ slot: 6 + i, factor: 1 }],
        period: null,
      }),
    );
    const objective = modelObjective({
      sites,
      instrument: PAPER_INSTRUMENT,
      loss: lossOf(id),
      target,
      excluded: null,
      moved,
      marchAxis: axis,
    });
    const gradient = new Float64Array(slots.length);
    const value = objective(point, gradient);
    expect(Math.abs(value / losses[id].loss - 1)).toBeLessThan(1e-10);
    compare(gradient, losses[id].gradient, 1e-8);
  });
});
