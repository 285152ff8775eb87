import { binCount, PAPER_INSTRUMENT } from '../diffraction/instrument.ts';
import { addPeaks, peaksAt, scatteringModel } from '../diffraction/pattern.ts';

/** Speed of a device, in milliseconds. */
export interface DeviceSpeed {
  /** One reflection of one atom. */
  readonly term: number;
  /** One reflection in one bin. */
  readonly bin: number;
}

const ROUNDS = 6;

/** Times the reference model on a small made-up crystal: some 50 ms. */
export function devicePace(): DeviceSpeed {
  const sites = Array.from({ length: 40 }, (_, i) => ({
    label: `O${i}`,
    element: 'O',
    fract: [(i * 0.137) % 1, (i * 0.291) % 1, (i * 0.473) % 1] as const,
    occupancy: 1,
  }));
  const instrument = { ...PAPER_INSTRUMENT, twoThetaMax: 60 };
  const cell = [9, 9.5, 10, 90, 90, 90] as const;
  let term = Number.POSITIVE_INFINITY;
  let bin = Number.POSITIVE_INFINITY;
  // The first rounds also compile; the fastest is the device's own.
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    const model = scatteringModel(sites, instrument, cell);
    const between = performance.now();
    const peaks = peaksAt(model, cell);
    addPeaks(instrument, peaks, new Float64Array(binCount(instrument)));
    const end = performance.now();
    term = Math.min(term, (between - start) / (model.sums.count * sites.length));
    bin = Math.min(bin, (end - between) / (peaks.count * binCount(instrument)));
  }
  return { term, bin };
}
