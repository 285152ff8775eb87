import { describe, expect, it } from 'vitest';
import { settingName, settingsBySymbol } from '../../src/crystal/spaceGroups.ts';

/** Full symbols as pymatgen's table has them (symm_data.json). */
const FULL: readonly (readonly [number, string])[] = [
  [11, 'P12_1/m1'],
  [12, 'C12/m1'],
  [15, 'C12/c1'],
  [47, 'P2/m2/m2/m'],
  [58, 'P2_1/n2_1/n2/m'],
  [62, 'P2_1/n2_1/m2_1/a'],
  [63, 'C2/m2/c2_1/m'],
  [64, 'C2/m2/c2_1/e'],
  [70, 'F2/d2/d2/d'],
  [74, 'I2_1/m2_1/m2_1/a'],
  [84, 'P4_2/m'],
  [88, 'I4_1/a'],
  [123, 'P4/m2/m2/m'],
  [129, 'P4/n2_1/m2/m'],
  [136, 'P4_2/m2_1/n2/m'],
  [139, 'I4/m2/m2/m'],
  [140, 'I4/m2/c2/m'],
  [141, 'I4_1/a2/m2/d'],
  [142, 'I4_1/a2/c2/d'],
  [162, 'P-312/m'],
  [163, 'P-312/c'],
  [164, 'P-32/m1'],
  [166, 'R-32/m'],
  [167, 'R-32/c'],
  [176, 'P6_3/m'],
  [191, 'P6/m2/m2/m'],
  [192, 'P6/m2/c2/c'],
  [194, 'P6_3/m2/m2/c'],
  [200, 'P2/m-3'],
  [203, 'F2/d-3'],
  [205, 'P2_1/a-3'],
  [206, 'I2_1/a-3'],
  [221, 'P4/m-32/m'],
  [222, 'P4/n-32/n'],
  [224, 'P4_2/n-32/m'],
  [225, 'F4/m-32/m'],
  [227, 'F4_1/d-32/m'],
  [228, 'F4_1/d-32/c'],
  [230, 'I4_1/a-32/d'],
];
const first = (symbol: string): string | undefined => settingsBySymbol(symbol).map(settingName)[0];

describe('settings by symbol', () => {
  it.each(FULL)('number %i is found by its full symbol %s, with blanks too', (number, symbol) => {
    const spaced = symbol.replaceAll(/(-?\d(?:_\d)?(?:\/[a-e mn])?|[A-Za-z])/g, '$1 ').trim();
    expect([symbol, spaced].map(text => settingsBySymbol(text)[0]?.number)).toEqual([number, number]);
  });

  it.each([
    ['P2(1)/c', 'P 1 21/c 1'],
    ['P 2(1) 2(1) 2(1)', 'P 21 21 21'],
    ['P-1(2)', 'P -1'],
    ['Pnma (No. 62)', 'P n m a'],
    ['R-3mH', 'R -3 m:H'],
    ['Fd-3mZ', 'F d -3 m:2'],
    ['Fd-3m1', 'F d -3 m:1'],
    ['R 3 2 1', 'R 3 2:H'],
    ['F m 3\u0305 m', 'F m -3 m'],
    ['F m \\bar{3} m', 'F m -3 m'],
    ['P –1', 'P -1'],
    ['C -1', 'C -1'],
  ])('%s is %s', (text, name) => expect(first(text)).toBe(name));

  it.each(['Q m m m', 'P 5', '', 'P'.repeat(1e6)])('%.9s is none', text =>
    expect(first(text)).toBeUndefined(),
  );
});
