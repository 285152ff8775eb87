import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sliceProblem } from '../../src/landscape/slice.ts';
import { DEFAULT_INPUTS } from '../../src/state/core/inputs.ts';
import { readLink } from '../../src/state/core/permalink.ts';
import { sliceOf } from '../../src/state/explore/selectors.ts';
import { FAILURE_IDS, PRESET_IDS } from '../../src/state/gallery/gallerySettings.ts';
import { PRESETS, presetLink, presetOf } from '../../src/state/gallery/presets.ts';
import { modelFor, structureOf } from './figures.ts';

const FOLDER = join(import.meta.dirname, '../../public/gallery');

describe('the pictures of the gallery', () => {
  it('are one for each id', () => {
    expect(PRESETS.map(({ id }) => id).sort()).toEqual([...PRESET_IDS].sort());
    for (const id of FAILURE_IDS) expect(presetOf(id as (typeof PRESET_IDS)[number]).kind).toBe('failure');
  });

  it.each(PRESET_IDS)('%s: its stored pictures are there and small', id => {
    const files = readdirSync(FOLDER).filter(name => name.replace(/-(light|dark)\.webp$/, '') === id);
    expect(files.sort()).toEqual([`${id}-dark.webp`, `${id}-light.webp`]);
    for (const name of files) {
      const bytes = readFileSync(join(FOLDER, name));
      expect(bytes.subarray(8, 12).toString()).toBe('WEBP');
      expect(bytes.length).toBeLessThan(40_000);
    }
  });

  it('of the folder are all of the list', () => {
    expect(readdirSync(FOLDER)).toHaveLength(2 * PRESET_IDS.length);
  });

  it.each(PRESETS)('$id: its link reads back to its state and caption, nothing refused', preset => {
    const { inputs, refused } = readLink(presetLink(preset));
    expect(refused).toEqual([]);
    expect(inputs).toEqual({ ...preset.inputs, gallery: { ...DEFAULT_INPUTS.gallery, caption: preset.id } });
  });

  it.each(PRESETS)('$id: its slice can be computed, and its start lies on the map', preset => {
    const { inputs } = preset;
    const structure = structureOf(preset);
    const family = inputs.descent.family ?? structure.family;
    const slice = sliceOf(inputs, structure.cell, family, modelFor(preset, structure));
    expect(sliceProblem(slice)).toBeNull();
    for (const { x, y, cell } of inputs.starts) {
      if (cell) continue;
      expect([
        slice.xRange[0] <= x && x <= slice.xRange[1],
        slice.yRange[0] <= y && y <= slice.yRange[1],
      ]).toEqual([true, true]);
    }
  });

  it('keep the look and the engine of who opens them, and drop zoom and colour range', () => {
    const view = {
      ...DEFAULT_INPUTS.view,
      relief: false,
      zoom: [20, 40] as const,
      colourRange: [-1, 0] as const,
    };
    const link = presetLink(presetOf('fig2'), { ...DEFAULT_INPUTS, view, engine: 'worker' });
    const { inputs } = readLink(link);
    expect(inputs.view).toEqual({ ...DEFAULT_INPUTS.view, relief: false });
    expect(inputs.engine).toBe('worker');
  });

  it('say what to see and try in words, without a number of a result', () => {
    for (const { see, attempt } of PRESETS)
      for (const text of [see, attempt]) {
        // Symmetry's own angles and the settings named in a step may stand there.
        const numbers = text.replaceAll(/90°|2\/λ|to 0\b/g, '').match(/\d[\d.]*/g);
        expect(numbers).toBeNull();
      }
  });
});
