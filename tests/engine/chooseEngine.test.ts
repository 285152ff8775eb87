import { describe, expect, it } from 'vitest';
import { type CpuProbe, chooseEngine, type WebglState } from '../../src/engine/chooseEngine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { webglRefusal } from '../../src/engine/webgl/webglRefusal.ts';
import { libraryProblem } from '../support/problems.ts';

const named = (kind: Engine['kind'], device: string): Engine => ({
  kind,
  device,
  precision: kind === 'webgl' ? 'float32' : 'float64',
  evaluate: () => Promise.reject(new Error('the choice computes nothing')),
  patterns: () => Promise.reject(new Error('the choice computes nothing')),
  dispose: () => {},
});
const CPU = named('worker', '4 CPU workers');
const GPU = named('webgl', 'A GPU');
const ready = (msPerCell: number, software = false): WebglState => ({
  state: 'ready',
  engine: GPU,
  renderer: 'A GPU',
  software,
  msPerCell,
  worstLoss: 3e-7,
});
const cpu = (msPerCell: number | null): CpuProbe => ({ engine: CPU, msPerCell });
const PENDING: WebglState = { state: 'pending' };
const MISSING: WebglState = { state: 'unavailable', reason: 'this browser has no WebGL2.' };

describe('the engine of maps', () => {
  it.each<[string, Parameters<typeof chooseEngine>, Engine['kind'], RegExp]>([
    [
      'the CPU when chosen, whatever WebGL is',
      ['worker', ready(0.1), cpu(5)],
      'worker',
      /You chose the CPU: 4 CPU workers, float64/,
    ],
    ['the CPU while WebGL is being checked', ['auto', PENDING, cpu(null)], 'worker', /being checked/],
    [
      'the CPU meanwhile even when WebGL was chosen',
      ['webgl', PENDING, cpu(null)],
      'worker',
      /being checked/,
    ],
    ['the CPU without WebGL, with the reason', ['webgl', MISSING, cpu(5)], 'worker', /no WebGL2/],
    [
      'WebGL when chosen, slower or not',
      ['webgl', ready(9), cpu(5)],
      'webgl',
      /You chose WebGL \(A GPU\); self-check against float64 within 3e−7/,
    ],
    [
      'the faster one: the CPU',
      ['auto', ready(11), cpu(5)],
      'worker',
      /4 CPU workers take 5\.00\u202fms a cell, WebGL \(A GPU\) 11\u202fms/,
    ],
    [
      'the faster one: WebGL',
      ['auto', ready(0.2), cpu(5)],
      'webgl',
      /takes 0\.20\u202fms a cell against 5\.00\u202fms on 4 CPU workers; .*; self-check/,
    ],
    [
      'the CPU for a loss that WebGL does not compute, even when WebGL was chosen',
      ['webgl', ready(0.1), cpu(5), webglRefusal({ ...libraryProblem('U2Ti'), loss: 'wasserstein' })],
      'worker',
      /4 CPU workers, float64\): Wasserstein follows the pattern/,
    ],
    [
      'WebGL for the losses of the paper',
      ['webgl', ready(0.1), cpu(5), webglRefusal({ ...libraryProblem('U2Ti'), loss: 'entropy' })],
      'webgl',
      /You chose WebGL/,
    ],
    [
      'WebGL when the CPU was not timed',
      ['auto', ready(0.04), cpu(null)],
      'webgl',
      /takes 0\.04\u202fms a cell; .*; self-check/,
    ],
    [
      'a real GPU that is not much slower: the cores stay free for descents',
      ['auto', ready(9), cpu(5)],
      'webgl',
      /free for descents/,
    ],
    [
      'the CPU in software rendering, even where WebGL was timed faster',
      ['auto', ready(0.2, true), cpu(5)],
      'worker',
      /4 CPU workers take 5\.00\u202fms a cell, WebGL \(rendered in software\) 0\.20\u202fms/,
    ],
    [
      'the CPU for a problem that WebGL cannot compute, even when WebGL was chosen',
      ['webgl', ready(0.01), cpu(5), 'WebGL computes one wavelength, not a second line'],
      'worker',
      /The CPU computes \(4 CPU workers, float64\): WebGL computes one wavelength/,
    ],
    [
      'WebGL in software when chosen',
      ['webgl', ready(9, true), cpu(5)],
      'webgl',
      /chose WebGL \(rendered in/,
    ],
  ])('is %s', (_, args, kind, reason) => {
    const choice = chooseEngine(...args);
    expect(choice.engine.kind).toBe(kind);
    expect(choice.reason).toMatch(reason);
    expect(choice.reason).toMatch(/\.$/);
  });
});
