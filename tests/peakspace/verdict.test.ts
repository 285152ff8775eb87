import { describe, expect, it } from 'vitest';
import { type Instrument, instrumentProblem, PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { LOSSES, lossOf } from '../../src/losses/registry.ts';
import { type CellObjective, denseObjective } from '../../src/peakspace/denseObjective.ts';
import { judge } from '../../src/peakspace/judge.ts';
import { objectiveFor } from '../../src/peakspace/objective.ts';
import { carries } from '../../src/peakspace/verdict.ts';
import { cellOf, FIXTURES, sitesOf } from '../support/crystals.ts';
import { INSTRUMENTS, offBy, skewed } from './patternCases.ts';

const sites = sitesOf(FIXTURES['BPO4']!);
const cell = cellOf(FIXTURES['BPO4']!.structure.cell);
const RUNAWAY: Instrument = { ...PAPER_INSTRUMENT, twoThetaMax: 170, margin: 10 };

function inputOf(instrument: Instrument, loss: Parameters<typeof lossOf>[0]) {
  const target = simulatePattern(scatteringModel(sites, instrument, cell), cell);
  return { sites, instrument, loss: lossOf(loss), target, excluded: null };
}

const widened = (instrument: Instrument, factor: number): Instrument => ({
  ...instrument,
  u: instrument.u * factor ** 2,
  v: instrument.v * factor ** 2,
  w: instrument.w * factor ** 2,
});

function values(objective: CellObjective): number[] {
  return [1, 2, 3].flatMap(seed => {
    const gradient = new Float64Array(6);
    return [objective(skewed(cell, 0.03, seed), gradient), ...gradient];
  });
}

describe('a verdict', () => {
  it('takes the peaks for cosine and MSE, the pattern for other losses and for bins left out', () => {
    for (const { id } of LOSSES)
      expect(judge(inputOf(PAPER_INSTRUMENT, id)).way).toBe(
        id === 'cosine' || id === 'mse' ? 'peaks' : 'pattern',
      );
    const cosine = inputOf(PAPER_INSTRUMENT, 'cosine');
    expect(judge({ ...cosine, excluded: new Uint8Array(cosine.target.length) }).way).toBe('pattern');
  });

  it('passes the built-in crystals on all these instruments by the pattern at least', () => {
    for (const instrument of [PAPER_INSTRUMENT, ...Object.values(INSTRUMENTS)])
      expect(judge(inputOf(instrument, 'entropy')).way).toBe('pattern');
  });

  it('is dense for an instrument whose widths run away, close to 180°', () => {
    expect(instrumentProblem(RUNAWAY)).toBeNull();
    for (const id of ['cosine', 'entropy'] as const) expect(judge(inputOf(RUNAWAY, id)).way).toBe('dense');
  });

  it('travels as plain data: the objective made with a copy of it has the same bits', () => {
    for (const { id } of LOSSES) {
      const { instrument, loss, target, ...input } = inputOf(PAPER_INSTRUMENT, id);
      const verdict = structuredClone(judge({ ...input, instrument, loss, target }));
      const alone = objectiveFor(sites, instrument, loss, target);
      const told = objectiveFor(sites, { ...instrument }, loss, target, null, verdict);
      expect(values(told)).toEqual(values(alone));
    }
  });
});

describe('a verdict carried over to other widths', () => {
  const verdict = judge(inputOf(PAPER_INSTRUMENT, 'cosine'));

  it('holds for three tenths more or less and nothing else', () => {
    for (const factor of [0.78, 0.99, 1, 1.01, 1.29])
      expect(carries(verdict, widened(PAPER_INSTRUMENT, factor)), `${factor}`).toBe(true);
    for (const change of [
      widened(PAPER_INSTRUMENT, 0.76),
      widened(PAPER_INSTRUMENT, 1.31),
      { ...PAPER_INSTRUMENT, w: 0.2 },
      { ...PAPER_INSTRUMENT, step: 0.011 },
      { ...PAPER_INSTRUMENT, eta: 0.11 },
      { ...PAPER_INSTRUMENT, margin: 1 },
      { ...PAPER_INSTRUMENT, secondWavelength: 1.54439 },
    ])
      expect(carries(verdict, change), JSON.stringify(change)).toBe(false);
  });

  it('holds the less far the closer its error came to what passes, and not at all for the dense way', () => {
    const near = { ...verdict, worst: 0.5 };
    expect(carries(near, widened(PAPER_INSTRUMENT, 1.02))).toBe(true);
    expect(carries(near, widened(PAPER_INSTRUMENT, 1.05))).toBe(false);
    expect(carries({ ...verdict, way: 'dense', worst: 0 }, widened(PAPER_INSTRUMENT, 1.01))).toBe(false);
  });

  // Widths down to those where sums over bins are no integral any more: what counts is that none is let through.
  it.each(['cosine', 'mse', 'entropy'] as const)('never says yes where accuracy is lost: %s', id => {
    let carried = 0;
    for (const w of [0.001, 0.002, 0.005, 0.0072, 0.1]) {
      const judged = judge(inputOf({ ...PAPER_INSTRUMENT, u: 0, v: 0, w }, id));
      for (const factor of [0.77, 1.28]) {
        const input = inputOf(widened(judged.instrument, factor), id);
        if (!carries(judged, input.instrument)) continue;
        carried++;
        const fresh = judge(input);
        if (judged.way === 'peaks') expect(fresh.way, `${w} ${factor}`).toBe('peaks');
        else expect(fresh.way, `${w} ${factor}`).not.toBe('dense');
      }
    }
    expect(carried).toBeGreaterThan(1);
  });

  it('is looked into on the way: one that is wrong for the target at hand is not followed', () => {
    const { loss } = inputOf(PAPER_INSTRUMENT, 'cosine');
    const narrow = inputOf({ ...PAPER_INSTRUMENT, u: 0, v: 0, w: 0.001 }, 'cosine');
    const planted = { ...verdict, instrument: widened(narrow.instrument, 1.01) };
    const told = objectiveFor(sites, narrow.instrument, loss, narrow.target, null, planted);
    const dense = denseObjective(sites, narrow.instrument, loss, narrow.target);
    expect(offBy(values(told), values(dense))).toBeLessThan(1e-6);
  });
});
