import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hallOperators, wholeOf } from '../../src/crystal/hall.ts';
import { SPACE_GROUP_SETTINGS, settingName, settingOperators } from '../../src/crystal/spaceGroups.ts';
import gemmi from '../fixtures/space-group-operations.json' with { type: 'json' };

describe('Hall symbols', () => {
  it('expand to the operations that gemmi has for each of the 559 settings', () => {
    expect(SPACE_GROUP_SETTINGS.length).toBe(gemmi.operations.length);
    const differing = SPACE_GROUP_SETTINGS.filter((setting, i) => {
      const rows = settingOperators(setting).map(op => {
        const whole = wholeOf(op)!;
        return `${whole.slice(0, 9).join()};${whole.slice(9).join()}`;
      });
      const digest = createHash('sha256').update(rows.sort().join('|')).digest('hex').slice(0, 16);
      const [count, expected] = gemmi.operations[i]!;
      return rows.length !== count || digest !== expected;
    });
    expect(differing.map(settingName)).toEqual([]);
  });

  it('are read with underscores, without case, and with both ways to write a change of basis', () => {
    const plain = hallOperators('-P 2ybc')!;
    expect(hallOperators('-p_2YBC')).toEqual(plain);
    expect(hallOperators(' -P  2ybc ')).toEqual(plain);
    expect(hallOperators('-P 2ybc (x,y,z)')).toEqual(plain);
    const shifted = hallOperators('P 2 2 (0 0 3)')!;
    expect(hallOperators('P 2 2 (x,y,z+1/4)')).toEqual(shifted);
    // The twofold axis along x moves to z = 1/4, so its image has z = 1/2 − z.
    expect(shifted.find(op => op.rotation[0] === 1 && op.rotation[4] === -1)?.translation).toEqual([
      0, 0, 0.5,
    ]);
  });

  it.each([
    '',
    'P',
    'X 2',
    'P 5',
    'P 2q',
    'P 2 2 (1 2)',
    'P 3 3',
    '-P 2ybc (x,y',
    'P 22',
    'P 61x7',
    'P 2 (2x,y,z)',
  ])('"%s" is refused or the identity', text => {
    const found = hallOperators(text);
    if (text === 'P') expect(found).toHaveLength(1);
    else expect(found).toBeNull();
  });
});
