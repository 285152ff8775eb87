import { afterAll, describe, expect, it } from 'vitest';
import type { Cell } from '../../src/crystal/cell.ts';
import { matchCrystals } from '../../src/matching/matcher.ts';
import { latticeNoise } from '../../src/noise/noise.ts';
import { seededRng } from '../../src/num/rng.ts';
import { offBy } from '../../src/optimise/outcome.ts';
import { areCongruent, CYCLOTOMIC_PAIR, differenceCounts } from '../../src/phasing/homometric.ts';
import type { PresetId } from '../../src/state/gallery/gallerySettings.ts';
import type { Preset } from '../../src/state/gallery/preset.ts';
import { presetOf } from '../../src/state/gallery/presets.ts';
import {
  cellAt,
  cellAtEnd,
  crossings,
  departures,
  firstReversal,
  floorPower,
  isTruth,
  lossAtEnd,
  partners,
  runOf,
  tradeAt,
} from '../../src/views/gallery/facts.ts';
import { findingOf, isRecovered } from '../../src/views/gallery/finding.ts';
import { rowScene } from '../../src/views/gallery/rowScene.ts';
import { libraryStructure } from '../support/library.ts';
import { engine, figureOf } from './figures.ts';

afterAll(() => engine.dispose());

/** The picture with its descents cut short: enough for what is said of them here. */
const within = (id: PresetId, maxIterations: number): Partial<Preset> => {
  const { inputs } = presetOf(id);
  return { inputs: { ...inputs, descent: { ...inputs.descent, maxIterations } } };
};

describe('what the pictures of descents claim', () => {
  it('Fig. 3a over a and b is the three-way story: far, nearer, arrived', async () => {
    const figure = await figureOf('fig3a');
    const truth = figure.structure.cell;
    const off = (mode: 'unconstrained' | 'constrainedStart'): number =>
      Math.max(...[0, 1].map(i => Math.abs(cellAtEnd(runOf(figure, mode))[i]! / truth[i]! - 1)));
    expect(isTruth(cellAtEnd(runOf(figure, 'constrained')), truth)).toBe(true);
    expect(isTruth(cellAtEnd(runOf(figure, 'constrainedStart')), truth)).toBe(false);
    expect(off('constrainedStart')).toBeLessThan(off('unconstrained'));
  });

  it.each(['fig3a-alpha', 'fig3b'] as const)(
    '%s: the free descent fails, and a projected start is as good as a constrained descent',
    async id => {
      const figure = await figureOf(id, within(id, 3000));
      const truth = figure.structure.cell;
      expect(isTruth(cellAtEnd(runOf(figure, 'unconstrained')), truth)).toBe(false);
      expect(isTruth(cellAtEnd(runOf(figure, 'constrainedStart')), truth)).toBe(true);
      expect(isTruth(cellAtEnd(runOf(figure, 'constrained')), truth)).toBe(true);
    },
  );

  it('of the readings, only the one that averages in the true c brings the constrained descent to the truth', async () => {
    const { runs, structure } = await figureOf('readings');
    const arrived = runs
      .filter(run => isTruth(cellAtEnd(run), structure.cell, ['a', 'b']))
      .map(run => `${run.mode} ${run.plan.reading}`);
    expect(arrived).toEqual(['constrained full']);
    const alone = runs.filter(run => run.plan.reading === 'movedOnly' && run.mode !== 'unconstrained');
    expect(new Set(alone.map(run => cellAtEnd(run)[0]!.toFixed(3))).size).toBe(1);
  });

  it('the trap on the line is none beside it', async () => {
    const figure = await figureOf('jitter');
    const { cell } = figure.structure;
    expect(isTruth(cellAtEnd(runOf(figure, 'constrainedStart', 'contrast')), cell)).toBe(false);
    expect(isTruth(cellAtEnd(runOf(figure, 'constrainedStart')), cell)).toBe(true);
  });
});

