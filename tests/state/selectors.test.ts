import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_INPUTS } from '../../src/state/core/inputs.ts';
import { store } from '../../src/state/core/store.ts';
import type { Focus } from '../../src/state/explore/exploreSettings.ts';
import { chosenFamily, currentPoint, lastDescentStep, sliceOf } from '../../src/state/explore/selectors.ts';
import { libraryStructure } from '../support/library.ts';
import { resetStore, runOf } from '../support/states.ts';

const { cell } = libraryStructure('U2Ti');
const slice = sliceOf(DEFAULT_INPUTS, cell, 'hexagonal');
const cellAt = (focus: Focus) => {
  store.setState({ inputs: { ...DEFAULT_INPUTS, focus } });
  return currentPoint(store.getState(), slice);
};
beforeEach(() => resetStore());

describe('the slice that is asked for', () => {
  it('is ±10 % around the true cell, or the ranges of the inputs', () => {
    expect(slice).toMatchObject({ x: 'a', y: 'c', base: cell, xRange: [4.3452, 5.3108], nx: 201, ny: 201 });
    const own = sliceOf(
      { slice: { ...DEFAULT_INPUTS.slice, yRange: [2, 3], resolution: 21 } },
      cell,
      'cubic',
    );
    expect(own).toMatchObject({ xRange: [4.3452, 5.3108], yRange: [2, 3], nx: 21, ny: 21, family: 'cubic' });
  });
});

describe('the family of the projector', () => {
  it("is the crystal's unless another is chosen", () => {
    const inputs = { ...DEFAULT_INPUTS, descent: { ...DEFAULT_INPUTS.descent, family: 'cubic' as const } };
    const structure = libraryStructure('U2Ti');
    expect(chosenFamily({ inputs: DEFAULT_INPUTS, structure })).toBe('hexagonal');
    expect(chosenFamily({ inputs, structure })).toBe('cubic');
    expect(chosenFamily({ inputs: DEFAULT_INPUTS, structure: null })).toBe('triclinic');
  });
});

describe('the current crystal', () => {
  it('is the true one, the probe, a minimum or an iterate', () => {
    store.setState({
      minima: [{ x: 4.7, y: 2.9, value: -0.5, prominence: 0.1, index: 0 }],
      runs: [runOf(0, 'unconstrained', 4), runOf(0, 'constrained', 2)],
    });
    expect(cellAt({ kind: 'truth' })).toEqual(cell);
    expect(cellAt({ kind: 'probe', x: 5, y: 3 })).toEqual([5, 4.828, 3, 90, 90, 120]);
    expect(cellAt({ kind: 'minimum', index: 0 })).toEqual([4.7, 4.828, 2.9, 90, 90, 120]);
    expect(cellAt({ kind: 'step', start: 0, mode: 'unconstrained', step: 2 })?.[0]).toBeCloseTo(5.002, 12);
  });

  it('of a descent that ended earlier is its last iterate', () => {
    store.setState({ runs: [runOf(0, 'constrained', 2)] });
    expect(cellAt({ kind: 'step', start: 0, mode: 'constrained', step: 99 })?.[0]).toBeCloseTo(5.001, 12);
  });

  it('is none while there is no such minimum, descent or iterate', () => {
    store.setState({ runs: [runOf(0, 'constrained', 0)] });
    expect(cellAt({ kind: 'minimum', index: 3 })).toBeNull();
    expect(cellAt({ kind: 'step', start: 0, mode: 'constrained', step: 0 })).toBeNull();
    expect(cellAt({ kind: 'step', start: 1, mode: 'constrained', step: 0 })).toBeNull();
  });

  it('is the point under the pointer, unless a descent plays', () => {
    store.setState({ hover: { x: 5, y: 3 } });
    expect(cellAt({ kind: 'truth' })?.[0]).toBe(5);
    store.setState(({ play }) => ({ play: { ...play, playing: true } }));
    expect(cellAt({ kind: 'truth' })).toEqual(cell);
  });

  it('the longest descent says how far the scrubber goes', () => {
    expect(lastDescentStep({ runs: [] })).toBe(0);
    expect(lastDescentStep({ runs: [runOf(0, 'constrained', 3), runOf(0, 'unconstrained', 9)] })).toBe(8);
  });
});
