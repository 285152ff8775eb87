import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/crystal/catalogue.ts';
import { CELL_KEYS, type Cell, cellIndex, cellProblem } from '../../src/crystal/cell.ts';
import { FAMILIES } from '../../src/crystal/family.ts';
import { LIBRARY } from '../../src/crystal/library.ts';
import { instrumentProblem } from '../../src/diffraction/instrument.ts';
import { RELAX_MODES } from '../../src/energy/relaxPlan.ts';
import { LOSSES } from '../../src/losses/registry.ts';
import { PROJECTOR_READINGS } from '../../src/optimise/modes.ts';
import { STRATEGY_IDS } from '../../src/optimise/strategy.ts';
import { ARRANGEMENTS, COMPARE_LIMITS, STRAINED } from '../../src/state/compare/compareInputs.ts';
import { CONTROL_GROUPS } from '../../src/state/controlGroups.ts';
import { ENERGY_LIMITS, ENERGY_VIEWS } from '../../src/state/energy/energyInputs.ts';
import { GALLERY_FILTERS, LARGER_IDS } from '../../src/state/gallery/galleryInputs.ts';
import { PRESET_IDS } from '../../src/state/gallery/presetIds.ts';
import { ALL_MODES, DEFAULT_INPUTS, type Inputs, LIMITS } from '../../src/state/inputs.ts';
import {
  CATCHMENT_CHOICES,
  INSIGHT_LIMITS,
  type InsightInputs,
  MAP_VIEWS,
} from '../../src/state/insight/insightInputs.ts';
import { BACKGROUNDS, MEASURED_LIMITS } from '../../src/state/measured/measuredInputs.ts';
import { ownName } from '../../src/state/own/ownInputs.ts';
import { PAGE_IDS } from '../../src/state/pages.ts';
import { FIELDS, linkOf, readLink } from '../../src/state/permalink.ts';
import { SERIES_IDS, STUDY_LIMITS, type StudyInputs } from '../../src/state/study/studyInputs.ts';
import { anyPhases } from '../support/phasesInputs.ts';
import { fc } from '../support/seeded.ts';

/** Numbers as a link carries them: ten significant digits. */
const real = (min: number, max: number): fc.Arbitrary<number> =>
  fc.double({ min, max, noNaN: true }).map(value => {
    const short = Number(value.toPrecision(10));
    return short === 0 ? 0 : Math.min(max, Math.max(min, short));
  });
const oneOf = <T>(choices: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...choices);
const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null });
const range = (min: number, max: number): fc.Arbitrary<readonly [number, number]> =>
  fc.tuple(real(min, max), real(min, max)).filter(([low, high]) => low < high);

const anyCell: fc.Arbitrary<Cell> = fc
  .tuple(real(1, 50), real(1, 50), real(1, 50), real(60, 119), real(60, 119), real(60, 119))
  .filter(cell => cellProblem(cell) === null);
const anyInsight: fc.Arbitrary<InsightInputs> = fc.record({
  view: oneOf(MAP_VIEWS),
  ruler: fc.boolean(),
  catchment: oneOf(CATCHMENT_CHOICES),
  catchmentSide: fc.integer({ min: 5, max: 61 }),
  catchmentSteps: fc.integer({ min: 10, max: 30_000 }),
  blur: real(...INSIGHT_LIMITS.blur),
  line: orNull(fc.tuple(real(-1e4, 1e4), real(-1e4, 1e4), real(-1e4, 1e4), real(-1e4, 1e4))),
  help: fc.shuffledSubarray([...STRATEGY_IDS]),
  helpMode: oneOf(['unconstrained', 'constrained'] as const),
  helpMomentum: real(...INSIGHT_LIMITS.helpMomentum),
  helpStarts: fc.integer({ min: 2, max: 32 }),
  helpWidth: real(...INSIGHT_LIMITS.helpWidth),
  helpPull: real(...INSIGHT_LIMITS.helpPull),
  helpPullSteps: fc.integer({ min: 0, max: 30_000 }),
  helpJitter: real(...INSIGHT_LIMITS.helpJitter),
  seed: fc.integer({ min: 0, max: 4_294_967_295 }),
});

const anyStudy: fc.Arbitrary<StudyInputs> = fc.record({
  structures: fc.subarray(
    LIBRARY.map(entry => entry.id),
    { minLength: 1 },
  ),
  noise: oneOf(['lattice', 'coordinates'] as const),
  levels: orNull(fc.uniqueArray(real(...STUDY_LIMITS.level), { minLength: 1, maxLength: 12 })),
  series: fc.shuffledSubarray([...SERIES_IDS]),
  variants: fc.integer({ min: 1, max: 1000 }),
  rate: orNull(real(...STUDY_LIMITS.rate)),
  maxIterations: fc.integer({ min: 1, max: 100_000 }),
  seed: fc.integer({ min: 0, max: 4_294_967_295 }),
  level: real(...STUDY_LIMITS.level),
  shownLoss: oneOf(LOSSES.map(loss => loss.id)),
  shownRate: orNull(real(...STUDY_LIMITS.rate)),
  criterion: oneOf(['match', 'unscaled', 'strict'] as const),
  distance: oneOf(['amd', 'emd'] as const),
  source: oneOf(['shipped', 'own'] as const),
});

