import type { Structure } from '../crystal/structure.ts';

/** The part of an instrument that a script needs; the application's Instrument has it. Angles in degrees, wavelength in angstrom. */
export interface ScriptInstrument {
  readonly wavelength: number;
  readonly twoThetaMin: number;
  readonly twoThetaMax: number;
  readonly step: number;
  readonly margin: number;
  readonly u: number;
  readonly v: number;
  readonly w: number;
  readonly eta: number;
  readonly maxIndex?: number | undefined;
}

/**
 * A Python script that computes the pattern of a crystal with pymatgen's lattice, its table of scattering factors and
 * numpy, bin by bin as the application does, and saves it as two columns. Without a Kα2 line.
 */
export function pymatgenScript(structure: Structure, instrument: ScriptInstrument): string {
  const [a, b, c, alpha, beta, gamma] = structure.cell;
  const { wavelength, twoThetaMin, twoThetaMax, step, margin, u, v, w, eta, maxIndex } = instrument;
  const comment = (text: string): string => text.replaceAll(/[\r\n]+/g, ' ').slice(0, 200);
  const rows = structure.sites
    .map(({ element, fract, occupancy }) => `    ("${element}", ${occupancy}, [${fract.join(', ')}]),`)
    .join('\n');
  const clipped =
    maxIndex === undefined
      ? ''
      : `\npoints = [p for p in points if max(abs(round(i)) for i in p[0]) <= ${maxIndex}]`;
  return `# Powder pattern of ${comment(structure.name)}; written by Braggscape.
# Source of the structure: ${comment(structure.source)}
# Needs pymatgen and numpy. Writes pattern.xy: 2theta in degrees, intensity.
import json, os
import numpy as np
import pymatgen.analysis.diffraction.xrd as xrd
from pymatgen.core import Element, Lattice

lattice = Lattice.from_parameters(${a}, ${b}, ${c}, ${alpha}, ${beta}, ${gamma})
sites = [  # element, occupancy, fractional coordinates
${rows}
]
wavelength = ${wavelength}  # angstrom
lower, upper = ${twoThetaMin > 0 ? Math.max(0, twoThetaMin - margin) : 0}, ${Math.min(179.9, twoThetaMax + margin)}  # 2theta of the reflections that count
x = ${twoThetaMin} + ${step} * np.arange(${Math.round((twoThetaMax - twoThetaMin) / step)})
u, v, w, eta = ${u}, ${v}, ${w}, ${eta}  # Caglioti (square degrees), Gaussian share

with open(os.path.join(os.path.dirname(xrd.__file__), "atomic_scattering_params.json")) as f:
    table = json.load(f)
z = np.array([Element(e).Z for e, _, _ in sites])
ab = np.array([table[e] for e, _, _ in sites])
occupancy = np.array([o for _, o, _ in sites])
fract = np.array([p for _, _, p in sites])

points = lattice.reciprocal_lattice_crystallographic.get_points_in_sphere(
    [[0, 0, 0]], [0, 0, 0], 2 * np.sin(np.radians(upper / 2)) / wavelength)${clipped}
y = np.zeros(len(x))
for hkl, inverse_d, *_ in points:
    if inverse_d < 1e-9:
        continue
    s2 = (inverse_d / 2) ** 2
    theta = np.arcsin(wavelength * inverse_d / 2)
    two_theta = np.degrees(2 * theta)
    if not lower < two_theta <= upper:
        continue
    f = z - 41.78214 * s2 * np.sum(ab[:, :, 0] * np.exp(-ab[:, :, 1] * s2), axis=1)
    amplitude = np.sum(occupancy * f * np.exp(2j * np.pi * (fract @ np.round(hkl))))
    intensity = abs(amplitude) ** 2 * (1 + np.cos(2 * theta) ** 2) / (np.sin(theta) ** 2 * np.cos(theta))
    t = np.tan(theta)
    q = (x - two_theta) ** 2 / (u * t * t + v * t + w)
    y += intensity * (eta * np.exp(-4 * np.log(2) * q) + (1 - eta) / (1 + 4 * q))

np.savetxt("pattern.xy", np.column_stack([x, y]), fmt="%.6f %.8e")
print("wrote pattern.xy,", len(x), "points")
`;
}
