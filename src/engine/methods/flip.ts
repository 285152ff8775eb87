import type { Structure } from '../../crystal/structure.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import { seededRng } from '../../num/rng.ts';
import { type Alignment, createAlignment } from '../../phasing/alignment.ts';
import {
  type ChargeFlipping,
  polishChargeFlipping,
  startChargeFlipping,
  stepChargeFlipping,
} from '../../phasing/chargeFlipping.ts';
import { gridShape } from '../../phasing/densityGrid.ts';
import { densityPeaks, matchAtoms } from '../../phasing/densityPeaks.ts';
import {
  type DensityMap,
  densityMap,
  extremes,
  roundSpacing,
  type SectionRequest,
} from '../../phasing/lab/densityMap.ts';
import { samePosition } from '../../phasing/positions.ts';
import { extractAmplitudes } from '../../phasing/powderAmplitudes.ts';
import { absentReflections } from '../../phasing/reflectionConditions.ts';
import {
  amplitudesOf,
  type StructureFactors,
  shiftOrigin,
  structureFactors,
  withBlur,
} from '../../phasing/structureFactors.ts';
import { createSynthesis } from '../../phasing/synthesis.ts';
import type { CallContext } from '../protocol.ts';

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
/** Results that a run shows while it goes on. */
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

/** A picture at most this often, ms. */
const FRAME_MS = 90;
/** Cycles at the end that flip negative density alone. */
export const POLISH = 20;
/** An atom is found when a peak of its own is this near, angstrom. */
export const FOUND_WITHIN = 0.3;

/** Charge flipping from amplitudes, shown as it goes; the phase error and the frames know the true crystal, the run does not. */
export async function flip(
  args: FlipArgs,
  { progress, breathe }: CallContext<FlipFrame>,
  now: () => number,
): Promise<FlipEnd> {
  const { crystal, dMin, cycles } = args;
  const truth = withBlur(structureFactors(crystal, dMin), args.blur);
  if (truth.re.length === 0)
    throw new Error(`no reflection of this crystal has a spacing of ${dMin} Å or more`);
  const powder =
    args.powder && extractAmplitudes(truth, args.powder, absentReflections(crystal.sites, truth.hkl));
  const shape = gridShape(crystal.cell, dMin);
  const run = startChargeFlipping(
    crystal.cell,
    truth.hkl,
    powder?.amplitudes ?? amplitudesOf(truth),
    { shape, delta: { unit: 'sigma', value: args.delta }, weakShare: args.weakShare },
    seededRng(args.seed),
  );
  const align = createAlignment(truth, shape);
  const synthesis = createSynthesis(truth, shape);
  const extraction = powder && { groups: powder.groups, error: powder.error };
  let rValues: number[] = [];
  let phaseErrors: number[] = [];
  const frame = (alignment: Alignment): FlipFrame => {
    const made = {
      ...pictureOf(run, truth, alignment, synthesis, args),
      cycle: run.cycle,
      rValues: Float64Array.from(rValues),
      phaseErrors: Float64Array.from(phaseErrors),
      flipped: run.flipped,
      threshold: run.threshold,
      correlation: alignment.correlation,
      inverted: alignment.inverted,
      shift: alignment.shift.slice(),
      reflections: truth.re.length,
      extraction,
    };
    rValues = [];
    phaseErrors = [];
    return made;
  };
  let shown = Number.NEGATIVE_INFINITY;
  while (run.cycle < cycles + POLISH) {
    if (run.cycle === cycles) polishChargeFlipping(run);
    stepChargeFlipping(run);
    const alignment = align(run.re, run.im);
    rValues.push(run.rValue);
    phaseErrors.push(alignment.phaseError);
    if (now() - shown > FRAME_MS) {
      progress(frame(alignment));
      shown = now();
    }
    await breathe();
  }
  const alignment = align(run.re, run.im);
  const positions = crystal.sites.filter(
    ({ fract }, i) => crystal.sites.findIndex(other => samePosition(other.fract, fract)) === i,
  ).length;
  const peaks = densityPeaks({ cell: crystal.cell, shape, values: run.density }, positions);
  const matches = matchAtoms(crystal, peaks, alignment);
  const near = matches.filter(({ distance }) => distance < FOUND_WITHIN);
  return {
    frame: frame(alignment),
    atoms: positions,
    found: new Set(near.map(({ peak }) => peak)).size,
    matches: matches.map(({ site, distance, peak }) => ({ site, distance, height: peaks[peak]!.height })),
  };
}

/** found(x) ≈ true(±(x − t)), so the density in the true frame is found(±y + t): F exp(−2πi h·t), conjugate where inverted. */
function pictureOf(
  run: ChargeFlipping,
  truth: StructureFactors,
  { shift, inverted }: Alignment,
  synthesis: ReturnType<typeof createSynthesis>,
  { section, level }: FlipArgs,
): Pick<FlipFrame, 'map'> {
  const moved = shiftOrigin({ ...truth, re: run.re, im: run.im, f000: run.f000 }, [
    -shift[0]!,
    -shift[1]!,
    -shift[2]!,
  ]);
  const factors = inverted ? { ...moved, im: moved.im.map(value => -value) } : moved;
  const grid = synthesis(factors);
  const { highest } = extremes(grid.values);
  return {
    map: densityMap(grid, factors, section, roundSpacing(highest), level === null ? null : level * highest),
  };
}
