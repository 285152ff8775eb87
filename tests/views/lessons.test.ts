import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PhasingEngine } from '../../src/engine/phasingEngine.ts';
import { contributions } from '../../src/phasing/contributions.ts';
import { differenceCounts } from '../../src/phasing/homometric.ts';
import type { Fract } from '../../src/phasing/positions.ts';
import { DEFAULT_INPUTS } from '../../src/state/core/inputs.ts';
import { store } from '../../src/state/core/store.ts';
import { homometricPair } from '../../src/state/phases/homometricPair.ts';
import { moveAtom, setPhases } from '../../src/state/phases/phasesActions.ts';
import { startPhasesJobs } from '../../src/state/phases/phasesJobs.ts';
import type { ExperimentId } from '../../src/state/phases/phasesSettings.ts';
import {
  factsOf,
  LESSONS,
  type LessonFacts,
  lessonText,
  neighbour,
  openLesson,
} from '../../src/views/phases/lessons.ts';
import {
  findRow,
  mateOf,
  resultant,
  rowAt,
  spreadOf,
  strongestFirst,
} from '../../src/views/phases/reflections.ts';
import { tellingRow } from '../../src/views/phases/useLab.ts';
import { settled } from '../support/deferred.ts';
import { libraryStructure } from '../support/library.ts';
import { stubLibraryFetch } from '../support/libraryFetch.ts';
import { memoryPool } from '../support/memoryWorker.ts';
import { resetStore } from '../support/states.ts';

vi.setConfig({ testTimeout: 120_000 });

const { pool } = memoryPool(1);
let stop = (): void => {};

beforeAll(stubLibraryFetch);
beforeEach(() => {
  resetStore();
  stop = startPhasesJobs(new PhasingEngine(pool));
});
afterEach(() => stop());
afterAll(() => {
  pool.dispose();
  vi.unstubAllGlobals();
  resetStore();
});

const lab = () => store.getState().phases;
const settings = () => store.getState().inputs.phases;
const crystal = () => store.getState().structure!;

/** Until everything that the settings ask for has been computed. */
async function computed(): Promise<void> {
  const { structureId } = store.getState().inputs;
  if (store.getState().structureId !== structureId)
    store.setState({ structure: libraryStructure(structureId), structureId });
  const idle = (): void => {
    const { waves, pattern, maps, patterson, search, pair, powder, flip, donor } = lab();
    for (const { status, message } of [waves, pattern, maps, patterson, search, pair, powder, flip])
      expect(`${status} ${message}`).not.toMatch(/computing|failed/);
    if (settings().phases === 'borrowed' && settings().experiment === 'swap')
      expect(donor?.id).toBe(settings().donor);
  };
  for (let calm = 0; calm < 3; calm++) {
    await vi.waitFor(idle, { timeout: 110_000, interval: 5 });
    await settled();
  }
}

/** The facts of the step on screen, with the reflection that the page would choose. */
function factsNow(): LessonFacts {
  const { waves, maps } = lab();
  const list = (settings().experiment === 'waves' ? waves : maps).value?.reflections;
  const hkl = settings().hkl ?? (list && tellingRow(crystal(), list)?.hkl) ?? null;
  return factsOf(store.getState(), crystal(), hkl);
}

/** The sentence on screen. */
const sentence = (): string => lessonText(LESSONS[settings().experiment][settings().step]!, factsNow());

/** Opens a step as the page does and waits for what it computes; the sentence. */
async function show(experiment: ExperimentId, step: number): Promise<string> {
  openLesson({ experiment, step }, store.getState().structureId ? factsNow() : null);
  await computed();
  return sentence();
}

/** Opens a step on a crystal of the reader. */
async function showOn(id: string, experiment: ExperimentId, step: number): Promise<string> {
  openLesson({ experiment, step }, null, id);
  await computed();
  return sentence();
}

