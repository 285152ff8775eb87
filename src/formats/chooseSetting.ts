import { type Cell, metricTensor } from '../crystal/cell.ts';
import type { SpaceGroupSetting } from '../crystal/spaceGroups.ts';
import type { SymmetryOperator } from '../crystal/symmetry.ts';
import { shareOf } from './cifOperators.ts';
import { better, type Evidence, type Judge, type Verdict } from './judgeOperators.ts';
import type { SpaceGroupTable } from './namedGroup.ts';

/** Words for the evidence that decides. */
const BY: Readonly<Record<Evidence, string>> = {
  formula: "which gives the formula's number of atoms",
  multiplicities: 'which gives the listed multiplicities',
  distances: 'by the distances between the atoms',
  positions: 'in which the atoms stand on special positions',
};

/**
 * The setting that the cell allows, and of several the one that has most of the operators that the file lists; of two
 * origins the one that makes the atoms of the formula, the multiplicities or possible distances; else the first, which
 * for two origins is choice 1, as in gemmi.
 * @param listed operators of the file, which may have gaps and slips, or null
 */
export function chooseSetting(
  candidates: readonly SpaceGroupSetting[],
  cell: Cell,
  table: SpaceGroupTable,
  judge: Judge,
  listed: readonly SymmetryOperator[] | null,
): { setting: SpaceGroupSetting; reason: string } {
  const metric = metricTensor(cell);
  const suits = (setting: SpaceGroupSetting): boolean => keepsMetric(table.settingOperators(setting), metric);
  const first = candidates[0]!;
  const all = [
    ...candidates,
    ...table.settingsByNumber(first.number).filter(other => !candidates.includes(other)),
  ];
  if (listed && listed.length > 1) {
    const share = (setting: SpaceGroupSetting): number => shareOf(listed, table.settingOperators(setting));
    const ranked = all.filter(suits).map(setting => ({ setting, share: share(setting) }));
    const most = Math.max(0, ...ranked.map(entry => entry.share));
    const open = ranked.filter(entry => entry.share === most).map(entry => entry.setting);
    if (open.length > 0) return amongOrigins(open, table, judge);
  }
  if (candidates.some(setting => setting.extension === 'R') && candidates.length > 1) {
    // The angles are 90 and 120 in hexagonal axes, equal in rhombohedral ones (gemmi's rule).
    const wanted = cell[5] < 1.125 * cell[3] ? 'R' : 'H';
    const setting = candidates.find(candidate => candidate.extension === wanted);
    if (setting)
      return {
        setting,
        reason: ` (${wanted === 'R' ? 'rhombohedral' : 'hexagonal'} axes by the angles of the cell)`,
      };
  }
  const open = candidates.filter(suits);
  if (open.length > 0) return amongOrigins(open, table, judge);
  // A symbol whose axes the cell has not: another setting of the same group is meant.
  const other = all.find(suits);
  return other
    ? { setting: other, reason: ' (the cell has not the axes of the symbol, but those of this setting)' }
    : amongOrigins(candidates, table, judge);
}

function amongOrigins(
  open: readonly SpaceGroupSetting[],
  table: SpaceGroupTable,
  judge: Judge,
): { setting: SpaceGroupSetting; reason: string } {
  const first = open[0]!;
  if (open.length === 1) return { setting: first, reason: '' };
  const verdict = (setting: SpaceGroupSetting): Verdict => judge(table.settingOperators(setting));
  const origins = open.filter(setting => setting.symbol === first.symbol && setting.extension !== '');
  let best = { setting: first, verdict: verdict(first) };
  let reason = '';
  if (origins.length > 1) {
    const other = { setting: origins[1]!, verdict: verdict(origins[1]!) };
    const evidence = better(other.verdict, best.verdict);
    const choice = evidence ?? better(best.verdict, other.verdict);
    if (evidence) best = other;
    reason = choice
      ? ` (origin choice ${best.setting.extension}, ${BY[choice]})`
      : ` (origin choice ${first.extension} assumed: the file does not say which)`;
  }
  if (best.verdict.agreement === 2) return { setting: best.setting, reason };
  // A number alone leaves the axes open: the formula may tell them.
  const axes = open.find(
    setting => !origins.includes(setting) && setting !== first && verdict(setting).agreement === 2,
  );
  return axes
    ? { setting: axes, reason: ` (of the settings of that group the one ${BY.formula})` }
    : { setting: best.setting, reason };
}

/** True where every rotation leaves the lattice alone, Rᵀ G R = G, to one per cent. */
export function keepsMetric(operators: readonly SymmetryOperator[], g: ArrayLike<number>): boolean {
  const scale = Math.max(g[0]!, g[4]!, g[8]!);
  return operators.every(({ rotation: r }) => {
    for (let i = 0; i < 3; i++)
      for (let j = i; j < 3; j++) {
        let sum = 0;
        for (let p = 0; p < 3; p++)
          for (let q = 0; q < 3; q++) sum += r[3 * p + i]! * g[3 * p + q]! * r[3 * q + j]!;
        if (Math.abs(sum - g[3 * i + j]!) > 0.01 * scale) return false;
      }
    return true;
  });
}
