import { type Cell, metricTensor } from '../crystal/cell.ts';
import type { SpaceGroupSetting } from '../crystal/spaceGroups.ts';
import { parseOperator, type SymmetryOperator } from '../crystal/symmetry.ts';
import { chooseSetting, keepsMetric } from './chooseSetting.ts';
import { type ListedOperators, listedOperators, shareOf } from './cifOperators.ts';
import type { CifBlock } from './cifTokens.ts';
import { item, numberOf } from './cifValues.ts';
import { better, type Judge } from './judgeOperators.ts';
import { type NamedGroup, namedGroup, type SpaceGroupTable } from './namedGroup.ts';
import { excerpt, FormatError } from './result.ts';
import { POSSIBLE, shiftedOrigin } from './shiftedOrigin.ts';

export interface CifSymmetry {
  readonly operators: readonly SymmetryOperator[];
  readonly symbol: string;
  readonly number: number | null;
}

/**
 * The symmetry of a block: the operators that it lists where they are a group of its lattice, else the group that its Hall
 * symbol, its Hermann–Mauguin symbol or its number names. A group that is named but cannot be had is an error, never P 1.
 */
export function readSymmetry(
  block: CifBlock,
  cell: Cell,
  table: SpaceGroupTable | null,
  judge: Judge,
  assumptions: string[],
): CifSymmetry {
  const named = namedGroup(block, table);
  const usable = table !== null && named.settings.length > 0;
  const listed = listedOperators(block, usable, assumptions);
  if (listed) return fromListed(block, listed, named, cell, table, judge, assumptions);
  assumptions.push(...named.remarks);
  if (usable) {
    const { setting, reason } = chooseSetting(named.settings, cell, table, judge, null);
    if (setting.number !== 1)
      assumptions.push(
        `no symmetry operators are listed: those of ${table.settingName(setting)} are taken from ${named.how}${reason}`,
      );
    const operators = table.settingOperators(setting);
    const shifted = judge(operators).agreement < 2 ? shiftedOrigin(operators, judge) : null;
    if (shifted)
      assumptions.push(
        `about the usual origin of the group the atoms do not make the formula, about one at ${shifted.place} they do: it is taken`,
      );
    return {
      operators: shifted?.operators ?? operators,
      symbol: named.symbol ?? setting.symbol,
      number: setting.number || named.number,
    };
  }
  if (named.how !== '' && named.symbol?.replaceAll(/\s/g, '').toUpperCase() !== 'P1' && named.number !== 1)
    throw new FormatError(
      table && named.unknown
        ? named.unknown
        : `space group ${excerpt(named.symbol ?? named.how.replace('the ', ''))} is named, but no symmetry operators (_space_group_symop_operation_xyz) are listed`,
      named.line,
    );
  if (named.how === '') assumptions.push('no symmetry is given: read as P 1');
  return {
    operators: [parseOperator('x,y,z')!],
    symbol: named.symbol ?? (named.number === 1 ? 'P 1' : '?'),
    number: named.number,
  };
}

function fromListed(
  block: CifBlock,
  listed: ListedOperators,
  named: NamedGroup,
  cell: Cell,
  table: SpaceGroupTable | null,
  judge: Judge,
  assumptions: string[],
): CifSymmetry {
  const { operators } = listed;
  const ours = {
    symbol: item(block, '_braggscape_space_group_name_h-m'),
    number: item(block, '_braggscape_space_group_it_number'),
  };
  if (ours.symbol || ours.number) {
    const own = ours.number ? numberOf(ours.number, '_braggscape_space_group_IT_number') : null;
    const valid = own !== null && Number.isInteger(own) && own >= 1 && own <= 230 ? own : null;
    return { operators, symbol: ours.symbol?.text ?? '?', number: valid };
  }
  const fault =
    listed.fault ??
    (keepsMetric(operators, metricTensor(cell))
      ? null
      : 'the listed operators do not keep the lattice of this cell');
  if (table && named.settings.length > 0) {
    const followed = namedInstead(operators, fault, named, cell, table, judge);
    assumptions.push(...(followed?.remarks ?? []));
    const setting = followed?.setting;
    if (setting)
      return {
        operators: table.settingOperators(setting),
        symbol: (named.settings.includes(setting) && named.symbol) || table.settingName(setting),
        number: setting.number || named.number,
      };
  }
  if (listed.unreadable !== null) throw new FormatError(fault!, listed.unreadable);
  const symbol = named.symbol ?? (named.number === 1 ? 'P 1' : '?');
  // Every atom may be listed with the identity alone, the group being named for reference.
  if (operators.length === 1 || !table)
    return { operators, symbol, number: named.number ?? named.settings[0]?.number ?? null };
  if (fault)
    assumptions.push(
      `${fault}${named.how === '' ? ', and no group is named' : ''}: they are followed as they stand`,
    );
  const setting = table.settingOfOperators(operators);
  if (setting) {
    const agrees =
      (named.number === null || named.number === setting.number) &&
      (named.settings.length === 0 || named.settings.some(other => other.number === setting.number));
    if (!agrees)
      assumptions.push(
        `the operators are those of ${table.settingName(setting)} (${setting.number}), the file names ${named.number === null ? `"${excerpt(named.symbol ?? named.how)}"` : `group ${named.number}`}: the operators are followed`,
      );
    const other = table
      .settingsByNumber(setting.number)
      .find(
        ({ symbol: name, extension }) =>
          name === setting.symbol && /[12]/.test(extension) && extension !== setting.extension,
      );
    if (other && better(judge(table.settingOperators(other)), judge(operators)))
      assumptions.push(
        `the operators are those of ${table.settingName(setting)}; with the other origin, ${table.settingName(other)}, the atoms would have likelier distances or positions: the operators are followed`,
      );
    return {
      operators,
      symbol: agrees && named.symbol !== undefined ? named.symbol : table.settingName(setting),
      number: setting.number,
    };
  }
  if (!fault)
    assumptions.push(
      'the listed operators are those of no tabulated setting of a space group (another origin, or unusual axes): they are followed as they stand',
    );
  return { operators, symbol, number: named.number ?? named.settings[0]?.number ?? null };
}

