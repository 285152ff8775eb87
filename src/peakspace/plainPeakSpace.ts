import { assemble, dotSlopes, dotWith } from './assembly.ts';
import { type OverlapRoom, overlapRoom, squaredNorm } from './peakOverlap.ts';
import type { PeakSpace } from './peakSpace.ts';
import { findPeaks, type PeakSetting, type Peaks, peakCapacity, peakRoom } from './peakStage.ts';
import type { ProfileTree } from './profileTree.ts';
import type { ReflectionList } from './reflectionList.ts';
import type { TargetTable } from './targetTable.ts';

/** `PeakSpace` in TypeScript alone. */
export function plainPeakSpace(setting: PeakSetting, target: TargetTable): PeakSpace {
  let list: ReflectionList | null = null;
  let peaks: Peaks = peakRoom(0);
  let rooms = new Map<ProfileTree, OverlapRoom>();
  let room: OverlapRoom | null = null;
  return {
    use(next) {
      list = next;
      const needed = peakCapacity(next, setting.instrument);
      if (needed <= peaks.room) return;
      peaks = peakRoom(needed);
      rooms = new Map();
    },
    find(recip) {
      findPeaks(setting, list!, recip, peaks);
      return peaks.count;
    },
    squaredNorm(tree, derivatives) {
      room = rooms.get(tree) ?? overlapRoom(tree, setting.instrument.eta, peaks.room);
      rooms.set(tree, room);
      return squaredNorm(room, peaks, derivatives);
    },
    distinct: () => ({
      order: room!.distinct.order,
      byIntensity: room!.byIntensity,
      byPosition: room!.byPosition,
    }),
    dot: derivatives => (derivatives ? dotSlopes(target, peaks) : dotWith(target, peaks)),
    slopes(k1, k2, gamma) {
      assemble(list!, peaks, room!, setting.quarter * k1, setting.quarter * k2, gamma);
    },
  };
}
