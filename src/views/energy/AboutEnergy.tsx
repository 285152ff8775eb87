import type { ReactNode } from 'react';
import { Info } from '../../ui/Popover.tsx';

/** Explanation of what the energy is, where it comes from, and what it is not good for. */
export function AboutEnergy(): ReactNode {
  return (
    <Info about="the energy">
      <h3>TensorNet-MatPES-PBE (stand-in for CHGNet)</h3>
      <p>
        The paper compares with the interatomic potential CHGNet, whose weights are not at hand;
        TensorNet-MatPES-PBE-v2025.1 is a universal potential of the same kind. 0 K, PBE, fractional
        coordinates fixed on the map. eV per cell relative to the minimum; computed in float64.
      </p>
      <p>
        Good for energies of one composition over cell shapes within about ±10 %. Not for absolute energies,
        for other compositions beside each other, for layers held by van der Waals forces (MoS₂ along <i>c</i>
        ) and for Au₂S, where the potential has its minimum 5 % away from the reference cell. It knows no spin
        and no repulsion of nuclei: cells with atoms closer than 0.7 Å are left out.
      </p>
      <p>Weights: Materials Virtual Lab, matgl, BSD-3-Clause. The page keeps them in this browser only.</p>
    </Info>
  );
}
