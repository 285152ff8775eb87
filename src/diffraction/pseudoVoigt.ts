/** 4 ln 2: the Gaussian falls to one half at half its FWHM. */
export const FOUR_LN2 = 4 * Math.LN2;

/** Value and partial derivatives of the profile of peak height 1. */
export interface ProfileAt {
  value: number;
  /** ∂/∂(2θ₀): per degree of peak position, width held. */
  byPosition: number;
  /** ∂/∂H: per degree of width. */
  byWidth: number;
}

/**
 * Pseudo-Voigt of the paper (S1.2): pV = η G + (1 − η) L, both of height 1 and the same FWHM H.
 * @param d x − 2θ₀, degrees
 */
export function pseudoVoigt(d: number, width: number, eta: number): ProfileAt {
  const q = (d / width) ** 2;
  const lorentz = 1 / (1 + 4 * q);
  const gauss = Math.exp(-FOUR_LN2 * q);
  const byQ = -(1 - eta) * 4 * lorentz * lorentz - eta * FOUR_LN2 * gauss;
  return {
    value: (1 - eta) * lorentz + eta * gauss,
    byPosition: (byQ * -2 * d) / (width * width),
    byWidth: (byQ * -2 * q) / width,
  };
}
