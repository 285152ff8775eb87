import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/crystal/cell.ts';
import { instrumentProblem } from '../../src/diffraction/instrument.ts';
import { DEFAULT_INPUTS, type Inputs } from '../../src/state/core/inputs.ts';
import { linkOf, readLink } from '../../src/state/core/permalink.ts';
import { SETTINGS } from '../../src/state/core/settings.ts';
import { DESCENT, PLACES } from '../../src/state/explore/exploreSettings.ts';
import { anyInputs } from '../support/anyInputs.ts';
import { fc } from '../support/seeded.ts';

describe('the link', () => {
  it('of any inputs reads back to the same inputs, with nothing refused', () => {
    fc.assert(
      fc.property(anyInputs, inputs => {
        expect(readLink(linkOf(inputs))).toEqual({ inputs, refused: [] });
        expect(readLink(`#${linkOf(inputs)}`).inputs).toEqual(inputs);
      }),
      { numRuns: 300 },
    );
  });

  it('of the defaults is empty, and a link without a value is the defaults', () => {
    expect(linkOf(DEFAULT_INPUTS)).toBe('');
    for (const text of ['', '#', 'v=1', '#v=1'])
      expect(readLink(text)).toEqual({ inputs: DEFAULT_INPUTS, refused: [] });
  });

  it('writes a start off the slice as its six parameters, and draws it at its projection', () => {
    const cell: Cell = [4.9, 5.1, 5.2, 88.5, 91, 90.25];
    const inputs: Inputs = { ...DEFAULT_INPUTS, starts: [{ x: 4.9, y: 5.2, cell }] };
    expect(linkOf(inputs)).toBe('v=1&at=4.9~5.1~5.2~88.5~91~90.25');
    expect(readLink('v=1&at=4.9~5.1~5.2~88.5~91~90.25&x=b&y=alpha').inputs.starts).toEqual([
      { x: 5.1, y: 88.5, cell },
    ]);
  });

  it('refuses a start that is neither a point of the slice nor a cell', () => {
    for (const [text, reason] of [
      ['1~2~3', 'neither two numbers nor six'],
      ['5~5~5~10~10~170', 'is no cell'],
    ] as const) {
      const { inputs, refused } = readLink(`v=1&at=${text}`);
      expect(inputs.starts).toEqual([]);
      expect(refused.join()).toContain(reason);
    }
  });

  it('says only what differs from the defaults', () => {
    const inputs: Inputs = {
      ...DEFAULT_INPUTS,
      structureId: 'Au2S',
      starts: [
        { x: 5.1, y: 4.9 },
        { x: 5, y: 5.3 },
      ],
    };
    expect(linkOf(inputs)).toBe('v=1&s=Au2S&at=5.1~4.9,5~5.3');
  });

  it('carries every field of the inputs under a key of its own', () => {
    expect(new Set(SETTINGS.map(({ row }) => row.key)).size).toBe(SETTINGS.length);
    const leaves = Object.entries(DEFAULT_INPUTS).flatMap(([name, value]) =>
      !['focus', 'tour'].includes(name) && typeof value === 'object' && !Array.isArray(value)
        ? Object.keys(value)
        : [name],
    );
    // absent by default: a second wavelength, its intensity, a largest index
    expect(SETTINGS).toHaveLength(leaves.length + 3);
  });

  it('uses only characters that survive in an address', () => {
    fc.assert(
      fc.property(anyInputs, inputs => {
        expect(linkOf(inputs)).toMatch(/^[\w.~%,=&-]*$/);
      }),
    );
  });
});

