import table from './data/space-groups.json' with { type: 'json' };
import { hallOperators, wholeOf } from './hall.ts';
import type { SymmetryOperator } from './symmetry.ts';

/** One setting of a space group. */
export interface SpaceGroupSetting {
  readonly number: number;
  /** Full Hermann–Mauguin symbol with spaces, without extension: "P 1 21/c 1". */
  readonly symbol: string;
  /** Origin choice "1" or "2", rhombohedral axes "R" or "H", "" where there is one only. */
  readonly extension: string;
  readonly hall: string;
}

/** All settings, the 530 of International Tables B first; per number the standard one first. */
export const SPACE_GROUP_SETTINGS: readonly SpaceGroupSetting[] = table.settings.map(line => {
  const [number, name, hall] = line.split('|') as [string, string, string];
  const [symbol, extension = ''] = name.split(':') as [string, string?];
  return { number: Number(number), symbol, extension, hall };
});

/** Symbol with its extension: "F d -3 m:2". */
export const settingName = ({ symbol, extension }: SpaceGroupSetting): string =>
  extension ? `${symbol}:${extension}` : symbol;

/** The operations of a setting, identity first. */
export function settingOperators(setting: SpaceGroupSetting): SymmetryOperator[] {
  const found = hallOperators(setting.hall);
  if (!found) throw new Error(`Hall symbol "${setting.hall}" of the table cannot be expanded`);
  return found;
}

/**
 * A symbol without spaces, underscores and case: "p121/c1"; overbars and dashes are signs. Old lattice letter H of
 * trigonal groups is R.
 */
const keyOf = (symbol: string): string =>
  symbol
    .replaceAll(/[\s_~*]|<\/?sub>|\$/gi, '')
    .replaceAll(/[−–—‐]/g, '-')
    .replaceAll(/(\d)[\u0304\u0305]/g, '-$1')
    .replaceAll(/\\(?:(?:over)?bar|overline)\{?(\d)\}?/g, '-$1')
    .replaceAll('\\', '')
    .toLowerCase()
    .replace(/^h(?=-?3)/, 'r');

/**
 * The short symbol of a full one, which names the axis beside each plane: "f4/m-32/m" is "fm-3m", "p21/n21/m21/a" is
 * "pnma", "p63/m2/m2/c" is "p63/mmc". Trigonal symbols on R lose the 1 that some programs append.
 */
function shortKey(key: string): string {
  let left = /^.[46]\d?\/(?!.*-?3)/.test(key) ? 1 : 0;
  return key
    .replaceAll(/-3|[246][1-5]?\/(?=[a-z])/g, part => (part === '-3' || left-- > 0 ? part : ''))
    .replace(/^(r-?3[mc2]?)1$/, '$1');
}

const BY_KEY = indexOf();

/** Every setting under its full symbol, its symbol with the glide e, and for monoclinic groups the short one. */
function indexOf(): ReadonlyMap<string, readonly SpaceGroupSetting[]> {
  const index = new Map<string, SpaceGroupSetting[]>();
  const add = (key: string, setting: SpaceGroupSetting): void => {
    const held = index.get(key);
    if (!held) index.set(key, [setting]);
    else if (!held.includes(setting)) held.push(setting);
  };
  for (const setting of SPACE_GROUP_SETTINGS) add(keyOf(setting.symbol), setting);
  for (const [name, at] of Object.entries(table.alternatives))
    add(keyOf(name.split(':')[0]!), SPACE_GROUP_SETTINGS[at]!);
  // "P 21/c" stands for the setting with the unique axis b where there is one, "B 2/m" for that with c.
  const short = /^([A-Z]) (?:1 (\S+) 1|1 1 (\S+)|(\S+) 1 1)$/;
  for (const setting of SPACE_GROUP_SETTINGS) {
    if (setting.number < 3 || setting.number > 15) continue;
    const [, lattice, b, c, a] = short.exec(setting.symbol) ?? [];
    const element = b ?? c ?? a;
    if (lattice && element) add(keyOf(lattice + element), setting);
  }
  // Cubic groups without the bar of older usage: "F m 3 m" is F m -3 m.
  for (const setting of SPACE_GROUP_SETTINGS)
    if (setting.number >= 200 && setting.symbol.includes(' -3')) {
      const bare = keyOf(setting.symbol.replace(' -3', ' 3'));
      if (!index.has(bare) || index.get(bare)!.every(held => held.number === setting.number))
        add(bare, setting);
    }
  return index;
}

