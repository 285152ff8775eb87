import { type Cell, cellProblem } from '../crystal/cell.ts';
import { cellOfMetric, changedFract, metricVolume } from './basis.ts';
import {
  byMisfit,
  type LatticeMapping,
  type LatticeTolerances,
  latticeMappings,
  nearestMapping,
} from './latticeMappings.ts';
import { TooSkewError } from './niggli.ts';
import { type Crystal, type PeriodicSet, periodicSet, pointsByLabel } from './periodicSet.ts';
import { primitiveSet } from './primitive.ts';
import { reducedSet } from './reducedBasis.ts';
import { displacements } from './sitePairs.ts';

export interface MatchOptions extends LatticeTolerances {
  /** Largest displacement of a matched site, in units of the free length (V/n)^⅓. */
  readonly stol: number;
  /** Compare primitive cells. A copy whose atoms no longer repeat to within 0.25 Å keeps its conventional cell. */
  readonly primitiveCell: boolean;
  /** Bring both to the same volume first. */
  readonly scale: boolean;
}

/** The tolerances of the paper (section 2.4). */
export const MATCH_OPTIONS: MatchOptions = {
  ltol: 0.1,
  stol: 0.2,
  angleTol: 5,
  primitiveCell: true,
  scale: true,
};

/** What a verdict depends on beside the two crystals, for where it is shown. */
export const MATCH_ORDER =
  'Not symmetric, as in pymatgen: the first crystal, here the truth, is laid onto the second, in whose reduced cell lengths and angles are compared. The other order gives the other verdict on one in seven of the paper’s copies at σ = 0.1.';

/** End of a comparison: the first of these that does not agree; `reduction`: a cell is too skew to be reduced. */
export type MatchEnd = 'composition' | 'reduction' | 'siteCount' | 'lattice' | 'sites' | 'match';

/**
 * A verdict and what it rests on. Each gauge stands beside its tolerance; it is null where the comparison has no
 * meaning any more (other composition or number of sites; no lattice mapping at all).
 */
export interface MatchReport {
  readonly matched: boolean;
  readonly end: MatchEnd;
  /** Number of sites of the reduced cells. */
  readonly sites: readonly [number, number];
  /** Volume per site of the second over that of the first, before any scaling. */
  readonly volumeRatio: number;
  /** Worst ratio of two lengths, longer over shorter, minus 1; against `ltol`. Of the nearest mapping. */
  readonly length: number | null;
  /** Worst difference of two angles, degrees; against `angleTol`. Of the nearest mapping. */
  readonly angle: number | null;
  /** Smallest rms displacement over all mappings, in units of the free length. */
  readonly rms: number | null;
  /** Smallest maximal displacement over all mappings, in units of the free length; the verdict holds it against `stol`. */
  readonly maximum: number | null;
  /** Mean free length (V/n)^⅓ of the two, angstrom: turns rms and maximum into lengths. */
  readonly freeLength: number;
}

/** A crystal brought to its primitive and Niggli cell. One truth is compared with many copies: reduce it once. */
export interface ReducedCrystal {
  readonly set: PeriodicSet;
  /** Share of each label, sorted: equal strings for equal compositions. */
  readonly composition: string;
  /** Reason why the cell could not be reduced; it then matches nothing. */
  readonly problem: string | null;
}

/** @throws when the six parameters are no cell, or there are no sites */
export function reduceCrystal(crystal: Crystal, primitiveCell = MATCH_OPTIONS.primitiveCell): ReducedCrystal {
  const problem = cellProblem(crystal.cell);
  if (problem) throw new Error(problem);
  if (crystal.sites.length === 0) throw new Error('a crystal without sites matches nothing');
  const given = periodicSet(crystal);
  try {
    // pymatgen looks for the primitive cell in axes already reduced, and its tolerance is a box along them.
    const reduced = reducedSet(given);
    const set = primitiveCell ? reducedSet(primitiveSet(reduced)) : reduced;
    return { set, composition: compositionOf(set.labels), problem: null };
  } catch (error) {
    if (!(error instanceof TooSkewError)) throw error;
    return { set: given, composition: compositionOf(given.labels), problem: error.message };
  }
}

function compositionOf(labels: readonly string[]): string {
  const counts = [...pointsByLabel(labels)].map(([label, points]) => [label, points.length] as const);
  return counts
    .map(([label, count]) => `${label}=${(count / labels.length).toFixed(8)}`)
    .sort()
    .join(';');
}

