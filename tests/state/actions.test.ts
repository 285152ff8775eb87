import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_INPUTS } from '../../src/state/core/inputs.ts';
import { notify } from '../../src/state/core/notices.ts';
import { store } from '../../src/state/core/store.ts';
import { redo, resetSettings, undo } from '../../src/state/core/undo.ts';
import {
  chooseAxis,
  chooseStructure,
  clearStarts,
  dropAtProbe,
  dropStart,
  followRun,
  moveProbe,
  moveStart,
  probePoint,
  scrub,
  setDescent,
  setEngine,
  setFocus,
  setHover,
  setInstrument,
  setLoss,
  setRanges,
  setSlice,
  setSpeed,
  setView,
} from '../../src/state/explore/actions.ts';
import { PLACES } from '../../src/state/explore/exploreSettings.ts';
import { inputsNow, resetStore } from '../support/states.ts';

beforeEach(() => resetStore());

describe('undo and redo', () => {
  it('go back and forth through what was done, one action at a time', () => {
    setLoss('mse');
    setSlice({ resolution: 51 });
    const last = inputsNow();
    undo();
    expect(inputsNow()).toMatchObject({ loss: 'mse', slice: { resolution: 201 } });
    undo();
    expect(inputsNow()).toEqual(DEFAULT_INPUTS);
    redo();
    redo();
    expect(inputsNow()).toEqual(last);
  });

  it('at the ends do nothing', () => {
    undo();
    redo();
    expect(inputsNow()).toBe(DEFAULT_INPUTS);
  });

  it('a new action drops what could be redone', () => {
    setLoss('mse');
    undo();
    setLoss('entropy');
    redo();
    expect(inputsNow().loss).toBe('entropy');
  });

  it('skip what follows the pointer: focus, view and engine', () => {
    setFocus({ kind: 'probe', x: 5, y: 3 });
    setView({ bonds: false });
    setEngine('worker');
    expect(store.getState().past).toEqual([]);
  });

  it('remember a hundred steps', () => {
    for (let i = 0; i < 130; i++) setSlice({ resolution: 11 + i });
    expect(store.getState().past).toHaveLength(100);
    for (let i = 0; i < 130; i++) undo();
    expect(inputsNow().slice.resolution).toBe(11 + 29);
  });
});

describe('the slice', () => {
  it('choosing the parameter of the other axis swaps them with their ranges', () => {
    setSlice({ xRange: [4, 5], yRange: [2, 3] });
    chooseAxis('x', 'c');
    expect(inputsNow().slice).toMatchObject({ x: 'c', y: 'a', xRange: [2, 3], yRange: [4, 5] });
    chooseAxis('y', 'c');
    expect(inputsNow().slice).toMatchObject({ x: 'a', y: 'c', xRange: [4, 5], yRange: [2, 3] });
  });

  it('choosing another parameter takes its default range; the same one changes nothing', () => {
    setSlice({ xRange: [4, 5], yRange: [2, 3] });
    chooseAxis('x', 'gamma');
    expect(inputsNow().slice).toMatchObject({ x: 'gamma', y: 'c', xRange: null, yRange: [2, 3] });
    const before = inputsNow();
    chooseAxis('x', 'gamma');
    expect(inputsNow()).toBe(before);
  });

  it('another pair or crystal leaves no starts behind', () => {
    dropStart(5, 3, false);
    chooseAxis('x', 'b');
    chooseAxis('y', 'alpha');
    expect(inputsNow()).toMatchObject({
      starts: [],
      focus: { kind: 'truth' },
      slice: { x: 'b', y: 'alpha' },
    });
    dropStart(5, 3, false);
    setDescent({ family: 'cubic' });
    setRanges([4, 5], [80, 90], true);
    chooseStructure('Au2S');
    expect(inputsNow()).toMatchObject({
      structureId: 'Au2S',
      starts: [],
      focus: { kind: 'truth' },
      slice: { xRange: null, yRange: null },
      descent: { family: null },
    });
  });

  it('ranges stay inside what a cell can be', () => {
    chooseAxis('y', 'gamma');
    setRanges([0.1, 2], [170, 190], true);
    expect(inputsNow().slice.xRange).toEqual([0.5, 2.4]);
    expect(inputsNow().slice.yRange).toEqual([159, 179]);
    setRanges(null, null, true);
    expect(inputsNow().slice).toMatchObject({ xRange: null, yRange: null });
  });
});

