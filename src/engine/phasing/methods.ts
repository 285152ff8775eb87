import { searchHomometricSteps } from '../../phasing/homometricSearch.ts';
import { mapsOf } from '../../phasing/lab/maps.ts';
import { pattersonOf } from '../../phasing/lab/pattersonMap.ts';
import { patternOf } from '../../phasing/lab/phasedPattern.ts';
import { powderLossOf } from '../../phasing/lab/powderLoss.ts';
import { wavesOf } from '../../phasing/lab/waves.ts';
import type { MethodTable } from '../worker/serve.ts';
import { checkPair } from './checkPair.ts';
import { flip } from './flip.ts';
import type { PhasingMethods } from './protocol.ts';

/** What the phasing worker runs. */
export const PHASING_METHODS: MethodTable<PhasingMethods, null> = {
  waves: async (_, args) => wavesOf(args),
  pattern: async (_, args) => patternOf(args),
  maps: async (_, args) => mapsOf(args),
  patterson: async (_, args) => pattersonOf(args),
  async search(_, { n, k }, { progress, breathe }) {
    const steps = searchHomometricSteps(n, k);
    for (;;) {
      const { value, done } = steps.next();
      if (done) return value;
      progress(value);
      await breathe();
    }
  },
  pair: async (_, args) => checkPair(args),
  powder: async (_, args) => powderLossOf(args),
  flip: (_, args, context) => flip(args, context, () => performance.now()),
};
