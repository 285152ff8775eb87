import { CATALOGUE } from '../../src/crystal/catalogue.ts';
import { CELL_KEYS, type Cell, cellIndex, cellProblem } from '../../src/crystal/cell.ts';
import { FAMILIES } from '../../src/crystal/family.ts';
import { LIBRARY } from '../../src/crystal/library.ts';
import { instrumentProblem } from '../../src/diffraction/instrument.ts';
import { LOSSES } from '../../src/losses/registry.ts';
import { PROJECTOR_READINGS } from '../../src/optimise/modes.ts';
import { STRATEGY_IDS } from '../../src/optimise/strategy.ts';
import { ANALYSIS, type AnalysisInputs } from '../../src/state/analysis/analysisSettings.ts';
import { COLOURS, COMPARE, ENTRY } from '../../src/state/compare/compareSettings.ts';
import { CONTROL_GROUPS } from '../../src/state/core/controlGroups.ts';
import type { Inputs } from '../../src/state/core/inputs.ts';
import { PAGE_IDS } from '../../src/state/core/pages.ts';
import { MOST_STEPS, TOUR_IDS } from '../../src/state/core/tourSettings.ts';
import { ENERGY } from '../../src/state/energy/energySettings.ts';
import {
  ALL_MODES,
  DESCENT,
  LOSS,
  PATH_MODES,
  PLACES,
  SLICE,
} from '../../src/state/explore/exploreSettings.ts';
import { MEASURED } from '../../src/state/files/measuredSettings.ts';
import { nameForLink } from '../../src/state/files/userFileSettings.ts';
import { GALLERY, PRESET_IDS } from '../../src/state/gallery/gallerySettings.ts';
import { DOCUMENT_IDS } from '../../src/state/help/helpSettings.ts';
import { SERIES_IDS, STUDY, type StudyInputs } from '../../src/state/study/studySettings.ts';
import { anyPhases } from './phasesInputs.ts';
import { fc } from './seeded.ts';

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
const anyAnalysis: fc.Arbitrary<AnalysisInputs> = fc.record({
  view: oneOf(ANALYSIS.view.codec.choices),
  ruler: fc.boolean(),
  catchment: oneOf(ANALYSIS.catchment.codec.choices),
  catchmentSide: fc.integer({ min: 5, max: 61 }),
  catchmentSteps: fc.integer({ min: 10, max: 30_000 }),
  blur: real(...ANALYSIS.blur.codec.limits),
  line: orNull(fc.tuple(real(-1e4, 1e4), real(-1e4, 1e4), real(-1e4, 1e4), real(-1e4, 1e4))),
  strategies: fc.shuffledSubarray([...STRATEGY_IDS]),
  strategyMode: oneOf(['unconstrained', 'constrained'] as const),
  strategyMomentum: real(...ANALYSIS.strategyMomentum.codec.limits),
  strategyStarts: fc.integer({ min: 2, max: 32 }),
  strategyWidth: real(...ANALYSIS.strategyWidth.codec.limits),
  strategyPull: real(...ANALYSIS.strategyPull.codec.limits),
  strategyPullSteps: fc.integer({ min: 0, max: 30_000 }),
  strategyJitter: real(...ANALYSIS.strategyJitter.codec.limits),
  seed: fc.integer({ min: 0, max: 4_294_967_295 }),
});

const anyStudy: fc.Arbitrary<StudyInputs> = fc.record({
  structures: fc.subarray(
    LIBRARY.map(entry => entry.id),
    { minLength: 1 },
  ),
  noise: oneOf(['lattice', 'coordinates', 'both'] as const),
  levels: orNull(fc.uniqueArray(real(...STUDY.level.codec.limits), { minLength: 1, maxLength: 12 })),
  series: fc.shuffledSubarray([...SERIES_IDS]),
  variants: fc.integer({ min: 1, max: 1000 }),
  rate: orNull(real(...STUDY.rate.codec.limits)),
  maxIterations: fc.integer({ min: 1, max: 100_000 }),
  seed: fc.integer({ min: 0, max: 4_294_967_295 }),
  level: real(...STUDY.level.codec.limits),
  shownLoss: oneOf(LOSSES.map(loss => loss.id)),
  shownRate: orNull(real(...STUDY.rate.codec.limits)),
  criterion: oneOf(['match', 'unscaled', 'strict'] as const),
  distance: oneOf(['amd', 'emd'] as const),
  source: oneOf(['shipped', 'own'] as const),
});

