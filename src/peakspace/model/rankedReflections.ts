import type { FamilyId } from '../../crystal/family.ts';
import { type Hkl, mergePeaks } from '../../diffraction/mergePeaks.ts';
import type { ReflectionDrive } from './reflectionDrive.ts';

/** A line of the powder pattern, and its part in the slopes of the loss. */
export interface RankedReflection {
  readonly hkl: Hkl;
  /** Degrees. */
  readonly twoTheta: number;
  /** Null where the crystal of the target is not known. */
  readonly target: number | null;
  readonly intensity: number;
  /** Its slope along each axis as a share of the sum of all without their signs; 0 where nothing pulls along it. */
  readonly shares: readonly number[];
}

export interface RankedReflections {
  /** Slope of the loss along each axis, and the sum of the slopes of all lines without their signs. */
  readonly axes: readonly { readonly slope: number; readonly pull: number }[];
  /** The line that pulls most first; without those that do not pull. */
  readonly rows: readonly RankedReflection[];
}

/** Below this, in units of the loss along the whole of an axis, a pull is rounding. */
const NOTHING = 1e-7;
const MOST = 200;

/**
 * The lines of a pattern in the order of what they pull along axes; reflections at one angle are one line.
 * @param axes directions in the space of points [6 + m], as long as the ranges that they stand for
 */
export function rankedReflections(
  drive: ReflectionDrive,
  family: FamilyId,
  axes: readonly ArrayLike<number>[],
): RankedReflections {
  const { hkl, twoTheta, intensity, target, shares } = drive;
  const width = shares.length / twoTheta.length;
  const lines = mergePeaks({ hkl, twoTheta, intensity: target ?? intensity }, family).map(line => {
    const sum = (values: Float64Array): number => line.rows.reduce((total, row) => total + values[row]!, 0);
    return {
      hkl: line.forms[0]!.hkl,
      twoTheta: line.twoTheta,
      target: target && sum(target),
      intensity: sum(intensity),
      slopes: axes.map(axis =>
        line.rows.reduce((total, row) => {
          for (let i = 0; i < width; i++) total += shares[row * width + i]! * axis[i]!;
          return total;
        }, 0),
      ),
    };
  });
  const sums = axes.map((_, k) => ({
    slope: lines.reduce((sum, { slopes }) => sum + slopes[k]!, 0),
    pull: lines.reduce((sum, { slopes }) => sum + Math.abs(slopes[k]!), 0),
  }));
  const rows = lines
    .map(({ slopes, ...line }) => ({
      ...line,
      shares: slopes.map((slope, k) => (sums[k]!.pull > NOTHING ? slope / sums[k]!.pull : 0)),
    }))
    .filter(row => weightOf(row) > 1e-6)
    .sort((p, q) => weightOf(q) - weightOf(p))
    .slice(0, MOST);
  return { axes: sums, rows };
}

/** Part of a line in all that pulls, mean over the axes. */
export const weightOf = ({ shares }: RankedReflection): number =>
  shares.reduce((sum, share) => sum + Math.abs(share), 0) / shares.length;

/** Lines that are named, and the part in what pulls that is enough of them. */
const NAMED = 3;
const ENOUGH = 0.5;
/** Slopes that cancel to this share of what pulls are a minimum. */
const BALANCED = 0.1;

/** The few lines that make up half of what pulls, and whether they cancel; null where nothing pulls. */
export function leadingReflections({ axes, rows }: RankedReflections): {
  readonly leading: readonly RankedReflection[];
  readonly balanced: boolean;
  /** Their part in all that pulls. */
  readonly weight: number;
} | null {
  if (rows.length === 0) return null;
  const leading: RankedReflection[] = [];
  let weight = 0;
  for (const row of rows.slice(0, NAMED)) {
    if (weight >= ENOUGH) break;
    leading.push(row);
    weight += weightOf(row);
  }
  const balanced = axes.every(({ slope, pull }) => Math.abs(slope) <= BALANCED * pull);
  return { leading, balanced, weight };
}
