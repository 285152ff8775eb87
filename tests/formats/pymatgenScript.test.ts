import { describe, expect, it } from 'vitest';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { pymatgenScript } from '../../src/formats/pymatgenScript.ts';
import fixture from '../fixtures/script-pattern.json' with { type: 'json' };
import { expectClose } from '../support/expectClose.ts';
import { SCRIPT_CASES } from './scriptCases.ts';

describe.each(SCRIPT_CASES.map((entry, i) => [entry.structure.formula, entry, fixture.cases[i]!] as const))(
  'the script for %s',
  (_, { structure, instrument }, stored) => {
    it('is the one that was run', () => {
      expect(pymatgenScript(structure, instrument)).toBe(stored.script);
    });

    it('computes the pattern that is on screen', () => {
      const model = scatteringModel(structure.sites, instrument, structure.cell);
      const pattern = simulatePattern(model, structure.cell);
      const points = stored.everyTwentyFifth.map((__, i) => pattern[25 * i]!);
      // Nine digits in the file that Python wrote.
      expectClose(points, stored.everyTwentyFifth, { relative: 1e-7, absolute: 0 }, 'pattern');
    });
  },
);
