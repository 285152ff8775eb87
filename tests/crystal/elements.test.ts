import { describe, expect, it } from 'vitest';
import table from '../../src/crystal/data/elements.json' with { type: 'json' };
import { elementData, isElement } from '../../src/crystal/elements.ts';
import { elementsOf } from '../../src/crystal/structure.ts';
import { formFactorOf, hasFormFactor } from '../../src/diffraction/formFactor.ts';

describe('the element table', () => {
  it('has atomic numbers 1 to 98, each once', () => {
    const numbers = Object.values(table.elements).map(entry => entry.z);
    expect(numbers.toSorted((p, q) => p - q)).toEqual(Array.from({ length: 98 }, (_, i) => i + 1));
  });

  it('knows atomic numbers by heart', () => {
    const expected = { H: 1, C: 6, O: 8, Ti: 22, Sr: 38, Au: 79, U: 92 };
    for (const [symbol, z] of Object.entries(expected)) expect(elementData(symbol).z).toBe(z);
  });

  it('gives every element a scattering factor, a radius in angstrom and a colour', () => {
    for (const symbol of Object.keys(table.elements)) {
      const { covalentRadius, colour } = elementData(symbol);
      expect(hasFormFactor(symbol), symbol).toBe(true);
      expect(formFactorOf(symbol).a, symbol).toHaveLength(4);
      expect(covalentRadius, symbol).toBeGreaterThan(0.2);
      expect(covalentRadius, symbol).toBeLessThan(3);
      expect(
        colour.every(part => Number.isInteger(part) && part >= 0 && part <= 255),
        symbol,
      ).toBe(true);
    }
  });

  it('refuses what is no element, names of object methods included', () => {
    for (const name of ['Xx', '', 'toString', '__proto__', 'constructor', 'fe']) {
      expect(isElement(name), name).toBe(false);
      expect(hasFormFactor(name), name).toBe(false);
      expect(() => elementData(name)).toThrow(`"${name}" is not an element symbol`);
      expect(() => formFactorOf(name)).toThrow(`"${name}"`);
    }
  });

  it('lists the elements of a crystal once, in order of appearance', () => {
    const site = (element: string) => ({ label: element, element, fract: [0, 0, 0] as const, occupancy: 1 });
    expect(elementsOf(['O', 'Ti', 'O', 'Sr'].map(site))).toEqual(['O', 'Ti', 'Sr']);
  });
});
