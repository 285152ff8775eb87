import type { Site } from './structure.ts';

/** Sites of one position lie closer than this in every coordinate, unit fraction: far below any bond. */
const SAME_POSITION = 1e-4;

/** Sites that share a position, in order of first appearance; a site alone is a group of one. */
export function sharedPositions(sites: readonly Site[]): (readonly number[])[] {
  const groups: number[][] = [];
  for (const [i, { fract }] of sites.entries()) {
    const group = groups.find(([first]) =>
      sites[first!]!.fract.every(
        (x, k) => Math.abs(x - fract[k]! - Math.round(x - fract[k]!)) < SAME_POSITION,
      ),
    );
    if (group) group.push(i);
    else groups.push([i]);
  }
  return groups;
}