/**
 * The named group where it is to be followed instead of the listed operators, with the reason: these are no group of the
 * lattice, or lack its centring, or are the identity alone or only some of the group, or have another origin, and the
 * atoms do not speak against it.
 */
function namedInstead(
  operators: readonly SymmetryOperator[],
  fault: string | null,
  named: NamedGroup,
  cell: Cell,
  table: SpaceGroupTable,
  judge: Judge,
): { setting: SpaceGroupSetting | null; remarks: string[] } | null {
  // The usual case, told apart before anything is tried: the named group's operators, and nothing against them.
  if (fault === null && operators.length > 1) {
    const { agreement, strain } = judge(operators);
    const own = table.settingOfOperators(operators);
    const same = named.settings.find(other => other.number === own?.number);
    const size = same ? table.settingOperators(same).length : Number.POSITIVE_INFINITY;
    if (agreement === 2 && strain <= IMPOSSIBLE && operators.length >= size) return null;
  }
  const { setting, reason } = chooseSetting(named.settings, cell, table, judge, operators);
  const whole = table.settingOperators(setting);
  const label = table.settingName(setting);
  if (fault !== null) {
    if (!keepsMetric(whole, metricTensor(cell))) return null;
    return {
      setting,
      remarks: [...named.remarks, `${fault}: those of ${label} are taken from ${named.how}${reason}`],
    };
  }
  const share = shareOf(operators, whole);
  const asListed = judge(operators);
  if (asListed.agreement < 2 || asListed.strain > IMPOSSIBLE) {
    const settings = [setting, ...table.settingsByNumber(setting.number).filter(other => other !== setting)];
    for (const other of settings) {
      const theirs = table.settingOperators(other);
      const gaps = other === setting && share === 1 && theirs.length > operators.length;
      const origin =
        theirs.length >= operators.length && other.symbol === setting.symbol && other !== setting;
      if (!(gaps || origin) || !keepsMetric(theirs, metricTensor(cell))) continue;
      const verdict = judge(theirs);
      const name = table.settingName(other);
      if (verdict.agreement > asListed.agreement)
        return {
          setting: other,
          remarks: [
            `${operators.length === 1 ? 'the identity, which alone is listed, does' : `the ${operators.length} listed operators do`} not make the atoms of the formula, those of ${name} do: ${origin ? 'these are' : 'the symbol is'} followed`,
          ],
        };
      if (
        origin &&
        verdict.agreement === asListed.agreement &&
        asListed.strain > IMPOSSIBLE &&
        verdict.strain < POSSIBLE
      )
        return {
          setting: other,
          remarks: [
            `under the listed operators atoms come closer than any bond, under those of ${name} they do not: these are followed`,
          ],
        };
    }
  }
  if (whole.length < operators.length || (share === 1 && whole.length === operators.length)) return null;
  const asNamed = judge(whole);
  const lacksCentring = share === 1 && shifts(operators) === 1 && shifts(whole) > 1;
  if (!(operators.length === 1 || lacksCentring) || asNamed.agreement < asListed.agreement) return null;
  // The same atoms either way: the list is that of the whole cell.
  if (asNamed.filled?.sites.length === asListed.filled?.sites.length) return null;
  const names = `${operators.length === 1 ? 'only the identity is listed' : 'the listed operators lack the centring'}, while ${named.how} names ${label}`;
  if (asNamed.strain > IMPOSSIBLE && asListed.strain <= IMPOSSIBLE)
    return {
      setting: null,
      remarks: [`${names}, under which atoms would come too close: the listed operators are followed`],
    };
  return { setting, remarks: [`${names}: the symbol is followed`] };
}

/** Strain of a contact at 0.6 of the sum of covalent radii, closer than any bond. */
const IMPOSSIBLE = -Math.log(0.6);

/** Operators that are pure translations, the identity included. */
const shifts = (operators: readonly SymmetryOperator[]): number =>
  operators.filter(({ rotation }) => rotation.every((value, i) => value === (i % 4 === 0 ? 1 : 0))).length;