describe('the six ways a descent fails', () => {
  const opensAt = (id: Parameters<typeof presetOf>[0]): number => {
    const { focus } = presetOf(id).inputs;
    return focus.kind === 'step' ? focus.step : Number.NaN;
  };

  it('two strong reflections trade places at the step at which the picture opens, not before, and stay so', async () => {
    const figure = await figureOf('trade');
    const run = runOf(figure, 'unconstrained');
    const step = opensAt('trade');
    expect(tradeAt(figure, cellAt(run, step - 1))).toBeNull();
    expect(tradeAt(figure, cellAt(run, step))).toMatchObject({ one: [1, 1, 0], other: [1, 0, 1] });
    expect(tradeAt(figure, cellAtEnd(run))!.strength).toBeGreaterThan(0.5);
    expect(lossAtEnd(run)).toBeGreaterThan(-0.8);
  });

  it('a reflection leaves the window, comes back and goes on doing so until the stop', async () => {
    const figure = await figureOf('window');
    const run = runOf(figure, 'unconstrained');
    const step = opensAt('window');
    const [gone] = departures(figure, cellAt(run, step - 1), cellAt(run, step));
    expect(gone!.hkl.map(Math.abs)).toEqual([0, 4, 4]);
    expect(gone!.twoTheta).toBeGreaterThan(89.9);
    expect(departures(figure, cellAt(run, step), cellAt(run, step - 1))).toEqual([]);
    expect(run.losses[step - 1]! - run.losses[step]!).toBeGreaterThan(5e-4);
    expect(run.losses[step + 1]! - run.losses[step]!).toBeGreaterThan(5e-4);
    expect(crossings(figure, run, gone!.hkl)).toBeGreaterThan(300);
    expect(run.end?.reason).toBe('converged');
  });

  it('steps above 2/λ hop from the step at which the picture opens to the end; shorter ones arrive', async () => {
    const figure = await figureOf('long-steps');
    const run = runOf(figure, 'unconstrained');
    expect(run.end?.twoCycle).toBe(true);
    expect(firstReversal(run)).toBe(opensAt('long-steps'));
    expect(run.plan.learningRate).toBeGreaterThan(figure.stableRate!);
    const short = runOf(figure, 'unconstrained', 'contrast');
    expect(short.plan.learningRate).toBeLessThan(figure.stableRate!);
    expect(isTruth(cellAtEnd(short), figure.structure.cell)).toBe(true);
  });

  it('the descent that stops on a saddle arrives when it goes on', async () => {
    const figure = await figureOf('early');
    const run = runOf(figure, 'unconstrained');
    expect(run.end?.reason).toBe('converged');
    expect(lossAtEnd(run)).toBeGreaterThan(-0.2);
    const on = runOf(figure, 'unconstrained', 'contrast');
    expect(isTruth(cellAtEnd(on), figure.structure.cell, ['a', 'b'])).toBe(true);
    expect(lossAtEnd(on)).toBeLessThan(-0.999);
  });

  it('the floor of a broken right angle is nearly quartic, and the descent stops with the angle off', async () => {
    const figure = await figureOf('flat');
    expect(floorPower(figure)).toBeGreaterThan(3.5);
    expect(floorPower(figure)).toBeLessThan(4.1);
    const off = Math.abs(cellAtEnd(runOf(figure, 'unconstrained'))[3] - 90);
    expect(off).toBeGreaterThan(0.15);
    expect(lossAtEnd(runOf(figure, 'unconstrained'))).toBeLessThan(-0.999);
  });

  it('a wrong family keeps a wrong angle; the own one comes close to the truth', async () => {
    const figure = await figureOf('family', within('family', 5000));
    const wrong = runOf(figure, 'constrained');
    const own = runOf(figure, 'constrained', 'contrast');
    expect([wrong.plan.family, own.plan.family]).toEqual(['orthorhombic', 'monoclinic']);
    expect(cellAtEnd(wrong)[4]).toBe(90);
    expect(lossAtEnd(own)).toBeLessThan(-0.97);
    expect(lossAtEnd(wrong)).toBeGreaterThan(-0.75);
  });
});

describe('the distorted cells of figures 5 and S3', () => {
  it.each([
    ['fig5', 43],
    ['figS3', 59],
  ] as const)('%s starts from lattice noise 0.1 with seed %i, which is no match', (id, seed) => {
    const { structureId, starts } = presetOf(id).inputs;
    const { cell, sites } = libraryStructure(structureId);
    const noisy = latticeNoise(cell, 0.1, seededRng(seed)).map(value => Number(value.toFixed(4)));
    expect(starts[0]!.cell).toEqual(noisy);
    expect(matchCrystals({ cell, sites }, { cell: starts[0]!.cell as Cell, sites }).matched).toBe(false);
  });

  it('the constrained result of Fig. 5 matches with another reflection on the place of 602', async () => {
    const preset = presetOf('fig5');
    const descent = {
      ...preset.inputs.descent,
      modes: ['unconstrained', 'constrained'] as const,
      maxIterations: 2500,
    };
    const figure = await figureOf('fig5', { inputs: { ...preset.inputs, descent } });
    const row = figure.rows.find(({ role }) => role === 'constrained')!;
    expect(row.match?.matched).toBe(true);
    expect(-row.loss).toBeCloseTo(0.597, 2);
    expect(-row.loss).toBeCloseTo(-lossAtEnd(runOf(figure, 'constrained')), 5);
    expect(rowScene(figure, row).tally.example).toMatchObject({ place: [6, 0, -2], occupant: [3, 1, 1] });
  });
});