/** Any settings that a link can carry. */
export const anyInputs: fc.Arbitrary<Inputs> = fc
  .record({
    page: oneOf(PAGE_IDS),
    structureId: oneOf(CATALOGUE.map(entry => entry.id)),
    userFiles: fc.record({
      crystals: fc.uniqueArray(
        fc.record({
          id: fc.stringMatching(/^own-[0-9a-z]{8}$/),
          name: fc.string().map(nameForLink),
          data: orNull(fc.stringMatching(/^[\w-]{1,200}$/)),
        }),
        { maxLength: 4, selector: ({ id }) => id },
      ),
      patterns: fc.uniqueArray(
        fc.record({
          id: fc.stringMatching(/^xrd-[0-9a-z]{8}$/),
          name: fc.string({ unit: 'grapheme' }).map(nameForLink),
        }),
        { maxLength: 4, selector: ({ id }) => id },
      ),
    }),
    measured: fc.record({
      id: fc.constant<string | null>(null),
      zeroShift: real(...MEASURED.zeroShift.codec.limits),
      background: oneOf(MEASURED.background.codec.choices),
      halfWidth: real(...MEASURED.halfWidth.codec.limits),
      degree: fc.integer({ min: MEASURED.degree.codec.limits[0], max: MEASURED.degree.codec.limits[1] }),
      excluded: fc.array(range(0, 180), { maxLength: MEASURED.excluded.codec.most }),
      range: orNull(range(0, 180)),
      scale: orNull(real(1e-12, 1e12)),
    }),
    slice: fc
      .record({
        x: oneOf(CELL_KEYS),
        y: oneOf(CELL_KEYS),
        xRange: orNull(range(0.1, 1000)),
        yRange: orNull(range(0.1, 1000)),
        resolution: fc.integer({
          min: SLICE.resolution.codec.limits[0],
          max: SLICE.resolution.codec.limits[1],
        }),
        tied: fc.boolean(),
      })
      .filter(({ x, y }) => x !== y),
    loss: oneOf(LOSSES.map(loss => loss.id)),
    lossWidth: real(...LOSS.lossWidth.codec.limits),
    lossAlpha: real(...LOSS.lossAlpha.codec.limits),
    analysis: anyAnalysis,
    energy: fc.record({
      view: oneOf(ENERGY.view.codec.choices),
      resolution: fc.integer({
        min: ENERGY.resolution.codec.limits[0],
        max: ENERGY.resolution.codec.limits[1],
      }),
      relax: oneOf(ENERGY.relax.codec.choices),
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
      learningRate: real(...DESCENT.learningRate.codec.limits),
      maxIterations: fc.integer({
        min: DESCENT.maxIterations.codec.limits[0],
        max: DESCENT.maxIterations.codec.limits[1],
      }),
      stopGain: real(...DESCENT.stopGain.codec.limits),
      momentum: real(...DESCENT.momentum.codec.limits),
      jitter: real(...DESCENT.jitter.codec.limits),
      modes: fc.shuffledSubarray([...ALL_MODES], { minLength: 1 }),
      continued: fc.boolean(),
    }),
    starts: fc.array(
      fc.oneof(fc.record({ x: real(-1e4, 1e4), y: real(-1e4, 1e4) }), fc.record({ cell: anyCell })),
      {
        maxLength: PLACES.starts.codec.most,
      },
    ),
    gallery: fc.record({
      filter: oneOf(GALLERY.filter.codec.choices),
      larger: orNull(oneOf(GALLERY.larger.codec.choices)),
      present: orNull(oneOf(PRESET_IDS)),
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
      ranked: fc.boolean(),
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
          strain: real(...ENTRY.strain.codec.limits),
          strained: oneOf(ENTRY.strained.codec.choices),
          wavelength: orNull(real(0.1, 10)),
          width: real(...ENTRY.width.codec.limits),
          scale: real(...ENTRY.scale.codec.limits),
          colour: fc.integer({ min: 0, max: COLOURS - 1 }),
          visible: fc.boolean(),
        }),
        { maxLength: COMPARE.entries.codec.most },
      ),
      arrangement: oneOf(COMPARE.arrangement.codec.choices),
      spread: real(...COMPARE.spread.codec.limits),
      pair: fc.tuple(fc.nat(COMPARE.entries.codec.most - 1), fc.nat(COMPARE.entries.codec.most - 1)),
      difference: fc.boolean(),
      zoom: orNull(range(0, 180)),
      tolerance: real(...COMPARE.tolerance.codec.limits),
      over: oneOf(['twoTheta', 'q'] as const),
    }),
    phases: anyPhases,
    hide: fc.shuffledSubarray(CONTROL_GROUPS.map(group => group.id)),
    embed: fc.boolean(),
    help: fc.record({ document: oneOf(DOCUMENT_IDS) }),
    tour: orNull(fc.record({ id: oneOf(TOUR_IDS), step: fc.integer({ min: 1, max: MOST_STEPS + 1 }) })),
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
                mode: oneOf(PATH_MODES),
                step: fc.nat(30_000),
              }),
            ]
          : []),
      )
      .map(focus => ({ ...inputs, focus })),
  );
