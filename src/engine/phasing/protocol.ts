import type { Structure } from '../../crystal/structure.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import type { HomometricProgress, HomometricSearch } from '../../phasing/homometricSearch.ts';
import type { DensityMap } from '../../phasing/lab/densityMap.ts';
import type { Maps, MapsArgs } from '../../phasing/lab/maps.ts';
import type { PattersonArgs, PattersonMap } from '../../phasing/lab/pattersonMap.ts';
import type { PatternArgs, PhasedPattern } from '../../phasing/lab/phasedPattern.ts';
import type { PowderArgs, PowderLoss } from '../../phasing/lab/powderLoss.ts';
import type { SectionRequest } from '../../phasing/lab/sectionPicture.ts';
import type { Waves, WavesArgs } from '../../phasing/lab/waves.ts';

/** What the phasing worker can do. It keeps nothing between calls: the problem of the protocol is null. */
export interface PhasingMethods {
  waves: { args: WavesArgs; progress: never; result: Waves };
  pattern: { args: PatternArgs; progress: never; result: PhasedPattern };
  maps: { args: MapsArgs; progress: never; result: Maps };
  patterson: { args: PattersonArgs; progress: never; result: PattersonMap };
  search: { args: { n: number; k: number }; progress: HomometricProgress; result: HomometricSearch };
  pair: { args: PairArgs; progress: never; result: HomometricCheck };
  powder: { args: PowderArgs; progress: never; result: PowderLoss };
  flip: { args: FlipArgs; progress: FlipFrame; result: FlipEnd };
}

export interface PairArgs {
  readonly first: Structure;
  readonly second: Structure;
  readonly dMin: number;
  readonly instrument: Instrument;
}
export interface HomometricCheck {
  readonly reflections: number;
  /** Largest ||F| − |F'|| over F(000), and largest difference of the patterns over their highest point. */
  readonly amplitudeDifference: number;
  readonly patternDifference: number;
  /** Largest phase difference, degrees, where |F| is more than a thousandth of F(000). */
  readonly phaseDifference: number;
  /** Earth Mover's Distance of the pointwise distance distributions, angstrom; 0 only for equal crystals. */
  readonly distance: number;
  readonly matched: boolean;
  readonly first: PhasedPattern;
  readonly second: PhasedPattern;
  /** Projected densities along c, equal steps [m]. */
  readonly projections: readonly [Float64Array, Float64Array];
}

export interface FlipArgs {
  readonly crystal: Structure;
  readonly dMin: number;
  readonly blur: number;
  /** In standard deviations of the density. */
  readonly delta: number;
  readonly weakShare: number;
  readonly seed: number;
  readonly cycles: number;
  /** Amplitudes are extracted from its overlapping peaks; null for the ideal ones. */
  readonly powder: Instrument | null;
  readonly section: SectionRequest;
  /** Isosurface at this share of the highest point; null for none. */
  readonly level: number | null;
}
/** What a run shows while it goes on. */
export interface FlipFrame {
  readonly cycle: number;
  /** Cycles since the last frame [m]; phase error in degrees up to origin and hand. */
  readonly rValues: Float64Array;
  readonly phaseErrors: Float64Array;
  /** The density brought to the origin and hand of the true crystal. */
  readonly map: DensityMap;
  readonly flipped: number;
  readonly threshold: number;
  readonly correlation: number;
  readonly inverted: boolean;
  readonly shift: Float64Array;
  readonly reflections: number;
  /** Of the powder: groups of reflections that it tells apart, and Σ||F| − |F_true||/Σ|F|. Null for ideal amplitudes. */
  readonly extraction: { readonly groups: number; readonly error: number } | null;
}
export interface FlipEnd {
  readonly frame: FlipFrame;
  /** Positions of the true crystal, and those of them with a peak of their own within 0.3 Å. */
  readonly atoms: number;
  readonly found: number;
  readonly matches: readonly { readonly site: number; readonly distance: number; readonly height: number }[];
}