describe('a value that is refused', () => {
  it.each(SETTINGS.map(({ row }) => [row.label, row] as const))(
    '%s: is named and quoted in a message, and the default takes its place',
    (_, field) => {
      const { inputs, refused } = readLink(`v=1&${field.key}=zebra`);
      expect(inputs).toEqual(DEFAULT_INPUTS);
      expect(refused).toHaveLength(1);
      expect(refused[0]).toContain(`The link's ${field.label} “zebra”`);
      expect(refused[0]).toMatch(/\.$/);
    },
  );

  it.each<[string, string]>([
    ['n=202', "The link's resolution “202” is outside 11 to 201."],
    ['n=50.5', "The link's resolution “50.5” is not a whole number."],
    ['lr=0', "The link's learning rate “0” is outside 0.000001 to 1."],
    ['lr=', "The link's learning rate “” is not a number."],
    ['wl=Infinity', "The link's wavelength “Infinity” is not a number."],
    ['xr=5~4', "The link's horizontal range “5~4” does not run from low to high."],
    ['xr=5', "The link's horizontal range “5” has 1 entries, not 2."],
    ['tie=yes', "The link's tied parameters “yes” is neither 0 nor 1."],
    ['strain=2', "The link's strain factor “2” is neither 1 nor 5."],
    ['at=1~x', `The link's starts “1~x” has "1~x", which has "x", which is not a number.`],
    ['modes=', "The link's descents “” has 0 entries, not 1 to 3."],
    [
      'modes=constrained,constrained',
      "The link's descents “constrained,constrained” names one of them twice.",
    ],
    [
      'focus=step~0~constrained',
      "The link's current crystal “step~0~constrained” is not truth, probe~x~y, minimum~n or step~start~mode~n.",
    ],
    [`s=${'A'.repeat(60)}`, `The link's structure “${'A'.repeat(40)}…” is not one of`],
    ['zoo=1', '“zoo” in the link is not a setting of Braggscape.'],
    ['__proto__=1', '“__proto__” in the link is not a setting of Braggscape.'],
  ])('%s', (text, message) => {
    const { inputs, refused } = readLink(`v=1&${text}`);
    expect(inputs).toEqual(DEFAULT_INPUTS);
    expect(refused.join(' ')).toContain(
      message.replace('0.000001', String(DESCENT.learningRate.codec.limits[0])),
    );
  });

  it('does not take the good ones with it', () => {
    const { inputs, refused } = readLink('v=1&s=Au2S&n=9999&loss=mse');
    expect(refused).toHaveLength(1);
    expect(inputs).toEqual({ ...DEFAULT_INPUTS, structureId: 'Au2S', loss: 'mse' });
  });

  it('more starts than are kept', () => {
    const at = Array.from({ length: PLACES.starts.codec.most + 1 }, () => '5~3').join(',');
    expect(readLink(`v=1&at=${at}`).refused[0]).toContain(
      `has ${PLACES.starts.codec.most + 1} entries, not 0 to ${PLACES.starts.codec.most}`,
    );
  });
});

describe('values that do not go together', () => {
  it('two equal axes fall back to the default slice', () => {
    const { inputs, refused } = readLink('v=1&y=a&n=51');
    expect(inputs.slice).toEqual(DEFAULT_INPUTS.slice);
    expect(refused).toEqual(['The link asks for a slice over a and a; two different parameters are needed.']);
  });
  it('an instrument without a peak width falls back to the default one', () => {
    const { inputs, refused } = readLink('v=1&U=0&V=0&W=0&wl=1.2');
    expect(inputs.instrument).toEqual(DEFAULT_INPUTS.instrument);
    expect(refused[0]).toContain('peak width');
  });
  it('a focus on a start that is not there falls back to the true crystal', () => {
    expect(readLink('v=1&focus=step~0~constrained~5').inputs.focus).toEqual({ kind: 'truth' });
  });
});

describe('a link from elsewhere', () => {
  it.each([
    ['x=b', 'The link has no version; this Braggscape reads version 1.'],
    ['v=2&x=b', 'The link has version “2”; this Braggscape reads version 1.'],
    ['section-3', 'The link has no version; this Braggscape reads version 1.'],
  ])('%s is not read', (text, message) => {
    expect(readLink(text)).toEqual({ inputs: DEFAULT_INPUTS, refused: [message] });
  });

  it('never throws, and what comes out can be written and read again', () => {
    const keys = SETTINGS.map(({ row }) => row.key).concat('v', 'zoo');
    const junk = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('%', '%zz', '1e999', '-0', 'NaN', '~', ',', 'auto'),
    );
    const link = fc
      .array(fc.tuple(fc.constantFrom(...keys), junk), { maxLength: 8 })
      .map(pairs => `v=1&${pairs.map(([key, value]) => `${key}=${value}`).join('&')}`);
    fc.assert(
      fc.property(fc.oneof(link, fc.string({ unit: 'binary' })), text => {
        const { inputs } = readLink(text);
        expect(instrumentProblem(inputs.instrument)).toBeNull();
        const again = readLink(linkOf(inputs));
        expect([linkOf(again.inputs), again.refused]).toEqual([linkOf(inputs), []]);
      }),
      { numRuns: 500 },
    );
  });
});