const anyInputs: fc.Arbitrary<Inputs> = fc
  .record({
    page: oneOf(PAGE_IDS),
    structureId: oneOf(CATALOGUE.map(entry => entry.id)),
    own: fc.record({
      crystals: fc.uniqueArray(
        fc.record({
          id: fc.stringMatching(/^own-[0-9a-z]{8}$/),
          name: fc.string().map(ownName),
          data: orNull(fc.stringMatching(/^[\w-]{1,200}$/)),
        }),
        { maxLength: 4, selector: ({ id }) => id },
      ),
      patterns: fc.uniqueArray(
        fc.record({
          id: fc.stringMatching(/^xrd-[0-9a-z]{8}$/),
          name: fc.string({ unit: 'grapheme' }).map(ownName),
        }),
        { maxLength: 4, selector: ({ id }) => id },
      ),
    }),
    measured: fc.record({
      id: fc.constant<string | null>(null),
      zeroShift: real(...MEASURED_LIMITS.zeroShift),
      background: oneOf(BACKGROUNDS),
      halfWidth: real(...MEASURED_LIMITS.halfWidth),
      degree: fc.integer({ min: MEASURED_LIMITS.degree[0], max: MEASURED_LIMITS.degree[1] }),
      excluded: fc.array(range(0, 180), { maxLength: MEASURED_LIMITS.excluded }),
      range: orNull(range(0, 180)),
      scale: orNull(real(1e-12, 1e12)),
    }),
    slice: fc
      .record({
        x: oneOf(CELL_KEYS),
        y: oneOf(CELL_KEYS),
        xRange: orNull(range(0.1, 1000)),
        yRange: orNull(range(0.1, 1000)),
        resolution: fc.integer({ min: LIMITS.resolution[0], max: LIMITS.resolution[1] }),
        tied: fc.boolean(),
      })
      .filter(({ x, y }) => x !== y),
    loss: oneOf(LOSSES.map(loss => loss.id)),
    lossWidth: real(...LIMITS.lossWidth),
    insight: anyInsight,
    energy: fc.record({
      view: oneOf(ENERGY_VIEWS),
      resolution: fc.integer({ min: ENERGY_LIMITS.resolution[0], max: ENERGY_LIMITS.resolution[1] }),
      relax: oneOf(RELAX_MODES),
      weight: real(0, 1),
      along: oneOf(['x', 'y'] as const),
    }),
    study: anyStudy,
    instrument: fc
      .record({
        wavelength: real(0.1, 10),
        twoThetaMin: real(0, 60),
        twoThetaMax: real(61, 170),
        step: real(0.001, 0.1),
        margin: real(0, 10),
        u: real(0, 2),
        v: real(-0.1, 1),
        w: real(0.06, 2),
        eta: real(0, 1),
        secondWavelength: fc.option(real(0.1, 10), { nil: undefined }),
        secondRatio: fc.option(real(1e-6, 1), { nil: undefined }),
        maxIndex: fc.option(fc.integer({ min: 1, max: 1000 }), { nil: undefined }),
      })
      .filter(instrument => instrumentProblem(instrument) === null),
    descent: fc.record({
      space: oneOf(['slice', 'full'] as const),
      reading: oneOf(PROJECTOR_READINGS),
      family: orNull(oneOf(FAMILIES.map(family => family.id))),
      learningRate: real(...LIMITS.learningRate),
      maxIterations: fc.integer({ min: LIMITS.maxIterations[0], max: LIMITS.maxIterations[1] }),
      stopGain: real(...LIMITS.stopGain),
      momentum: real(...LIMITS.momentum),
      jitter: real(...LIMITS.jitter),
      modes: fc.shuffledSubarray([...ALL_MODES], { minLength: 1 }),
    }),
    starts: fc.array(
      fc.oneof(fc.record({ x: real(-1e4, 1e4), y: real(-1e4, 1e4) }), fc.record({ cell: anyCell })),
      {
        maxLength: LIMITS.starts,
      },
    ),
    gallery: fc.record({
      filter: oneOf(GALLERY_FILTERS),
      larger: orNull(oneOf(LARGER_IDS)),
      caption: orNull(oneOf(PRESET_IDS)),
    }),
    view: fc.record({
      heat: fc.boolean(),
      relief: fc.boolean(),
      lines: fc.boolean(),
      minima: fc.boolean(),
      symmetry: fc.boolean(),
      colourMap: oneOf(['viridis', 'cividis'] as const),
      colourRange: orNull(range(-1e6, 1e6)),
      axis: oneOf(['twoTheta', 'q', 'd'] as const),
      intensity: oneOf(['linear', 'sqrt', 'log'] as const),
      style: oneOf(['profile', 'sticks'] as const),
      zoom: orNull(range(0, 180)),
      projection: oneOf(['orthographic', 'perspective'] as const),
      supercell: fc.integer({ min: 1, max: 3 }),
      bonds: fc.boolean(),
      ghost: fc.boolean(),
      strain: oneOf([1, 5] as const),
    }),
    engine: oneOf(['auto', 'webgl', 'worker'] as const),
    compare: fc.record({
      entries: fc.array(
        fc.record({
          source: oneOf(CATALOGUE.map(entry => entry.id)),
          strain: real(...COMPARE_LIMITS.strain),
          strained: oneOf(STRAINED),
          wavelength: orNull(real(0.1, 10)),
          width: real(...COMPARE_LIMITS.width),
          scale: real(...COMPARE_LIMITS.scale),
          colour: fc.integer({ min: 0, max: COMPARE_LIMITS.colours - 1 }),
          visible: fc.boolean(),
        }),
        { maxLength: COMPARE_LIMITS.entries },
      ),
      arrangement: oneOf(ARRANGEMENTS),
      spread: real(...COMPARE_LIMITS.spread),
      pair: fc.tuple(fc.nat(COMPARE_LIMITS.entries - 1), fc.nat(COMPARE_LIMITS.entries - 1)),
      difference: fc.boolean(),
      zoom: orNull(range(0, 180)),
      tolerance: real(...COMPARE_LIMITS.tolerance),
      over: oneOf(['twoTheta', 'q'] as const),
    }),
    phases: anyPhases,
    hide: fc.shuffledSubarray(CONTROL_GROUPS.map(group => group.id)),
    embed: fc.boolean(),
  })
  .map(inputs => ({
    ...inputs,
    // Where a start off the slice is drawn follows from its cell.
    starts: inputs.starts.map(start =>
      'cell' in start
        ? { ...start, x: start.cell[cellIndex(inputs.slice.x)]!, y: start.cell[cellIndex(inputs.slice.y)]! }
        : start,
    ),
  }))
  .chain(inputs =>
    fc
      .oneof(
        fc.constant({ kind: 'truth' } as const),
        fc.record({ kind: fc.constant('probe' as const), x: real(-1e4, 1e4), y: real(-1e4, 1e4) }),
        fc.record({ kind: fc.constant('minimum' as const), index: fc.nat(40) }),
        ...(inputs.starts.length
          ? [
              fc.record({
                kind: fc.constant('step' as const),
                start: fc.nat(inputs.starts.length - 1),
                mode: oneOf(ALL_MODES),
                step: fc.nat(30_000),
              }),
            ]
          : []),
      )
      .map(focus => ({ ...inputs, focus })),
  );

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
    expect(new Set(FIELDS.map(field => field.key)).size).toBe(FIELDS.length);
    const leaves = Object.entries(DEFAULT_INPUTS).flatMap(([name, value]) =>
      name !== 'focus' && typeof value === 'object' && !Array.isArray(value) ? Object.keys(value) : [name],
    );
    // absent by default: a second wavelength, its intensity, a largest index
    expect(FIELDS).toHaveLength(leaves.length + 3);
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
  it.each(FIELDS.map(field => [field.label, field] as const))(
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
    expect(refused.join(' ')).toContain(message.replace('0.000001', String(LIMITS.learningRate[0])));
  });

  it('does not take the good ones with it', () => {
    const { inputs, refused } = readLink('v=1&s=Au2S&n=9999&loss=mse');
    expect(refused).toHaveLength(1);
    expect(inputs).toEqual({ ...DEFAULT_INPUTS, structureId: 'Au2S', loss: 'mse' });
  });

  it('more starts than are kept', () => {
    const at = Array.from({ length: LIMITS.starts + 1 }, () => '5~3').join(',');
    expect(readLink(`v=1&at=${at}`).refused[0]).toContain(
      `has ${LIMITS.starts + 1} entries, not 0 to ${LIMITS.starts}`,
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
    const keys = FIELDS.map(field => field.key).concat('v', 'zoo');
    const junk = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('%', '%zz', '1e999', '-0', 'NaN', '~', ',', 'auto'),
    );
    const link = fc
      .array(fc.tuple(oneOf(keys), junk), { maxLength: 8 })
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