describe('starts', () => {
  it('a plain one replaces those before, an additive one joins them', () => {
    dropStart(5, 3, false);
    dropStart(4.9, 2.9, true);
    expect(inputsNow().starts).toHaveLength(2);
    expect(store.getState().play).toMatchObject({ playing: true, step: 0, start: 1 });
    dropStart(4.7, 2.8, false);
    expect(inputsNow().starts).toEqual([{ x: 4.7, y: 2.8 }]);
    expect(inputsNow().focus).toEqual({ kind: 'step', start: 0, mode: 'unconstrained', step: 0 });
  });

  it('beyond the limit are refused with a notice, and nothing is lost', () => {
    for (let i = 0; i < PLACES.starts.codec.most; i++) dropStart(5, 3 + i / 100, true);
    expect(store.getState().notices).toEqual([]);
    const before = inputsNow();
    dropStart(4, 4, true);
    expect(inputsNow()).toBe(before);
    expect(store.getState().notices.map(({ id }) => id)).toEqual(['starts']);
    dropStart(4, 4, false);
    expect(inputsNow().starts).toHaveLength(1);
  });

  it('follow a descent that is asked for', () => {
    setDescent({ modes: ['constrained'] });
    dropStart(5, 3, false);
    expect(inputsNow().focus).toMatchObject({ mode: 'constrained' });
    expect(store.getState().play.follow).toBe('constrained');
  });

  it('can be moved and cleared', () => {
    dropStart(5, 3, false);
    dropStart(4.9, 2.9, true);
    moveStart(1, 4.6, 2.7, true);
    expect(inputsNow().starts).toEqual([
      { x: 5, y: 3 },
      { x: 4.6, y: 2.7 },
    ]);
    clearStarts();
    expect(inputsNow()).toMatchObject({ starts: [], focus: { kind: 'truth' } });
    expect(store.getState().play.playing).toBe(false);
  });
});

describe('the probe', () => {
  it('starts at the true cell and moves by grid steps, up to the end of the ranges', () => {
    expect(probePoint()).toEqual({ x: 4.828, y: 2.847 });
    moveProbe(1, -2);
    const point = probePoint()!;
    // ±10 % over 200 steps: one is 0.1 % of the parameter
    expect(point.x).toBeCloseTo(4.828 * 1.001, 6);
    expect(point.y).toBeCloseTo(2.847 * 0.998, 3);
    moveProbe(1000, -1000);
    expect(probePoint()).toEqual({ x: 5.3108, y: 2.5623 });
  });

  it('is where descents are dropped', () => {
    moveProbe(5, 0);
    const point = probePoint();
    dropAtProbe(false);
    expect(inputsNow().starts).toEqual([point]);
  });

  it('gives way to the pointer except while a descent plays', () => {
    setHover({ x: 5, y: 3 });
    expect(probePoint()).toEqual({ x: 5, y: 3 });
    setHover(null);
    dropStart(5, 3, false);
    setHover({ x: 4.5, y: 2.6 });
    expect(store.getState().hover).toBeNull();
  });
});

describe('settings', () => {
  it('what is no instrument is refused with its reason and changes nothing', () => {
    expect(setInstrument({ w: -1 })).toContain('peak width');
    expect(inputsNow()).toBe(DEFAULT_INPUTS);
    expect(setInstrument({ wavelength: 0.7093 })).toBeNull();
    expect(inputsNow().instrument.wavelength).toBe(0.7093);
    resetSettings('instrument');
    expect(inputsNow().instrument).toEqual(DEFAULT_INPUTS.instrument);
  });

  it("of the descent go back to the paper's", () => {
    setDescent({ learningRate: 0.01, momentum: 0.9 });
    resetSettings('descent');
    expect(inputsNow().descent).toEqual(DEFAULT_INPUTS.descent);
  });

  it('another loss frees the colour range', () => {
    setView({ colourRange: [-1, 0] });
    setLoss('mse');
    expect(inputsNow().view.colourRange).toBeNull();
  });
});

describe('the player', () => {
  it('scrubs to a step and shows it when there is a descent', () => {
    scrub(7.4);
    expect(inputsNow().focus).toEqual({ kind: 'truth' });
    dropStart(5, 3, false);
    followRun(0, 'constrained');
    scrub(7.4);
    expect(inputsNow().focus).toEqual({ kind: 'step', start: 0, mode: 'constrained', step: 7 });
    expect(store.getState().play).toMatchObject({ step: 7.4, playing: false });
    setSpeed(4);
    expect(store.getState().play.speed).toBe(4);
  });
});

describe('notices', () => {
  it('of the same id replace each other', () => {
    notify({ id: 'a', tone: 'info', text: 'one' });
    notify({ id: 'b', tone: 'info', text: 'two' });
    notify({ id: 'a', tone: 'error', text: 'three' });
    expect(store.getState().notices.map(({ text }) => text)).toEqual(['two', 'three']);
  });

  it('are cut where they would cover the page', () => {
    notify({ id: 'a', tone: 'info', text: 'x'.repeat(1e6) });
    expect(store.getState().notices.at(-1)?.text).toHaveLength(1001);
  });
});
