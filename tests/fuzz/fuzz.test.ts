import { describe, expect, it } from 'vitest';
import { fc } from '../support/seeded.ts';
import { mutated } from './mutate.ts';
import { FUZZED } from './parsers.ts';

describe('any file gives a sound result or a message', () => {
  it.each(FUZZED.map(entry => [entry.name, entry] as const))(
    '%s: 2,000 mutated files',
    (_, { seeds, check }) => {
      fc.assert(
        fc.property(fc.nat(), seed => check(mutated(seeds, seed))),
        { numRuns: 2000 },
      );
    },
  );

  it.each(FUZZED.map(entry => [entry.name, entry] as const))('%s: arbitrary bytes', (_, { check }) => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), check), { numRuns: 300 });
  });

  it('the files that are mutated are themselves read', () => {
    for (const { name, seeds } of FUZZED) expect(seeds.length, name).toBeGreaterThan(0);
  });

  it('a mutation is the same for the same seed, and another for another', () => {
    const seeds = FUZZED[0]!.seeds;
    expect(mutated(seeds, 7)).toEqual(mutated(seeds, 7));
    expect(mutated(seeds, 7)).not.toEqual(mutated(seeds, 8));
  });
});
