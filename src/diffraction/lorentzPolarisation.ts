/**
 * Lorentz-polarisation factor of a powder diffractometer without monochromator, (1 + cos² 2θ) / (sin²θ cosθ)
 * (paper, S1.2), as a function of u = sin²θ: N = 1 + (1 − 2u)², lp = N / (u √(1 − u)).
 */
export function lorentzPolarisation(u: number): number {
  const cos2 = 1 - 2 * u;
  return (1 + cos2 * cos2) / (u * Math.sqrt(1 - u));
}

/** d lp / du. */
export function lorentzPolarisationSlope(u: number): number {
  const cos2 = 1 - 2 * u;
  const root = Math.sqrt(1 - u);
  const n = 1 + cos2 * cos2;
  return (-4 * cos2) / (u * root) - n / (u * u * root) + n / (2 * u * root * (1 - u));
}
