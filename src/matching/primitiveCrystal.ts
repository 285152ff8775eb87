import { sharedPositions } from '../crystal/sharedPositions.ts';
import type { Site } from '../crystal/structure.ts';
import { cellOfMetric } from './basis.ts';
import { type Crystal, periodicSet } from './periodicSet.ts';
import { primitiveSet } from './primitive.ts';
import { reducedSet } from './reducedBasis.ts';

/**
 * A crystal in its primitive Niggli cell, as coordinate noise needs it: on a centred conventional cell the copies of an
 * atom move apart, the copy no longer counts as centred, and the matcher compares cells of unlike size.
 */
export function primitiveCrystal(crystal: Crystal): Crystal {
  const set = reducedSet(primitiveSet(reducedSet(periodicSet(crystal))));
  const species = speciesOfLabels(crystal);
  return {
    cell: cellOfMetric(set.metric),
    sites: set.labels.flatMap((label, i) => {
      const fract = [...set.fract.subarray(3 * i, 3 * i + 3)] as unknown as Site['fract'];
      return species.get(label)!.map(site => ({ ...site, label: `${site.element}${i + 1}`, fract }));
    }),
  };
}

/** The sites that a label stands for, those of its first position. */
function speciesOfLabels(crystal: Crystal): Map<string, readonly Site[]> {
  const { labels } = periodicSet(crystal);
  const found = new Map<string, readonly Site[]>();
  for (const [i, group] of sharedPositions(crystal.sites).entries())
    if (!found.has(labels[i]!))
      found.set(
        labels[i]!,
        group.map(member => crystal.sites[member]!),
      );
  return found;
}