const wrapped = (degrees: number): number => degrees - 360 * Math.round(degrees / 360);

/** The section on screen at a place in it: the nearest point. */
function at(
  map: { section: { nu: number; nv: number; values: Float64Array } },
  u: number,
  v: number,
): number {
  const { nu, nv, values } = map.section;
  const part = (value: number): number => value - Math.floor(value);
  return values[Math.round(part(v) * (nv - 1)) * nu + Math.round(part(u) * (nu - 1))]!;
}

/** Mean of a map over the atoms of a crystal that lie in the section y = 0, which runs along z and x. */
function overAtoms(map: Parameters<typeof at>[0], id: string): number {
  const values = libraryStructure(id)
    .sites.filter(({ fract }) => Math.abs(wrapped(360 * fract[1])) < 1)
    .map(({ fract }) => at(map, ...inPlane(fract)));
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

const inPlane = ([x, , z]: Fract): readonly [number, number] => [x, z];

/** What holds each sentence, on the crystal that its step opens with: numbers that the text does not come from. */
const HOLDS: Readonly<Record<ExperimentId, readonly ((text: string) => unknown)[]>> = {
  waves: [
    text => {
      const { hkl } = factsNow();
      const arrows = contributions(crystal(), hkl!);
      const rows = lab().waves.value!.reflections;
      const row = rowAt(rows, strongestFirst(rows).find(k => rowAt(rows, k).hkl.join() === hkl!.join())!);
      const { re, im } = resultant(arrows);
      expect(Math.hypot(re, im)).toBeCloseTo(row.amplitude, 8);
      expect(wrapped((Math.atan2(im, re) * 180) / Math.PI - row.phase)).toBeCloseTo(0, 8);
      expect(spreadOf(arrows)).toBeGreaterThan(0.15);
      expect(text).not.toContain('one line');
    },
    async () => {
      const { hkl } = factsNow();
      const amplitude = (): number => {
        const rows = lab().waves.value!.reflections;
        return rowAt(rows, strongestFirst(rows).find(k => rowAt(rows, k).hkl.join() === hkl!.join())!)
          .otherAmplitude;
      };
      const [before, pattern] = [amplitude(), lab().pattern.value!.values];
      const site = crystal().sites.findIndex(({ element }) => element === 'P');
      moveAtom([site], [0.1, 0.2, 0.3], true);
      await computed();
      expect(Math.abs(amplitude() - before)).toBeGreaterThan(1);
      const moved = lab().pattern.value!.values;
      expect(Math.max(...moved.map((value, i) => Math.abs(value - pattern[i]!)))).toBeGreaterThan(
        0.01 * Math.max(...pattern),
      );
    },
    text => {
      const { hkl } = factsNow();
      const [one, other] = [hkl!, mateOf(hkl!)].map(each => resultant(contributions(crystal(), each)));
      expect(one!.re).toBeCloseTo(other!.re, 9);
      expect(one!.im).toBeCloseTo(-other!.im, 9);
      expect(Math.abs(one!.im)).toBeGreaterThan(0.3 * Math.hypot(one!.re, one!.im));
      const degrees = Math.round((Math.atan2(one!.im, one!.re) * 180) / Math.PI);
      expect(text).toContain(`φ changes its sign: ${`${degrees}`.replace('-', '−')}° and`);
    },
    text => {
      const arrows = contributions(crystal(), factsNow().hkl!);
      for (const element of ['B', 'P', 'O']) {
        const own = arrows.filter(({ site }) => crystal().sites[site]!.element === element);
        const { re, im } = resultant(own);
        expect(Math.hypot(re, im)).toBeLessThan(1e-9);
        expect(Math.min(...own.map(({ amplitude }) => amplitude))).toBeGreaterThan(0.5);
      }
      expect(text).toContain('close into a polygon');
    },
    text => {
      const { amplitude, otherAmplitude, phase, otherPhase, hkl, d } = lab().waves.value!.reflections;
      const step = [0.1, 0.05, 0.2];
      for (let k = 0; k < d.length; k++) {
        expect(otherAmplitude[k]).toBeCloseTo(amplitude[k]!, 8);
        const turn = 360 * step.reduce((sum, part, i) => sum + part * hkl[3 * k + i]!, 0);
        if (amplitude[k]! > 0.01) expect(wrapped(otherPhase[k]! - phase[k]! - turn)).toBeCloseTo(0, 6);
      }
      const [h, k, l] = factsNow().hkl!;
      const turn = wrapped(360 * (0.1 * h + 0.05 * k + 0.2 * l));
      expect(text).toContain(`this one by ${`${Math.round(turn)}`.replace('-', '−')}°`);
    },
  ],
  swap: [
    text => {
      const { truth } = lab().maps.value!;
      const inside = crystal().sites.filter(({ fract }) => Math.abs(fract[1]) < 1e-9);
      expect(text).toContain(
        `it shows the atoms, ${inside.length} of ${crystal().sites.length} in this section`,
      );
      const sorted = [...truth.section.values].sort((p, q) => p - q);
      const ninth = sorted[Math.floor(0.9 * sorted.length)]!;
      for (const { fract } of inside) expect(at(truth, ...inPlane(fract))).toBeGreaterThan(ninth);
    },
    text => {
      const { other, truth } = lab().maps.value!;
      expect(overAtoms(other, 'SrTiO3')).toBeGreaterThan(2 * overAtoms(other, 'Ga2O3'));
      expect(overAtoms(truth, 'Ga2O3')).toBeGreaterThan(2 * overAtoms(truth, 'SrTiO3'));
      const row = findRow(lab().maps.value!.reflections, settings().hkl!)!;
      expect(Math.abs(wrapped(row.otherPhase - row.phase))).toBeGreaterThan(90);
      expect(spreadOf(contributions(crystal(), row.hkl))).toBeGreaterThan(0.3);
      expect(text).toContain('peaks move towards the atoms of `SrTiO3`');
    },
    text => {
      const { other, truth } = lab().maps.value!;
      expect(overAtoms(other, 'Ga2O3')).toBeLessThan(0.3 * overAtoms(truth, 'Ga2O3'));
      expect(text).toContain('a map without atoms');
    },
    text => {
      const { correlation } = lab().maps.value!;
      expect(Math.abs(correlation - Math.exp(-0.5 * (Math.PI / 4) ** 2))).toBeLessThan(0.1);
      expect(text).toContain('0.73 for *w* = 45°');
      expect(text).toContain(`give ${correlation.toFixed(2)}`);
    },
    text => {
      const { other } = lab().maps.value!;
      expect(at(other, 0, 0)).toBeGreaterThanOrEqual(other.highest * (1 - 1e-9));
      expect(at(other, 0, 0)).toBe(other.section.highest);
      expect(text).not.toContain('outside this section');
    },
    async text => {
      const { truth, reflections } = lab().maps.value!;
      expect(truth.lowest).toBeLessThan(-1);
      expect(text).toContain(`only the ${reflections.d.length} reflections with *d* ≥ 2`);
      setPhases({ dMin: 1 });
      await computed();
      const all = lab().maps.value!;
      expect(all.truth.highest).toBeGreaterThan(2 * truth.highest);
      expect(all.reflections.d.length).toBeGreaterThan(5 * reflections.d.length);
    },
  ],
  patterson: [
    text => {
      const { vectors, map, origin } = lab().patterson.value!;
      const inside = vectors.filter(({ vector }) => Math.abs(wrapped(360 * vector[1])) < 1e-6);
      expect(Number(/(\d+) of the vectors listed end in this section/.exec(text)?.[1])).toBe(inside.length);
      expect(inside.length).toBeGreaterThan(10);
      expect(at(map, 0, 0)).toBeCloseTo(origin, 6);
      const means = [vectors.slice(0, 20), vectors.slice(-20)].map(
        part => part.reduce((sum, { height }) => sum + height, 0) / 20,
      );
      expect(means[0]).toBeGreaterThan(2 * means[1]!);
    },
    text => {
      const { vectors, origin } = lab().patterson.value!;
      const highest = Math.max(...vectors.map(({ height }) => height));
      expect(origin).toBeLessThan(0.3 * highest);
      expect(text).toMatch(/are left at the origin/);
    },
    async () => {
      const drop = (): number => {
        const { map, vectors } = lab().patterson.value!;
        const { vector } = vectors.find(entry => Math.abs(wrapped(360 * entry.vector[1])) < 1e-6)!;
        const [u, v] = inPlane(vector);
        return at(map, u + 0.4 / crystal().cell[0], v) / at(map, u, v);
      };
      const sharp = drop();
      setPhases({ sharpen: false });
      await computed();
      expect(sharp).toBeLessThan(0.9 * drop());
    },
  ],
  homometric: [
    () => {
      const { amplitudeDifference, patternDifference, matched, distance } = lab().pair.value!;
      expect(amplitudeDifference).toBeLessThan(1e-12);
      expect(patternDifference).toBeLessThan(1e-9);
      expect(matched).toBe(false);
      expect(distance).toBeGreaterThan(0.1);
      const { sets, n } = homometricPair(lab().search.value, settings(), crystal())!;
      expect(differenceCounts(sets[0], n)).toEqual(differenceCounts(sets[1], n));
    },
    text => {
      const { n, k, classes } = lab().search.value!;
      expect([n, k]).toEqual([12, 5]);
      expect(text).toContain(
        `All sets of 5 points on 12 divisions, sorted by their differences: ${classes.length} `,
      );
      expect(classes.length).toBe(3);
    },
  ],
  powder: [
    text => {
      const { complex, friedel, laue, shells, resolved } = lab().powder.value!.counts;
      const left = [complex, friedel, laue, shells, resolved];
      for (const [i, count] of left.slice(1).entries()) expect(count).toBeLessThan(left[i]!);
      expect(text).not.toContain('nothing is lost');
    },
    async text => {
      const { counts, groups } = lab().powder.value!;
      const exact = groups.filter(({ forms }) => forms > 1).map(({ hkl }) => hkl.join());
      expect(text).toContain(`${counts.overlapped} of ${counts.shells}`);
      expect(text).toContain(`${exact.length} peaks hold such`);
      setPhases({ widthScale: 1 });
      await computed();
      const before = lab().powder.value!;
      expect(before.counts.overlapped).toBeGreaterThan(2 * counts.overlapped);
      expect(before.groups.filter(({ forms }) => forms > 1).map(({ hkl }) => hkl.join())).toEqual(exact);
      expect(exact.length).toBeGreaterThan(0);
    },
  ],
  flipping: [
    text => {
      const { end, rValues, phaseErrors } = lab().flip;
      expect(end!.found).toBe(end!.atoms);
      expect(text).toContain(`all ${end!.atoms} atoms are found`);
      // Together: both have fallen at the end, and neither had at first.
      expect(rValues.at(-1)).toBeLessThan(0.5 * rValues[2]!);
      expect(phaseErrors.at(-1)).toBeLessThan(20);
      expect(phaseErrors[2]).toBeGreaterThan(45);
    },
    text => {
      const { end } = lab().flip;
      expect(end!.found).toBeLessThan(0.5 * end!.atoms);
      expect(end!.frame.phaseErrors.at(-1) ?? lab().flip.phaseErrors.at(-1)).toBeGreaterThan(60);
      expect(text).toContain(`${end!.found} of ${end!.atoms} atoms`);
    },
    text => {
      const { end } = lab().flip;
      expect(end!.found).toBeLessThan(end!.atoms);
      expect(end!.frame.extraction!.error).toBeGreaterThan(0.05);
      expect(text).toContain(`In this run ${end!.found} of ${end!.atoms} atoms are found`);
      expect(text).toContain('|*F*| is off by');
    },
  ],
};

const STEPS = Object.entries(LESSONS).flatMap(([experiment, steps]) =>
  steps.map(({ title }, step) => [experiment as ExperimentId, step, title] as const),
);

describe('a step of a lesson', () => {
  it.each(STEPS)('%s %i, %s, shows what it says on the crystal it opens with', async (experiment, step) => {
    const text = await show(experiment, step);
    expect((text.match(/\*/g) ?? []).length % 2).toBe(0);
    expect(text).not.toMatch(/NaN|undefined/);
    await HOLDS[experiment][step]!(text);
  });

  it('has what holds it', () => {
    for (const [experiment, steps] of Object.entries(LESSONS))
      expect(HOLDS[experiment as ExperimentId].length, experiment).toBe(steps.length);
  });

  it.each([
    ['waves', 2, 'φ is 0° for both, so that they lie on one another'],
    ['waves', 3, '`U2Ti` has no systematic absences'],
    ['swap', 0, 'it shows the atoms, 1 of 3 in this section'],
    ['powder', 0, 'With `U2Ti` nothing is lost by the direction nor by overlap'],
    ['powder', 1, 'it is 0 of 18. No two forms of `U2Ti` have exactly one spacing'],
    ['flipping', 2, 'Hardly any peaks of `U2Ti` overlap: |*F*| is as good as before. In this run'],
  ] as const)('%s %i follows from what is computed on U2Ti', async (experiment, step, words) => {
    expect(await showOn('U2Ti', experiment, step)).toContain(words);
    if (experiment === 'flipping') {
      const { found, atoms } = lab().flip.end!;
      expect(sentence()).toContain(found === atoms ? `all ${atoms} atoms` : `${found} of ${atoms} atoms`);
    }
  });

  it('speaks of the section and of phases that are the true ones already', async () => {
    await showOn('SrTiO3', 'swap', 4);
    expect(sentence()).toContain('the two maps are one');
    setPhases({ height: 0.3 });
    await computed();
    expect(sentence()).toContain('outside this section: set *y* to 0');
    await showOn('SrTiO3', 'swap', 0);
    setPhases({ height: 0.25 });
    await computed();
    expect(sentence()).toContain('none lies in this section');
  });
});

describe('the lessons', () => {
  it('lead through all experiments and back', () => {
    let at: ReturnType<typeof neighbour> = { experiment: 'waves', step: 0 };
    let count = 0;
    for (; at; count++) {
      const next: ReturnType<typeof neighbour> = neighbour(at.experiment, at.step, 1);
      if (next) expect(neighbour(next.experiment, next.step, -1)).toEqual(at);
      at = next;
    }
    expect(count).toBe(STEPS.length);
    expect(neighbour('waves', 0, -1)).toBeNull();
  });

  it('take no resolution, section or reflection into the next experiment, and are undone as one change', () => {
    setPhases({ experiment: 'swap', dMin: 2, blur: 3, height: 0.4, plane: 'x', contour: 5 });
    const past = store.getState().past.length;
    openLesson({ experiment: 'patterson', step: 0 }, null);
    expect(settings()).toMatchObject({ dMin: 1, blur: 0, height: 0, plane: 'y', contour: null, hkl: null });
    expect(store.getState().inputs.structureId).toBe('Ga2O3');
    expect(store.getState().past.length).toBe(past + 1);
  });

  it('leave a crystal that the reader has chosen', () => {
    store.setState({ inputs: { ...DEFAULT_INPUTS, structureId: 'SrTiO3' } });
    openLesson({ experiment: 'powder', step: 1 }, null);
    expect(store.getState().inputs.structureId).toBe('SrTiO3');
  });
});
