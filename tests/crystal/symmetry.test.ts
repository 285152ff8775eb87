import { describe, expect, it } from 'vitest';
import { applyOperator, orbit, parseOperator, type SymmetryOperator } from '../../src/crystal/symmetry.ts';
import { fc } from '../support/seeded.ts';

const operators = (...texts: string[]): SymmetryOperator[] =>
  texts.map(text => {
    const operator = parseOperator(text);
    if (!operator) throw new Error(`"${text}" was not read`);
    return operator;
  });

/** Pm-3m: all permutations of x, y, z with all signs. */
const PM3M = operators(
  ...['x,y,z', 'x,z,y', 'y,x,z', 'y,z,x', 'z,x,y', 'z,y,x'].flatMap(order =>
    [0, 1, 2, 3, 4, 5, 6, 7].map(signs =>
      order
        .split(',')
        .map((letter, i) => ((signs >> i) & 1 ? `-${letter}` : letter))
        .join(','),
    ),
  ),
);

describe('reading operators', () => {
  it.each<[string, number[], number[]]>([
    ['x,y,z', [1, 0, 0, 0, 1, 0, 0, 0, 1], [0, 0, 0]],
    ['-y,x-y,z+1/3', [0, -1, 0, 1, -1, 0, 0, 0, 1], [0, 0, 1 / 3]],
    ['1/2+X, -Y , 0.25-Z', [1, 0, 0, 0, -1, 0, 0, 0, -1], [0.5, 0, 0.25]],
    ["'y+x,-1*x,+z-1/4'", [1, 1, 0, -1, 0, 0, 0, 0, 1], [0, 0, -0.25]],
  ])('%s', (text, rotation, translation) => {
    const found = parseOperator(text);
    expect(found?.rotation).toEqual(rotation);
    for (const i of [0, 1, 2]) expect(found?.translation[i]).toBeCloseTo(translation[i]!, 12);
  });

  it.each(['', 'x,y', 'x,y,z,x', 'x,y,w', 'x,,z', 'x,y,z+', 'x y z', 'x,y,2/', 'x,y,--z', 'P 1'])(
    '"%s" is no operator',
    text => {
      expect(parseOperator(text)).toBeNull();
    },
  );

  it('what would divide by zero or flatten space is no operator', () => {
    expect(parseOperator('x+1/0,y,z')).toBeNull();
    expect(parseOperator('x,x,z')).toBeNull();
    expect(parseOperator('2x,y,z')).toBeNull();
    expect(parseOperator('1/2,y,z')).toBeNull();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."xyz+-*/0123.,' ") }), text => {
        const found = parseOperator(text);
        if (found) expect([...found.rotation, ...found.translation].every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('positions', () => {
  it('wrap into [0, 1), the tiniest negative number included', () => {
    const [inverse] = operators('-x,-y,-z');
    expect(applyOperator(inverse!, [0.25, 1e-18, 0])).toEqual([0.75, 0, 0]);
  });

  // Multiplicities of Wyckoff positions of Pm-3m, International Tables A, No. 221.
  it.each<[string, [number, number, number], number]>([
    ['a 0,0,0', [0, 0, 0], 1],
    ['b 1/2,1/2,1/2', [0.5, 0.5, 0.5], 1],
    ['c 0,1/2,1/2', [0, 0.5, 0.5], 3],
    ['e x,0,0', [0.2, 0, 0], 6],
    ['g x,x,x', [0.2, 0.2, 0.2], 8],
    ['i 0,y,y', [0, 0.2, 0.2], 12],
    ['n x,y,z', [0.1, 0.2, 0.35], 48],
  ])('Wyckoff position %s has its multiplicity', (_, position, multiplicity) => {
    expect(orbit(PM3M, position)).toHaveLength(multiplicity);
  });

  it('four decimals of one third under a threefold axis give one position, not three', () => {
    const threefold = operators('x,y,z', '-y,x-y,z', '-x+y,-x,z');
    expect(orbit(threefold, [0.3333, 0.6667, 0.1])).toHaveLength(1);
    expect(orbit(threefold, [0.31, 0.66, 0.1])).toHaveLength(3);
  });

  it('positions on the two sides of a cell face are near each other', () => {
    expect(orbit(operators('x,y,z', '-x,-y,-z'), [0.0002, 0, 0.9998])).toHaveLength(1);
    expect(orbit(operators('x,y,z', '-x,-y,-z'), [0.02, 0, 0.98])).toHaveLength(2);
  });

  it('an orbit is the same set from any of its members', () => {
    const near = (p: number[], q: number[]): boolean =>
      p.every((value, i) => Math.abs(value - q[i]! - Math.round(value - q[i]!)) < 1e-6);
    const all = orbit(PM3M, [0.1, 0.2, 0.35]);
    for (const member of all.slice(0, 6)) {
      const again = orbit(PM3M, member);
      expect(again.filter(p => all.some(q => near(p, q)))).toHaveLength(48);
    }
  });
});
