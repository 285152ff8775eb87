import type { Site } from '../../crystal/structure.ts';
import { absentReflections } from '../reflectionConditions.ts';
import { amplitudesOf, phasesOf, type StructureFactors, squareS } from '../structureFactors.ts';

/** Reflections to a resolution in the order of falling d; F in electrons, phases in degrees. */
export interface PhasedReflections {
  /** [n * 3] */
  readonly hkl: Int32Array;
  /** Angstrom [n]. */
  readonly d: Float64Array;
  readonly amplitude: Float64Array;
  readonly phase: Float64Array;
  readonly otherAmplitude: Float64Array;
  readonly otherPhase: Float64Array;
  /** 1 where no element contributes, whatever its form factor [n]. */
  readonly absent: Uint8Array;
}

/** Structure factors of one list of reflections twice, as columns. */
export const reflectionTable = (
  factors: StructureFactors,
  other: StructureFactors,
  sites: readonly Site[],
): PhasedReflections => ({
  hkl: factors.hkl.slice(),
  d: squareS(factors.cell, factors.hkl).map(s2 => 0.5 / Math.sqrt(s2)),
  amplitude: amplitudesOf(factors),
  phase: phasesOf(factors),
  otherAmplitude: amplitudesOf(other),
  otherPhase: phasesOf(other),
  absent: absentReflections(sites, factors.hkl),
});
