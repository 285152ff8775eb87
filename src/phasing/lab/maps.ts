import type { Structure } from '../../crystal/structure.ts';
import { gridShape } from '../densityGrid.ts';
import { chosenPhases, type PhaseChoice, withPhases } from '../phaseChoice.ts';
import {
  type StructureFactors,
  structureFactors,
  structureFactorsAt,
  withBlur,
} from '../structureFactors.ts';
import { createSynthesis } from '../synthesis.ts';
import { type DensityMap, densityMap, extremes, roundSpacing, type SectionRequest } from './densityMap.ts';
import { type PhasedReflections, reflectionTable } from './reflectionTable.ts';

export interface MapsArgs {
  readonly crystal: Structure;
  readonly choice: PhaseChoice;
  readonly dMin: number;
  readonly blur: number;
  readonly section: SectionRequest;
  /** Null: `roundSpacing` of the true map. */
  readonly spacing: number | null;
  /** Isosurfaces at this share of the highest point of the true map; null for none. */
  readonly level: number | null;
}

export interface Maps {
  readonly truth: DensityMap;
  readonly other: DensityMap;
  readonly reflections: PhasedReflections;
  /** Of the two maps; and of the other with the donor's own density at these indices, null where nobody lends. */
  readonly correlation: number;
  readonly donorCorrelation: number | null;
  /** Reflections at which the donor has an amplitude. */
  readonly matched: number;
  readonly spacing: number;
}

/** The density with the true and with the chosen phases, on one grid and one scale. */
export function mapsOf({ crystal, choice, dMin, blur, section, spacing, level }: MapsArgs): Maps {
  const truth = withBlur(structureFactors(crystal, dMin), blur);
  if (truth.re.length === 0)
    throw new Error(`no reflection of this crystal has a spacing of ${dMin} Å or more`);
  const { phases, matched } = chosenPhases(truth, choice);
  const other = choice.kind === 'true' ? truth : withPhases(truth, phases);
  const synthesis = createSynthesis(truth, gridShape(crystal.cell, dMin));
  const trueGrid = synthesis(truth);
  const otherGrid = synthesis(other);
  const { highest } = extremes(trueGrid.values);
  const every = spacing ?? roundSpacing(highest);
  const surfaceAt = level === null ? null : level * highest;
  return {
    truth: densityMap(trueGrid, truth, section, every, surfaceAt),
    other: densityMap(otherGrid, other, section, every, surfaceAt),
    reflections: reflectionTable(truth, other, crystal.sites),
    correlation: factorCorrelation(truth, other),
    donorCorrelation:
      choice.kind === 'borrowed'
        ? factorCorrelation(withBlur(structureFactorsAt(choice.donor, truth.hkl), blur), other)
        : null,
    matched,
    spacing: every,
  };
}

/**
 * Pearson correlation of two maps, the origin as it is, without a map, by Parseval's theorem: Σ |F||F'| cos(φ − φ') / √(Σ|F|² Σ|F'|²) over one list of
 * reflections (Lunin & Woolfson, Acta Cryst. D49, 530, 1993).
 */
export function factorCorrelation(p: StructureFactors, q: StructureFactors): number {
  if (p.re.length !== q.re.length) throw new Error(`${p.re.length} reflections against ${q.re.length}`);
  let pp = 0;
  let qq = 0;
  let pq = 0;
  for (let k = 0; k < p.re.length; k++) {
    pp += p.re[k]! ** 2 + p.im[k]! ** 2;
    qq += q.re[k]! ** 2 + q.im[k]! ** 2;
    pq += p.re[k]! * q.re[k]! + p.im[k]! * q.im[k]!;
  }
  return pq / Math.sqrt(pp * qq);
}
