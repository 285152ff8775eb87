import { describe, expect, it } from 'vitest';
import type { WebglState } from '../../src/engine/chooseEngine.ts';
import { chooseWalkers, type WalkerFigures } from '../../src/engine/chooseWalkers.ts';
import type { Engine, Evaluation } from '../../src/engine/engine.ts';
import { timeWalkers } from '../../src/engine/timeWalkers.ts';
import { libraryProblem } from '../support/problems.ts';

const engine = (kind: Engine['kind'], evaluate: Engine['evaluate']): Engine & { readonly size: number } => ({
  kind,
  device: kind,
  size: 8,
  precision: kind === 'webgl' ? 'float32' : 'float64',
  evaluate,
  patterns: () => Promise.reject(new Error('no patterns are asked for')),
  dispose: () => {},
});
const idle = engine('webgl', () => Promise.reject(new Error('the choice computes nothing')));
const READY: WebglState = {
  state: 'ready',
  engine: idle,
  renderer: 'A GPU',
  software: false,
  msPerCell: 1,
  worstLoss: 3e-7,
};
const POOL = '4 CPU workers';
const figures = (poolMs: number, gpuMs: number, gpuAtLeast = false): WalkerFigures => ({
  poolMs,
  gpuMs,
  gpuAtLeast,
});

describe('where many descents run', () => {
  it.each<[string, Parameters<typeof chooseWalkers>, 'gpu' | 'pool', string]>([
    [
      'the GPU where it is measured faster',
      ['auto', READY, POOL, null, 256, figures(12, 3)],
      'gpu',
      'WebGL, float32: a step of 256 descents takes 3.00 ms on WebGL, 12 ms on 4 CPU workers.',
    ],
    [
      'the pool where it is faster',
      ['auto', READY, POOL, null, 441, figures(3, 12)],
      'pool',
      '4 CPU workers, float64: a step of 256 descents takes 12 ms on WebGL, 3.00 ms on 4 CPU workers.',
    ],
    [
      'the pool where they are about level',
      ['auto', READY, POOL, null, 441, figures(12, 10)],
      'pool',
      '12 ms',
    ],
    [
      'the pool where a part alone takes the GPU longer',
      ['auto', READY, POOL, null, 441, figures(6, 20, true)],
      'pool',
      'takes more than 20 ms on WebGL, 6.00 ms on',
    ],
    ['the pool where nothing is measured', ['auto', READY, POOL, null, 441, null], 'pool', 'not timed'],
    [
      'the pool for fewer than 256 descents, whatever was measured or chosen',
      ['webgl', READY, POOL, null, 255, figures(12, 3)],
      'pool',
      'WebGL takes 256 descents or more',
    ],
    [
      'the pool when the CPU was chosen',
      ['worker', READY, POOL, null, 441, figures(12, 3)],
      'pool',
      'float64: you chose the CPU.',
    ],
    [
      'the GPU when WebGL was chosen, slower or not',
      ['webgl', READY, POOL, null, 441, figures(3, 12)],
      'gpu',
      'you chose it; a step of 256 descents takes 12 ms',
    ],
    [
      'the pool where WebGL cannot compute the problem',
      ['webgl', READY, POOL, 'WebGL computes one wavelength', 441, figures(12, 3)],
      'pool',
      'float64: WebGL computes one wavelength.',
    ],
    [
      'the pool while WebGL is being checked',
      ['webgl', { state: 'pending' }, POOL, null, 441, null],
      'pool',
      'being checked',
    ],
    [
      'the pool where WebGL is rendered in software, whatever was measured',
      ['auto', { ...READY, software: true }, POOL, null, 441, figures(12, 3)],
      'pool',
      'float64: WebGL is rendered in software, on the same cores.',
    ],
    [
      'the pool where WebGL in software was left unchecked, without the whole reason again',
      ['auto', { state: 'unavailable', reason: 'A long sentence.', spared: true }, POOL, null, 441, null],
      'pool',
      'float64: WebGL is rendered in software, on the same cores.',
    ],
    [
      'WebGL in software when it was chosen',
      ['webgl', { ...READY, software: true }, POOL, null, 441, figures(3, 12)],
      'gpu',
      'you chose it',
    ],
    [
      'the pool without WebGL, with the reason',
      ['auto', { state: 'unavailable', reason: 'no WebGL2.' }, POOL, null, 441, null],
      'pool',
      'float64: no WebGL2.',
    ],
  ])('is %s', (_, given, where, reason) => {
    const choice = chooseWalkers(...given);
    expect(choice.where).toBe(where);
    expect(choice.reason.replaceAll('\u202f', ' ')).toContain(reason);
  });
});

describe('the timing of walkers', () => {
  const problem = libraryProblem('U2Ti');
  const cells = Float64Array.from({ length: 6 * 256 }, (_, i) => i);
  const none: Evaluation = { loss: new Float64Array(0) };
  /** An engine that takes so long a cell; notes what it was asked. */
  const taking = (kind: Engine['kind'], msPerCell: number, asked: Float64Array[]) =>
    engine(kind, async (_, part, options) => {
      expect(options?.gradient).toBe(true);
      asked.push(part);
      const end = performance.now() + (msPerCell * part.length) / 6;
      while (performance.now() < end);
      return none;
    });

  it('takes all walkers on both, the pool with a call for every worker', async () => {
    const [cpu, gpu]: Float64Array[][] = [[], []];
    const found = await timeWalkers(
      taking('worker', 0.02, cpu!),
      taking('webgl', 0.002, gpu!),
      problem,
      cells,
    );
    // eight workers of 64 cells: two rounds of the 256 walkers
    expect(cpu!.map(part => part.length / 6)).toEqual([512, 512, 512]);
    expect(gpu!.map(part => part.length / 6)).toEqual([32, 32, 32, 256, 256, 256]);
    expect(found.gpuAtLeast).toBe(false);
    expect(found.poolMs).toBeGreaterThanOrEqual(256 * 0.02);
    expect(found.gpuMs).toBeGreaterThanOrEqual(256 * 0.002);
    expect(Array.from(gpu![0]!.subarray(0, 12))).toEqual([0, 1, 2, 3, 4, 5, 48, 49, 50, 51, 52, 53]);
  });

  it('leaves a GPU that is slower with a part of them', async () => {
    const [cpu, gpu]: Float64Array[][] = [[], []];
    const found = await timeWalkers(
      taking('worker', 0.002, cpu!),
      taking('webgl', 0.2, gpu!),
      problem,
      cells,
    );
    expect(gpu!.map(part => part.length / 6)).toEqual([32, 32, 32]);
    expect(found).toMatchObject({ gpuAtLeast: true });
    expect(found.gpuMs).toBeGreaterThanOrEqual(32 * 0.2);
  });
});
