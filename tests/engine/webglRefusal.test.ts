import { describe, expect, it } from 'vitest';
import { asWebglCan, webglRefusal } from '../../src/engine/webgl/webglRefusal.ts';
import { libraryProblem } from '../support/problems.ts';

describe('problems that WebGL hands over', () => {
  const plain = libraryProblem('U2Ti');
  const doublet = { ...plain, instrument: { ...plain.instrument, secondWavelength: 1.54439 } };
  const masked = { ...plain, excluded: new Uint8Array(plain.target.length) };

  it('are those with a second line, those that leave bins out and losses along 2θ', () => {
    expect(webglRefusal(plain)).toBeNull();
    expect(webglRefusal(doublet)).toContain('one wavelength');
    expect(webglRefusal(masked)).toContain('leave some out');
    expect(webglRefusal({ ...plain, loss: 'gpwdf' })).toContain('GPWDF weighs peaks by their distance');
  });

  it('are timed without what it cannot do', () => {
    expect(asWebglCan(plain)).toBe(plain);
    for (const problem of [doublet, masked]) expect(webglRefusal(asWebglCan(problem))).toBeNull();
  });
});
