import {
  type HomometricProgress,
  type HomometricSearch,
  searchHomometricSteps,
} from '../../phasing/homometric.ts';
import { type MapsArgs, mapsOf } from '../../phasing/lab/maps.ts';
import { type PattersonArgs, pattersonOf } from '../../phasing/lab/pattersonMap.ts';
import { type PatternArgs, patternOf } from '../../phasing/lab/phasedPattern.ts';
import { type PowderArgs, powderLossOf } from '../../phasing/lab/powderLoss.ts';
import { type WavesArgs, wavesOf } from '../../phasing/lab/waves.ts';
import type { CallContext } from '../protocol.ts';
import { checkPair, type PairArgs } from './checkPair.ts';
import { type FlipArgs, type FlipEnd, type FlipFrame, flip } from './flip.ts';

export const METHODS = {
  waves: async (_: null, args: WavesArgs) => wavesOf(args),
  pattern: async (_: null, args: PatternArgs) => patternOf(args),
  maps: async (_: null, args: MapsArgs) => mapsOf(args),
  patterson: async (_: null, args: PattersonArgs) => pattersonOf(args),
  async search(
    _: null,
    { n, k }: { n: number; k: number },
    { progress, breathe }: CallContext<HomometricProgress>,
  ): Promise<HomometricSearch> {
    const steps = searchHomometricSteps(n, k);
    for (;;) {
      const { value, done } = steps.next();
      if (done) return value;
      progress(value);
      await breathe();
    }
  },
  pair: async (_: null, args: PairArgs) => checkPair(args),
  powder: async (_: null, args: PowderArgs) => powderLossOf(args),
  flip: (_: null, args: FlipArgs, context: CallContext<FlipFrame>): Promise<FlipEnd> =>
    flip(args, context, () => performance.now()),
};