describe('what the pictures of the way down claim', () => {
  it.each([
    ['fig3a-down', 1],
    ['fig3b-down', 2],
    ['fig5-down', 0],
  ] as const)(
    '%s: the continued path arrives, and %i of the descents',
    async (id, arrived) => {
      const figure = await figureOf(id);
      const { cell } = figure.structure;
      expect(figure.runs.filter(run => isRecovered(cellAtEnd(run), cell)).length).toBe(arrived);
      expect(isRecovered(cellAtEnd(figure.continued!), cell)).toBe(true);
      expect(figure.stages.map(({ width }) => width)).toEqual(figure.continued!.widths.slice(0, -1));
      expect(findingOf(presetOf(id), figure)).toContain('it reaches the truth in');
    },
    120_000,
  );

  it('in a short window a wrong cell scores all but perfectly; in the whole one it does not', async () => {
    const preset = presetOf('wrong-cell');
    const figure = await figureOf('wrong-cell');
    const { cell } = figure.structure;
    expect(lossAtEnd(figure.continued!)).toBeLessThan(-0.999);
    expect(offBy(cellAtEnd(figure.continued!), cell).angle).toBeGreaterThan(5);
    expect(findingOf(preset, figure)).toMatch(/ends at a loss of −0\.999\d with lengths up to .* off/);
    const { sites } = figure.structure;
    expect(matchCrystals({ cell, sites }, { cell: cellAtEnd(figure.continued!), sites }).matched).toBe(false);
    expect(preset.inputs.starts[0]!.cell).toEqual(
      latticeNoise(cell, 0.2, seededRng(9)).map(value => Number(value.toFixed(4))),
    );
    const instrument = { ...preset.inputs.instrument, twoThetaMax: 90 };
    const whole = await figureOf('wrong-cell', { inputs: { ...preset.inputs, instrument } });
    const { loss } = await engine.evaluate(whole.problem, Float64Array.from(cellAtEnd(figure.continued!)));
    expect(loss[0]).toBeGreaterThan(-0.97);
  }, 120_000);
});

describe('what the pictures of parameters claim', () => {
  /** Every picture says what its figure holds, in a sentence that is shown. */
  const told = (id: PresetId, figure: Awaited<ReturnType<typeof figureOf>>): string => {
    const sentence = findingOf(presetOf(id), figure);
    console.log(`${id}: ${sentence}`);
    return sentence;
  };

  it('the true oxygen is there four times a period, and no false minimum is', async () => {
    const figure = await figureOf('oxygen', { resolution: 61 });
    expect(figure.equal).toHaveLength(3);
    expect(figure.minima).toHaveLength(0);
    expect(told('oxygen', figure)).toMatch(/there four times, with no false minimum/);
    for (const { mark, crystal } of figure.shown) {
      expect(mark).toBe('=');
      expect(crystal.loss).toBeLessThan(-0.999);
    }
  });

  it('two of four atoms on a line: the truth with atoms exchanged, and a homometric set', async () => {
    const figure = await figureOf('homometric', { resolution: 81 });
    const { same, other } = partners(figure);
    const { n, first, second } = CYCLOTOMIC_PAIR;
    expect(same.length).toBeGreaterThan(0);
    expect(other.length).toBeGreaterThan(0);
    const counts = (set: readonly number[]) => [...differenceCounts(set, n)];
    for (const set of [...same, ...other]) expect(counts(set)).toEqual(counts(first));
    for (const set of other) expect(areCongruent(set, second, n)).toBe(true);
    expect(told('homometric', figure)).toMatch(
      /are another, \{[\d, ]+\} of 8 where the truth is \{0, 3, 4, 5\}/,
    );
  });

  it('lithium beside iridium: a floor flatter by far more than a factor of ten', async () => {
    const figure = await figureOf('light-atom');
    const [light, heavy] = figure.nudged!;
    expect(heavy.alone / light.alone).toBeGreaterThan(30);
    told('light-atom', figure);
  });

  it('cosine and MSE from the same starts: the sentence says which reaches more', async () => {
    const figure = await figureOf('losses', { resolution: 61 });
    const [cosine, mse] = figure.reached;
    expect([cosine!.loss, mse!.loss]).toEqual(['cosine', 'mse']);
    expect(cosine!.of).toBe(169);
    for (const { count } of figure.reached) expect(count).toBeGreaterThan(0);
    expect(mse!.rise).toBeLessThan(cosine!.rise);
    const words = [/^Here it does not:/, /^Here it makes no difference:/, /^Here it does:/];
    expect(told('losses', figure)).toMatch(words[1 + Math.sign(mse!.count - cosine!.count)]!);
  });

  it.each(['motion', 'zero-shift'] as const)('%s: the other parameter takes most of the cost', async id => {
    const figure = await figureOf(id);
    for (const { alone, followed } of figure.nudged!) {
      expect(followed).toBeGreaterThan(0);
      expect(alone / followed).toBeGreaterThan(5);
    }
    told(id, figure);
  });
});
