import type { Site } from './structure.ts';

/** Fractional coordinates of the sites, one after the other. [3n] */
export const fractOf = (sites: readonly Site[]): Float64Array =>
  Float64Array.from(sites.flatMap(({ fract }) => [...fract]));

/** The sites at other coordinates [3n]. */
export const movedSites = (sites: readonly Site[], fract: ArrayLike<number>): Site[] =>
  sites.map((site, i) => ({ ...site, fract: [fract[3 * i]!, fract[3 * i + 1]!, fract[3 * i + 2]!] }));
