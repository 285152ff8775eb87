import type { Structure } from '../../crystal/structure.ts';
import { gridShape } from '../densityGrid.ts';
import { factorCorrelation } from '../mapCorrelation.ts';
import type { PhaseChoice } from '../phaseChoice.ts';
import { chosenPhases, withPhases } from '../phaseChoice.ts';
import { structureFactors, structureFactorsAt, withBlur } from '../structureFactors.ts';
import { createSynthesis } from '../synthesis.ts';
import type { DensityMap, SectionRequest } from './densityMap.ts';
import { densityMap, extremes, roundSpacing } from './densityMap.ts';
import type { PhasedReflections } from './reflectionTable.ts';
import { reflectionTable } from './reflectionTable.ts';

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
  /** Of the two maps; and of the other with the lender's own density at these indices, null where nobody lends. */
  readonly correlation: number;
  readonly donorCorrelation: number | null;
  /** Reflections at which the lender has an amplitude. */
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
        ? factorCorrelation(withBlur(structureFactorsAt(choice.lender, truth.hkl), blur), other)
        : null,
    matched,
    spacing: every,
  };
}