/**
 * Verdict on two crystals being the same within tolerances, by the algorithm of pymatgen's StructureMatcher (Ong et al.,
 * Comput. Mater. Sci. 68, 314, 2013): reduce both, scale to one volume, lay the first lattice onto the second in every
 * way that the tolerances allow (mirror images included), and pair the sites on the lattice with the mean parameters.
 * They match when some mapping leaves no site displaced by `stol` or more. Not symmetric: angles and lengths are
 * compared in the reduced cell of the second.
 */
export function matchReduced(
  first: ReducedCrystal,
  second: ReducedCrystal,
  options: MatchOptions = MATCH_OPTIONS,
): MatchReport {
  const sites = [first.set.labels.length, second.set.labels.length] as const;
  const volumes = [metricVolume(first.set.metric), metricVolume(second.set.metric)] as const;
  const perSite = [volumes[0] / sites[0], volumes[1] / sites[1]] as const;
  const common = {
    sites,
    volumeRatio: perSite[1] / perSite[0],
    freeLength: Math.sqrt(Math.cbrt(perSite[0]) * Math.cbrt(perSite[1])),
  };
  const unlike = { length: null, angle: null, rms: null, maximum: null, matched: false };
  if (first.composition !== second.composition) return { ...common, ...unlike, end: 'composition' };
  if (first.problem ?? second.problem) return { ...common, ...unlike, end: 'reduction' };
  if (sites[0] !== sites[1]) return { ...common, ...unlike, end: 'siteCount' };

  const growth = options.scale ? Math.cbrt(volumes[1] / volumes[0]) : 1;
  const metric = first.set.metric.map(value => value * growth);
  const target = cellOfMetric(second.set.metric.map(value => value / growth));
  const allowed = latticeMappings(metric, target, options).sort(byMisfit(options));
  if (allowed.length === 0) {
    const nearest = nearestMapping(metric, target, options);
    const best = nearest ? bestPairing(first.set, second.set, target, [nearest], null) : NOTHING;
    return { ...common, ...gauges(nearest, best), matched: false, end: 'lattice' };
  }
  const within = bestPairing(first.set, second.set, target, allowed, options.stol);
  const matched = within.maximum < options.stol;
  // A miss passed over most pairings as hopeless: its gauges need them all.
  const best = matched ? within : bestPairing(first.set, second.set, target, allowed, null);
  return { ...common, ...gauges(best.mapping, best), matched, end: matched ? 'match' : 'sites' };
}

/** `matchReduced` of two crystals as they are given. */
export function matchCrystals(
  first: Crystal,
  second: Crystal,
  options: MatchOptions = MATCH_OPTIONS,
): MatchReport {
  const { primitiveCell } = options;
  return matchReduced(reduceCrystal(first, primitiveCell), reduceCrystal(second, primitiveCell), options);
}

interface BestPairing {
  readonly mapping: LatticeMapping | null;
  readonly rms: number;
  readonly maximum: number;
}

const NOTHING: BestPairing = {
  mapping: null,
  rms: Number.POSITIVE_INFINITY,
  maximum: Number.POSITIVE_INFINITY,
};

/** Below this rms nothing better is looked for. */
const PERFECT = 1e-5;

/** The least rms and the least maximum over mappings and shifts; the mapping is that of the least maximum. */
function bestPairing(
  first: PeriodicSet,
  second: PeriodicSet,
  target: Cell,
  mappings: readonly LatticeMapping[],
  stol: number | null,
): BestPairing {
  let best = NOTHING;
  for (const mapping of mappings) {
    const pairing = {
      cell: mapping.cell.map((value, i) => (value + target[i]!) / 2) as unknown as Cell,
      fixed: changedFract(first.fract, mapping.change),
      moving: second.fract,
      fixedLabels: first.labels,
      movingLabels: second.labels,
    };
    for (const { rms, maximum } of displacements(pairing, stol)) {
      best = {
        mapping: maximum < best.maximum ? mapping : best.mapping,
        rms: Math.min(rms, best.rms),
        maximum: Math.min(maximum, best.maximum),
      };
      if (best.rms < PERFECT) return best;
    }
  }
  return best;
}

const gauges = (
  mapping: LatticeMapping | null,
  best: BestPairing,
): Pick<MatchReport, 'length' | 'angle' | 'rms' | 'maximum'> => ({
  length: mapping?.length ?? null,
  angle: mapping?.angle ?? null,
  rms: Number.isFinite(best.rms) ? best.rms : null,
  maximum: Number.isFinite(best.maximum) ? best.maximum : null,
});
