import { fractOf } from '../../src/crystal/siteVector.ts';
import type { Site } from '../../src/crystal/structure.ts';
import { binCount, type Instrument } from '../../src/diffraction/instrument.ts';
import { addPeaks, simulatedTarget } from '../../src/diffraction/pattern.ts';
import type { Loss } from '../../src/losses/loss.ts';
import { denseModel, slotAdjoint } from '../../src/model/densePattern.ts';
import type { MovedParameter } from '../../src/model/parameter.ts';
import { chain, rowAt } from '../../src/model/point.ts';
import { measurementSlot, slotsOf } from '../../src/model/slots.ts';
import { seededRng } from '../../src/num/rng.ts';
import { type ModelInput, rowsOf } from '../../src/peakspace/model/modelObjective.ts';
import { lossAgainst } from '../../src/peakspace/pattern/patternLoss.ts';
import { libraryStructure } from './library.ts';

/** A parameter for one slot. */
const lone = (id: string, slot: number, value: number, period: number | null = null): MovedParameter => ({
  id,
  value,
  moves: [{ slot, factor: 1 }],
  period,
});

/** One of every kind that leaves the peaks in place, and those that move or shape them; an atom that moves with another. */
export function someParameters(sites: readonly Site[], instrument: Instrument) {
  const slots = slotsOf(sites);
  const fract = fractOf(sites);
  const last = sites.length - 1;
  const intensities: MovedParameter[] = [
    {
      ...lone('x', slots.fract, fract[0]!, 1),
      moves: [
        { slot: slots.fract, factor: 1 },
        { slot: slots.fract + 3 * last + 1, factor: -2 },
      ],
    },
    lone('y', slots.fract + 1, fract[1]!, 1),
    lone('z', slots.fract + 3 * last + 2, fract[3 * last + 2]!, 1),
    lone('occ', slots.occupancy + 1, sites[1]!.occupancy),
    lone('B', slots.overallB, 0),
    lone('B of the first', slots.b, 0),
    lone('B of the last', slots.b + slots.elements.length - 1, 0),
    lone('march', measurementSlot(slots, 'march'), 1),
  ];
  const profiles: MovedParameter[] = [
    lone('zero', measurementSlot(slots, 'zero'), 0),
    lone('displacement', measurementSlot(slots, 'displacement'), 0),
    lone('widthFactor', measurementSlot(slots, 'widthFactor'), 1),
    lone('eta', measurementSlot(slots, 'eta'), instrument.eta),
  ];
  return { intensities, profiles };
}

/** Where each of them is tried, away from where it is in the model. */
const AWAY: Readonly<Record<string, number>> = {
  occ: 0.7,
  B: 0.6,
  'B of the first': 0.4,
  'B of the last': 0.9,
  march: 0.8,
  zero: 0.11,
  displacement: -0.17,
  widthFactor: 1.3,
  eta: 0.4,
};

export function problemOver(
  id: string,
  instrument: Instrument,
  loss: Loss,
  moved: readonly MovedParameter[],
) {
  const { sites, cell } = libraryStructure(id);
  const { target, sticks } = simulatedTarget(sites, instrument, cell);
  const input: ModelInput = {
    sites,
    instrument,
    loss,
    target,
    excluded: null,
    sticks,
    moved,
    marchAxis: [1, 0, 2],
  };
  const rng = seededRng(5);
  const off = cell.map((value, i) => (i < 3 ? value * (1 + 0.007 * (i + 1)) : value + 0.5 * (i - 3.4)));
  const values = moved.map(({ id: name, value }) => AWAY[name] ?? value + 0.03 * rng.normal());
  return {
    input,
    cell,
    truth: [...cell, ...moved.map(p => p.value)],
    point: Float64Array.from([...off, ...values]),
    values,
  };
}

/** Loss and gradient [6 + m] at a point by the dense reference of the pattern. */
export function denseAt(input: ModelInput, point: ArrayLike<number>) {
  const { base, axis } = rowsOf(input);
  const at = denseModel(input.sites, input.instrument, rowAt(base, input.moved, point, base.slice()), axis);
  const { instrument } = at.model;
  const pattern = addPeaks(instrument, at.peaks, new Float64Array(binCount(instrument)));
  const residual = pattern.slice();
  const loss = lossAgainst(input.loss, input.target, input.excluded).gradient(pattern, residual);
  return { loss, gradient: chain(input.moved, slotAdjoint(at, residual), new Float64Array(point.length)) };
}
