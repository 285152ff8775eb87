import { cellVolume } from '../../crystal/cell.ts';
import type { Structure } from '../../crystal/structure.ts';
import { binCount, type Instrument, PAPER_INSTRUMENT } from '../../diffraction/instrument.ts';
import { addPeaks, peaksAt, scatteringModel } from '../../diffraction/pattern.ts';

const RAD = Math.PI / 180;

/** Reflections in the limiting sphere, one of each Friedel pair: (2/3) π (2 sinθ/λ)³ V. */
export const reflectionCount = ({ cell }: Structure, { wavelength, twoThetaMax }: Instrument): number =>
  (2 / 3) * Math.PI * ((2 * Math.sin(0.5 * twoThetaMax * RAD)) / wavelength) ** 3 * cellVolume(cell);

/** Speed of this device, in milliseconds. */
export interface DeviceSpeed {
  /** One reflection of one atom. */
  readonly term: number;
  /** One reflection in one bin. */
  readonly bin: number;
}

let measured: DeviceSpeed | null = null;

const ROUNDS = 6;

/** Times the reference model on a small made-up crystal, once: some 50 ms. */
export function devicePace(): DeviceSpeed {
  if (measured) return measured;
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
  measured = { term, bin };
  return measured;
}

export interface Cost {
  readonly atoms: number;
  readonly reflections: number;
  /** Until the first pattern is there, ms. */
  readonly first: number;
}

/** The list is drawn up for cells 1.3 times as long, the pattern for this one. */
const STRETCH = 1.3 ** 3;

export function costOf(structure: Structure, instrument: Instrument, pace: DeviceSpeed): Cost {
  const reflections = reflectionCount(structure, instrument);
  const atoms = structure.sites.length;
  const first = reflections * (STRETCH * atoms * pace.term + binCount(instrument) * pace.bin);
  return { atoms, reflections: Math.round(reflections), first };
}

/** A wait that asks nothing, ms. */
export const BEARABLE = 4000;

/** The largest 2θ, whole degrees, that keeps the wait bearable; at least 5° above the start. */
export function bearableRange(structure: Structure, instrument: Instrument, pace: DeviceSpeed): number {
  const { twoThetaMin, twoThetaMax } = instrument;
  let end = Math.floor(twoThetaMax);
  while (
    end > twoThetaMin + 5 &&
    costOf(structure, { ...instrument, twoThetaMax: end }, pace).first > BEARABLE
  )
    end--;
  return end;
}
