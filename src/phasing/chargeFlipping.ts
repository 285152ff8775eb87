import { type Cell, cellVolume } from '../crystal/cell.ts';
import { type GridShape, type RealFft, realFft } from '../num/fft.ts';
import type { Rng } from '../num/rng.ts';
import { type HalfSpectrum, halfSpectrum, scatter } from './halfSpectrum.ts';

/**
 * Charge flipping (Oszlányi & Sütő, Acta Cryst. A60, 134, 2004; A61, 147, 2005; review A64, 123, 2008): the density
 * below a threshold δ changes sign, the transform of the result keeps its phases and gets back the known amplitudes,
 * and so on. It knows nothing of atoms or symmetry but that a density is small almost everywhere.
 */
export interface ChargeFlippingOptions {
  readonly shape: GridShape;
  /** The threshold: electrons per cubic angstrom, or in standard deviations of the density at each cycle. */
  readonly delta: { readonly unit: 'absolute' | 'sigma'; readonly value: number };
  /**
   * Share of the reflections, the weakest, whose amplitude is left free and whose phase is turned by 90° instead
   * (2005); 0 for the algorithm of 2004.
   */
  readonly weakShare: number;
}

/** The state of a run; `stepChargeFlipping` overwrites it in place and allocates nothing. */
export interface ChargeFlipping {
  readonly shape: GridShape;
  /** May be changed between cycles. */
  delta: ChargeFlippingOptions['delta'];
  /** Known |F| [n], electrons. */
  readonly amplitudes: Float64Array;
  /** 1 for the reflections treated as weak [n]. */
  readonly weak: Uint8Array;
  /** Structure factors that the density is made of [n]; F(000) is `f000`, free as in the original. */
  readonly re: Float64Array;
  readonly im: Float64Array;
  f000: number;
  /** Electrons per cubic angstrom [nx * ny * nz]. */
  readonly density: Float64Array;
  cycle: number;
  /** Σ ||G| − |F|| / Σ |F|, G the transform of the flipped density; NaN before the first cycle. */
  rValue: number;
  /** The threshold of the last cycle, electrons per cubic angstrom, and the share of points flipped by it. */
  threshold: number;
  flipped: number;
  readonly volume: number;
  readonly fft: RealFft;
  readonly layout: HalfSpectrum;
  readonly spectrum: { readonly re: Float64Array; readonly im: Float64Array };
}

/**
 * A run from random phases, drawn in the order of the list.
 * @param hkl [n * 3], one of each Friedel pair
 * @param amplitudes |F| in electrons [n]
 */
export function startChargeFlipping(
  cell: Cell,
  hkl: Int32Array,
  amplitudes: Float64Array,
  { shape, delta, weakShare }: ChargeFlippingOptions,
  rng: Rng,
): ChargeFlipping {
  const count = amplitudes.length;
  if (hkl.length !== 3 * count) throw new Error(`${count} amplitudes for ${hkl.length / 3} reflections`);
  if (!(weakShare >= 0 && weakShare < 1)) throw new Error(`a weak share of ${weakShare} is outside 0–1`);
  const fft = realFft(shape);
  const layout = halfSpectrum(hkl, fft);
  const weak = new Uint8Array(count);
  const order = Array.from(amplitudes.keys()).sort((p, q) => amplitudes[p]! - amplitudes[q]! || p - q);
  for (const row of order.slice(0, Math.floor(weakShare * count))) weak[row] = 1;
  const re = new Float64Array(count);
  const im = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const phase = 2 * Math.PI * rng.uniform();
    re[k] = amplitudes[k]! * Math.cos(phase);
    im[k] = amplitudes[k]! * Math.sin(phase);
  }
  const state: ChargeFlipping = {
    shape,
    delta,
    amplitudes,
    weak,
    re,
    im,
    f000: 0,
    density: new Float64Array(shape[0] * shape[1] * shape[2]),
    cycle: 0,
    rValue: Number.NaN,
    threshold: Number.NaN,
    flipped: 0,
    volume: cellVolume(cell),
    fft,
    layout,
    spectrum: { re: new Float64Array(fft.spectrumSize), im: new Float64Array(fft.spectrumSize) },
  };
  toDensity(state);
  return state;
}

/** One cycle. Changes `state` and gives it back. */
export function stepChargeFlipping(state: ChargeFlipping): ChargeFlipping {
  flip(state);
  state.fft.forward(state.density, state.spectrum.re, state.spectrum.im);
  applyAmplitudes(state);
  toDensity(state);
  state.cycle++;
  return state;
}

/**
 * Ends the search: from the next cycle on only negative density is flipped and every amplitude is imposed. A run that
 * has found the structure settles in some twenty cycles, and its weakest atoms rise; one that has not stays lost.
 */
export function polishChargeFlipping(state: ChargeFlipping): ChargeFlipping {
  state.delta = { unit: 'absolute', value: 0 };
  state.weak.fill(0);
  return state;
}

function flip(state: ChargeFlipping): void {
  const { density, delta } = state;
  let threshold = delta.value;
  if (delta.unit === 'sigma') {
    let sum = 0;
    let square = 0;
    for (let i = 0; i < density.length; i++) {
      sum += density[i]!;
      square += density[i]! * density[i]!;
    }
    const mean = sum / density.length;
    threshold *= Math.sqrt(Math.max(0, square / density.length - mean * mean));
  }
  let count = 0;
  for (let i = 0; i < density.length; i++)
    if (density[i]! < threshold) {
      density[i] = -density[i]!;
      count++;
    }
  state.threshold = threshold;
  state.flipped = count / density.length;
}

/** From the spectrum of the flipped density to the structure factors of the next one. */
function applyAmplitudes(state: ChargeFlipping): void {
  const { amplitudes, weak, re, im, spectrum, layout } = state;
  // The transform is a sum over points; an integral over the cell in electrons is what F is.
  const scale = state.volume / state.density.length;
  let difference = 0;
  let total = 0;
  for (let k = 0; k < amplitudes.length; k++) {
    const x = scale * spectrum.re[layout.at[k]!]!;
    const y = scale * layout.sign[k]! * spectrum.im[layout.at[k]!]!;
    const size = Math.sqrt(x * x + y * y);
    difference += Math.abs(size - amplitudes[k]!);
    total += amplitudes[k]!;
    if (weak[k] === 1) {
      re[k] = -y;
      im[k] = x;
    } else if (size > 0) {
      const ratio = amplitudes[k]! / size;
      re[k] = x * ratio;
      im[k] = y * ratio;
    }
    // A vanishing transform has no phase to keep; the old phase stays, at the right amplitude already.
  }
  state.f000 = scale * spectrum.re[0]!;
  state.rValue = difference / total;
}

function toDensity({ spectrum, layout, re, im, f000, fft, density, volume }: ChargeFlipping): void {
  spectrum.re.fill(0);
  spectrum.im.fill(0);
  spectrum.re[0] = f000;
  scatter(layout, re, im, spectrum.re, spectrum.im);
  fft.inverse(spectrum.re, spectrum.im, density);
  const perVolume = 1 / volume;
  for (let i = 0; i < density.length; i++) density[i]! *= perVolume;
}