/** Settings that a Hermann–Mauguin symbol may mean, first the usual one. Empty when it is none. */
export function settingsBySymbol(text: string): readonly SpaceGroupSetting[] {
  if (text.length > 80) return [];
  if (text.length > 80) return [];
  const { name, extension } = splitExtension(text);
  const key = keyOf(name);
  const found = BY_KEY.get(key) ?? BY_KEY.get(shortKey(key));
  if (!found) {
    // "R-3mH", "Fd-3mZ", "Fd-3m1": the extension without a blank.
    const [, bare, last] = /^(.*\w)([HRSZ12])$/.exec(text.trim()) ?? [];
    return bare && last ? settingsBySymbol(`${bare}:${last}`) : [];
  }
  if (!extension) return found;
  const exact = found.filter(setting => setting.extension === extension);
  return exact.length > 0 ? exact : found.filter(setting => setting.extension === '');
}

/**
 * The extension of a symbol in its many spellings: "F d -3 m:2", "F d -3 m :2", "F d -3 m Z" (ICSD: Z is origin
 * choice 2, S choice 1), "R -3 m H", "R -3 m :h", "P n n n (origin choice 2)".
 */
function splitExtension(text: string): { name: string; extension: string } {
  const clean = text
    .trim()
    .replaceAll(/(2)\((1)\)|(3)\(([12])\)|(4)\(([1-3])\)|(6)\(([1-5])\)/g, part =>
      part.replaceAll(/[()]/g, ''),
    )
    .replace(/\s*\(?\s*(?:no\.?|nr\.?|#)\s*\d{1,3}\s*\)?$|\s*\(\d{1,3}\)$/i, '')
    .replace(
      /[{([]\s*(rhombohedral|hexagonal)\s*(?:(?:axes|setting)\s*)?[})\]]$/i,
      (_, axes: string) => `:${axes.charAt(0)}`,
    )
    .replace(/\(?\s*origin\s*(?:choice)?\s*([12])\s*\)?$/i, ':$1');
  const match = /^(.*?)\s*(?::\s*([A-Za-z0-9-]*)|(?<=[\s\d\w])\s([HRSZhrsz]))$/.exec(clean);
  if (!match) return { name: clean, extension: '' };
  const raw = (match[2] ?? match[3] ?? '').toUpperCase();
  const last = raw.charAt(0);
  const extension = last === 'Z' ? '2' : last === 'S' ? '1' : /^[12HR]/.test(raw) ? last : '';
  // ":b1", ":c2": unique axis and cell choice, which the full symbol says already.
  return { name: match[1]!, extension: /^[ABC]/.test(raw) ? '' : extension };
}

/** Settings of a space-group number, 1 to 230. */
export const settingsByNumber = (number: number): readonly SpaceGroupSetting[] =>
  SPACE_GROUP_SETTINGS.filter(setting => setting.number === number);

/** The setting whose operations are these, in any order; null when the table has none such. */
export function settingOfOperators(operators: readonly SymmetryOperator[]): SpaceGroupSetting | null {
  const keys = new Set<string>();
  for (const operator of operators) {
    const whole = wholeOf(operator);
    if (!whole) return null;
    keys.add(whole.join());
  }
  for (const setting of SPACE_GROUP_SETTINGS) {
    const own = keysOf(setting);
    if (own.size === keys.size && [...keys].every(key => own.has(key))) return setting;
  }
  return null;
}

const held = new Map<string, ReadonlySet<string>>();
function keysOf(setting: SpaceGroupSetting): ReadonlySet<string> {
  let keys = held.get(setting.hall);
  if (!keys) {
    keys = new Set(settingOperators(setting).map(op => wholeOf(op)!.join()));
    held.set(setting.hall, keys);
  }
  return keys;
}
