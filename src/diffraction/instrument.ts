/**
 * The diffractometer: wavelength, two-theta window and grid, Caglioti widths, profile mixing.
 * Defaults are the paper's (S1.2). Angles in degrees, wavelength in angstrom.
 */
export interface Instrument {
  readonly wavelength: number;
  /** Grid: x_i = twoThetaMin + step · i, for i = 0 … binCount − 1; the upper end is not a bin. */
  readonly twoThetaMin: number;
  readonly twoThetaMax: number;
  readonly step: number;
  /** Reflections up to this many degrees outside the window keep their tails in it. */
  readonly margin: number;
  /** Caglioti: H² = u tan²θ + v tanθ + w, square degrees. */
  readonly u: number;
  readonly v: number;
  readonly w: number;
  /** Gaussian share of the pseudo-Voigt profile, 0–1. */
  readonly eta: number;
  /**
   * Reflections count while |h|, |k|, |l| ≤ maxIndex; absent: all do. The paper clips at 6 in its descents on MSE "to
   * ensure numerical stability" (S1.4).
   */
  readonly maxIndex?: number | undefined;
  /**
   * A second line of the anode, Kα₂, in angstrom; absent: the radiation is monochromatic. Every reflection then has a
   * second peak at its own angle, with the Lorentz-polarisation factor and the width of that angle.
   */
  readonly secondWavelength?: number | undefined;
  /** Intensity of the second line as a share of the first's; 0.5 where it is left out. */
  readonly secondRatio?: number | undefined;
}

/** One spectral line of the radiation. */
export interface SpectralLine {
  /** Angstrom. */
  readonly wavelength: number;
  /** Intensity, the first line's being 1. */
  readonly weight: number;
  /** sin²θ of a reflection on this line over that on the first, (λ/λ₁)². */
  readonly stretch: number;
}

/** By the transition probabilities, Kα₂ has half the intensity of Kα₁. */
export const USUAL_RATIO = 0.5;

/** The lines of the radiation: one, or Kα₁ and Kα₂. */
export function spectralLines({ wavelength, secondWavelength, secondRatio }: Instrument): SpectralLine[] {
  const first = { wavelength, weight: 1, stretch: 1 };
  if (secondWavelength === undefined) return [first];
  const stretch = (secondWavelength / wavelength) ** 2;
  return [first, { wavelength: secondWavelength, weight: secondRatio ?? USUAL_RATIO, stretch }];
}

export const PAPER_INSTRUMENT: Instrument = {
  wavelength: 1.5406,
  twoThetaMin: 0,
  twoThetaMax: 90,
  step: 0.01,
  margin: 0,
  u: 0.1,
  v: 0.01,
  w: 0.1,
  eta: 0.1,
};

/** The same instrument with every peak wider by a factor: H² grows by its square at every angle. */
export const blurred = (instrument: Instrument, factor: number): Instrument =>
  factor === 1
    ? instrument
    : {
        ...instrument,
        u: instrument.u * factor ** 2,
        v: instrument.v * factor ** 2,
        w: instrument.w * factor ** 2,
      };

/** Number of bins of the pattern. */
export const binCount = (instrument: Instrument): number =>
  Math.round((instrument.twoThetaMax - instrument.twoThetaMin) / instrument.step);

/** Reflections count while lower < 2θ ≤ upper. Degrees. */
export const reflectionWindow = (instrument: Instrument): { lower: number; upper: number } => ({
  lower: instrument.twoThetaMin > 0 ? Math.max(0, instrument.twoThetaMin - instrument.margin) : 0,
  upper: Math.min(179.9, instrument.twoThetaMax + instrument.margin),
});

/** Kα₁ and Kα₂ wavelengths in angstrom of common anodes (Bearden 1967; Cu Kα₁ as the paper rounds it). */
export const ANODES: readonly { id: string; label: string; wavelength: number; second: number }[] = [
  { id: 'CuKa1', label: 'Cu Kα₁', wavelength: 1.5406, second: 1.54439 },
  { id: 'CoKa1', label: 'Co Kα₁', wavelength: 1.78897, second: 1.79285 },
  { id: 'CrKa1', label: 'Cr Kα₁', wavelength: 2.2897, second: 2.293606 },
  { id: 'FeKa1', label: 'Fe Kα₁', wavelength: 1.936042, second: 1.93998 },
  { id: 'MoKa1', label: 'Mo Kα₁', wavelength: 0.7093, second: 0.71359 },
  { id: 'AgKa1', label: 'Ag Kα₁', wavelength: 0.5594075, second: 0.563798 },
];

/** Why these settings are not an instrument, naming value and unit; null when they are one. */
export function instrumentProblem(instrument: Instrument): string | null {
  const { wavelength, twoThetaMin, twoThetaMax, step, margin, u, v, w, eta, maxIndex } = instrument;
  if (!(wavelength >= 0.1 && wavelength <= 10)) return `wavelength ${wavelength} Å is outside 0.1–10 Å`;
  if (!(twoThetaMin >= 0 && twoThetaMax <= 170 && twoThetaMax - twoThetaMin >= 1))
    return `two-theta range ${twoThetaMin}°–${twoThetaMax}° needs 0° ≤ start, end ≤ 170° and at least 1° between`;
  if (!(step >= 0.001 && step <= 0.1)) return `step ${step}° is outside 0.001°–0.1°`;
  if (!(margin >= 0 && margin <= 10)) return `margin ${margin}° is outside 0°–10°`;
  if (!(eta >= 0 && eta <= 1)) return `η = ${eta} is outside 0–1`;
  const { secondWavelength, secondRatio } = instrument;
  if (secondWavelength !== undefined && !(secondWavelength >= 0.1 && secondWavelength <= 10))
    return `second wavelength ${secondWavelength} Å is outside 0.1–10 Å`;
  if (secondRatio !== undefined && !(secondRatio > 0 && secondRatio <= 1))
    return `intensity ratio ${secondRatio} of the second line is outside 0–1`;
  if (maxIndex !== undefined && !(Number.isInteger(maxIndex) && maxIndex >= 1))
    return `the largest index ${maxIndex} is not a whole number from 1 on`;
  // H² is a parabola in tanθ: its least value in the window must stay above the resolution of the grid.
  const { upper } = reflectionWindow(instrument);
  const tanMax = Math.tan((upper * Math.PI) / 360);
  const candidates = [0, tanMax, u > 0 ? Math.min(tanMax, Math.max(0, -v / (2 * u))) : 0];
  const least = Math.min(...candidates.map(t => u * t * t + v * t + w));
  if (!(least >= 4 * step * step))
    return `U = ${u}, V = ${v}, W = ${w} give a peak width below ${2 * step}° (H² = ${least.toPrecision(3)} deg²)`;
  return null;
}
