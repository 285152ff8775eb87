import { describe, expect, it } from 'vitest';
import { LIBRARY } from '../../src/crystal/library.ts';
import { absentReflections, reflectionConditions } from '../../src/phasing/reflectionConditions.ts';
import { amplitudesOf, structureFactors } from '../../src/phasing/structureFactors.ts';
import { libraryStructure } from '../support/library.ts';

/** Demands of the space group (International Tables A), general conditions only. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  U2Ti: [],
  Au2S: ['0kl: k + l = 2n'],
  BPO4: ['hkl: h + k + l = 2n'],
  Na3MnCoNiO6: ['hkl: h + k = 2n'],
  NdAl8Cu4: ['hkl: h + k + l = 2n'],
  LiMnIr2: ['hkl: h, k, l all even or all odd'],
  Ga2O3: ['hkl: h + k = 2n'],
  MoS2: ['hhl: l = 2n'],
  SrTiO3: [],
  VNi2S3: [],
};

describe('systematic absences', () => {
  it.each(LIBRARY.map(entry => entry.id))(
    'of %s have no amplitude, and the conditions of its space group are found',
    id => {
      const structure = libraryStructure(id);
      const factors = structureFactors(structure, 0.8);
      const absent = absentReflections(structure.sites, factors.hkl);
      const amplitudes = amplitudesOf(factors);
      amplitudes.forEach((amplitude, k) => {
        if (absent[k]) expect(amplitude).toBeLessThan(5e-3 * factors.f000);
      });
      const found = reflectionConditions(factors.hkl, absent);
      const names = found.map(({ zone, condition }) => `${zone}: ${condition}`);
      for (const condition of ASKED[id]!) expect(names).toContain(condition);
      for (const { forbidden } of found) for (const row of forbidden) expect(absent[row]).toBe(1);
      const rows = found.flatMap(({ forbidden }) => forbidden);
      expect(new Set(rows).size).toBe(rows.length);
    },
  );

  it('of primitive crystals without glides or screws name nothing', () => {
    for (const id of ['U2Ti', 'SrTiO3']) {
      const structure = libraryStructure(id);
      const { hkl } = structureFactors(structure, 0.8);
      expect(reflectionConditions(hkl, absentReflections(structure.sites, hkl))).toEqual([]);
    }
  });

  it('can come from special positions alone: Pm with every element evenly on y = 0 and y = 1/2', () => {
    const structure = libraryStructure('VNi2S3');
    for (const element of ['V', 'Ni', 'S']) {
      const heights = structure.sites.filter(site => site.element === element).map(site => site.fract[1]);
      expect(heights.filter(y => y === 0).length).toBe(heights.filter(y => y === 0.5).length);
    }
    const { hkl } = structureFactors(structure, 0.8);
    const found = reflectionConditions(hkl, absentReflections(structure.sites, hkl));
    expect(found.map(({ zone, condition }) => `${zone}: ${condition}`)).toEqual(['0k0: k = 2n']);
  });

  it('stop being obeyed when one forbidden reflection is present', () => {
    const structure = libraryStructure('NdAl8Cu4');
    const { hkl } = structureFactors(structure, 1);
    const absent = absentReflections(structure.sites, hkl);
    const before = reflectionConditions(hkl, absent)[0]!;
    expect(before.cause).toBe('I centring');
    absent[before.forbidden[0]!] = 0;
    const after = reflectionConditions(hkl, absent).map(({ cause }) => cause);
    expect(after).not.toContain('I centring');
  });
});
