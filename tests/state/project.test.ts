import { describe, expect, it } from 'vitest';
import { settled } from '../../src/formats/compactStructure.ts';
import { looksLikeProject, type Project, projectText, readProject } from '../../src/formats/projectFile.ts';
import { libraryStructure } from '../support/library.ts';
import { fc } from '../support/seeded.ts';

const PROJECT: Project = {
  link: 'v=1&s=own-abcdefgh',
  crystals: [{ id: 'own-abcdefgh', structure: settled(libraryStructure('Au2S')) }],
  patterns: [
    {
      id: 'xrd-12345678',
      pattern: {
        name: 'a scan',
        twoTheta: Float64Array.of(10, 10.02, 10.04),
        intensity: Float64Array.of(1, 5, 2),
        sigma: Float64Array.of(1, 2.2, 1.4),
        unit: 'counts',
        wavelength: { alpha1: 1.5406, alpha2: 1.5444, ratio: 0.5, source: 'header' },
        assumptions: ['a comma is a decimal sign'],
      },
    },
  ],
};
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = projectText(PROJECT, '2026-01-01T00:00:00Z', { map: null });
const changed = (change: (json: Record<string, never>) => void): Uint8Array => {
  const json = JSON.parse(text);
  change(json);
  return bytes(JSON.stringify(json));
};

describe('a project file', () => {
  it('reads back as it was written', () => {
    expect(looksLikeProject(bytes(text))).toBe(true);
    expect(readProject(bytes(text))).toEqual({ ok: true, value: PROJECT, warnings: [] });
  });

  it.each<[string, (json: never) => void, string]>([
    ['another version', (json: { version: number }) => void (json.version = 9), 'has version 9'],
    ['no link', (json: { link?: string }) => void delete json.link, 'has no link'],
    [
      'a foreign identity',
      (json: { crystals: { id: string }[] }) => void (json.crystals[0]!.id = '../x'),
      'crystal 1 has no identity',
    ],
    [
      'a broken crystal',
      (json: { crystals: { structure: unknown }[] }) => void (json.crystals[0]!.structure = [1]),
      'crystal 1: ',
    ],
    [
      'columns of different lengths',
      (json: { patterns: { intensity: number[] }[] }) => void json.patterns[0]!.intensity.pop(),
      'columns of different lengths',
    ],
    [
      'angles that fall',
      (json: { patterns: { two_theta_deg: number[] }[] }) => void json.patterns[0]!.two_theta_deg.reverse(),
      'angles that do not rise',
    ],
    [
      'a text among the numbers',
      (json: { patterns: { intensity: unknown[] }[] }) => void (json.patterns[0]!.intensity[1] = 'five'),
      'pattern 1 has no list of 2 to 1000000 finite intensities',
    ],
    [
      'an intensity of 1e60, whose squares no sum holds',
      (json: { patterns: { intensity: number[] }[] }) => void (json.patterns[0]!.intensity[1] = 1e60),
      'pattern 1 has no list of 2 to 1000000 finite intensities',
    ],
    [
      'a wavelength of 50 Å',
      (json: { patterns: { wavelength: { alpha1: number } }[] }) =>
        void (json.patterns[0]!.wavelength.alpha1 = 50),
      'no wavelength of 0.1–10 Å',
    ],
    [
      'too many crystals',
      (json: { crystals: unknown[] }) => void (json.crystals = Array(99).fill(null)),
      'is not a list of at most 12',
    ],
  ] as [string, (json: never) => void, string][])(
    'with %s is refused with the reason',
    (_, change, reason) => {
      const read = readProject(changed(change as never));
      expect(read.ok ? '' : read.message).toContain(reason);
    },
  );

  it('with a name that reaches a prototype is refused', () => {
    const read = readProject(bytes(text.replace('"version"', '"__proto__":{"polluted":1},"version"')));
    expect(read.ok).toBe(false);
    expect('polluted' in {}).toBe(false);
  });

  it('that is damaged is refused or still a project, never an error', () => {
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ maxLength: 3 }), (at, piece) => {
        const read = readProject(bytes(text.slice(0, at) + piece + text.slice(at + 1)));
        if (!read.ok) expect(read.message).not.toBe('');
      }),
      { numRuns: 2000 },
    );
  });
});
