import { LIBRARY } from '../crystal/library.ts';
import { LOSSES } from '../losses/registry.ts';
import { TREATMENTS, type Trial } from './trialKey.ts';

const RANK = new Map(LIBRARY.map(({ id }, rank) => [id, rank]));
const rankOf = (structure: string): number => RANK.get(structure) ?? RANK.size;

/**
 * The order of trials, the same whatever plans they come from: copy by copy; then noise kind, structure (the library's
 * order, others after it by name), level, setting, loss, learning rate.
 */
export function compareTrials(p: Trial, q: Trial): number {
  return (
    p.variant - q.variant ||
    byName(p.noise, q.noise) ||
    rankOf(p.structure) - rankOf(q.structure) ||
    byName(p.structure, q.structure) ||
    p.sigma - q.sigma ||
    TREATMENTS.indexOf(p.setting) - TREATMENTS.indexOf(q.setting) ||
    lossRank(p) - lossRank(q) ||
    (p.learningRate ?? 0) - (q.learningRate ?? 0)
  );
}

const lossRank = ({ loss }: Trial): number => LOSSES.findIndex(({ id }) => id === loss);

/** By code units: the order of no language. */
const byName = (p: string, q: string): number => (p < q ? -1 : Number(p > q));
