import { beforeEach, describe, expect, it } from 'vitest';
import { store } from '../../src/state/core/store.ts';
import { dropStart, setSpeed } from '../../src/state/explore/actions.ts';
import { advance, stepBy, togglePlay } from '../../src/state/explore/playback.ts';
import { inputsNow, resetStore, runOf } from '../support/states.ts';

const play = () => store.getState().play;
beforeEach(() => {
  resetStore();
  dropStart(5, 3, false);
  store.setState({ runs: [runOf(0, 'unconstrained', 3001), runOf(0, 'constrained', 11)] });
});

describe('the player', () => {
  it('shows the longest descent in six seconds and stops at its end', () => {
    advance(3000);
    expect(play().step).toBeCloseTo(1500, 6);
    expect(inputsNow().focus).toMatchObject({ kind: 'step', step: 1500 });
    advance(2999);
    expect(play().playing).toBe(true);
    advance(2);
    expect(play()).toMatchObject({ step: 3000, playing: false });
    advance(1000);
    expect(play().step).toBe(3000);
  });

  it('at twice the speed goes twice as far', () => {
    setSpeed(2);
    advance(600);
    expect(play().step).toBeCloseTo(600, 6);
  });

  it('waits at the newest step of a descent that is still computing', () => {
    store.setState({ runs: [runOf(0, 'unconstrained', 51, { status: 'computing' })] });
    advance(60_000);
    expect(play()).toMatchObject({ step: 50, playing: true });
    store.setState({ runs: [runOf(0, 'unconstrained', 61, { status: 'done' })] });
    advance(60_000);
    expect(play()).toMatchObject({ step: 60, playing: false });
  });

  it('a short descent still takes its time: 200 steps in six seconds', () => {
    store.setState({ runs: [runOf(0, 'unconstrained', 41)] });
    advance(600);
    expect(play().step).toBeCloseTo(20, 6);
  });

  it('pauses, goes on, and starts again from the end', () => {
    advance(1500);
    togglePlay();
    expect(play().playing).toBe(false);
    const { step } = play();
    advance(1500);
    expect(play().step).toBe(step);
    togglePlay();
    expect(play()).toMatchObject({ playing: true, step });
    advance(60_000);
    togglePlay();
    expect(play()).toMatchObject({ playing: true, step: 0 });
  });

  it('steps by hand between the ends', () => {
    stepBy(-5);
    expect(play()).toMatchObject({ step: 0, playing: false });
    stepBy(10);
    expect(play().step).toBe(10);
    stepBy(1e6);
    expect(play().step).toBe(3000);
  });

  it('steps back at once from a step beyond the end, which a link may name', () => {
    store.setState(state => ({ play: { ...state.play, step: 30_000, playing: false } }));
    stepBy(-1);
    expect(play().step).toBe(2999);
  });

  it('has nothing to play without descents', () => {
    store.setState(state => ({ runs: [], play: { ...state.play, playing: false } }));
    togglePlay();
    expect(play().playing).toBe(false);
  });
});
