import { afterEach, describe, expect, it } from 'vitest';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import type { FlipArgs, FlipFrame } from '../../src/engine/methods/flip.ts';
import { PhasingEngine } from '../../src/engine/phasingEngine.ts';
import type { Pool } from '../../src/engine/pool.ts';
import { axisStructure, CYCLOTOMIC_PAIR } from '../../src/phasing/homometric.ts';
import { instrumentTo } from '../../src/phasing/powderCounts.ts';
import { structureFactors } from '../../src/phasing/structureFactors.ts';
import { densityAt } from '../../src/phasing/synthesis.ts';
import { libraryStructure } from '../support/library.ts';
import { memoryPool } from '../support/memoryWorker.ts';

const started: Pool[] = [];

/** The real methods behind a real message channel, without a thread. */
function engine(): PhasingEngine {
  const { pool } = memoryPool(1);
  started.push(pool);
  return new PhasingEngine(pool);
}

afterEach(() => {
  for (const pool of started.splice(0)) pool.dispose();
});

const flipArgs = (id: string, change: Partial<FlipArgs> = {}): FlipArgs => ({
  crystal: libraryStructure(id),
  dMin: 0.8,
  blur: 0,
  delta: 1,
  weakShare: 0.2,
  seed: 1,
  cycles: 200,
  powder: null,
  section: { axis: 'y', height: 0, points: 40 },
  level: null,
  ...change,
});

describe('charge flipping in the worker', () => {
  it('solves VNi2S3, reports every cycle once and shows the density at the true origin', async () => {
    const frames: FlipFrame[] = [];
    const args = flipArgs('VNi2S3');
    const end = await engine().run('flip', args, { onProgress: frame => frames.push(frame) });
    expect(end.found).toBe(end.atoms);
    expect(end.matches.every(({ distance }) => distance < 0.3)).toBe(true);
    const cycles = [...frames, end.frame].reduce((sum, frame) => sum + frame.rValues.length, 0);
    expect(cycles).toBe(220);
    const errors = [...frames, end.frame].flatMap(frame => [...frame.phaseErrors]);
    expect(errors[0]).toBeGreaterThan(45);
    expect(errors.at(-1)).toBeLessThan(20);
    // The section of the true density, point by point: the two maps are alike.
    const truth = structureFactors(args.crystal, 0.8);
    const { values, nu, nv } = end.frame.map.section;
    let [pq, pp, qq] = [0, 0, 0];
    for (let j = 0; j < nv; j++)
      for (let i = 0; i < nu; i++) {
        const [p, q] = [values[j * nu + i]!, densityAt(truth, [i / (nu - 1), 0, j / (nv - 1)])];
        pq += p * q;
        pp += p * p;
        qq += q * q;
      }
    expect(pq / Math.sqrt(pp * qq)).toBeGreaterThan(0.9);
  });

  it('fails with a threshold far too high, and says how many atoms it has', async () => {
    const end = await engine().run('flip', flipArgs('VNi2S3', { delta: 3, weakShare: 0, cycles: 60 }));
    expect(end.found).toBeLessThan(end.atoms);
  });

  it('from a powder says how many intensities there were', async () => {
    const powder = instrumentTo(PAPER_INSTRUMENT, { wavelength: 0.7093, widthScale: 0.2, dMin: 1 });
    const { frame } = await engine().run('flip', flipArgs('BPO4', { powder, dMin: 1, cycles: 20 }));
    expect(frame.extraction!.groups).toBeLessThan(frame.reflections);
    expect(frame.extraction!.error).toBeGreaterThan(0.01);
  });

  it('stops when it is asked to', async () => {
    const stop = new AbortController();
    const run = engine().run('flip', flipArgs('VNi2S3', { cycles: 2000 }), {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('a homometric pair in the worker', () => {
  it('has equal amplitudes and patterns to 1e-12 and is not congruent, by PDD and by the matcher', async () => {
    const { n, first, second } = CYCLOTOMIC_PAIR;
    const made = (points: readonly number[]) =>
      axisStructure(points, n, { element: 'U', a: 4, division: 2.5 });
    const check = await engine().run('pair', {
      first: made(first),
      second: made(second),
      dMin: 0.8,
      instrument: { ...PAPER_INSTRUMENT, step: 0.05 },
    });
    expect(check.reflections).toBeGreaterThan(500);
    expect(check.amplitudeDifference).toBeLessThan(1e-12);
    expect(check.patternDifference).toBeLessThan(1e-12);
    expect(check.phaseDifference).toBeGreaterThan(45);
    expect(check.distance).toBeGreaterThan(0.5);
    expect(check.matched).toBe(false);
  });

  it('compared with itself is the same in every respect', async () => {
    const same = axisStructure([0, 3, 4, 5], 8, { element: 'O', a: 4, division: 2 });
    const check = await engine().run('pair', {
      first: same,
      second: same,
      dMin: 1,
      instrument: PAPER_INSTRUMENT,
    });
    expect([check.amplitudeDifference, check.phaseDifference, check.distance]).toEqual([0, 0, 0]);
    expect(check.matched).toBe(true);
  });
});

describe('the search in the worker', () => {
  it('counts up to all sets and finds what the search finds', async () => {
    const seen: number[] = [];
    const result = await engine().run(
      'search',
      { n: 14, k: 6 },
      { onProgress: ({ examined, total }) => seen.push(examined / total) },
    );
    expect(result.examined).toBe(1287);
    expect(seen).toEqual([500 / 1287, 1000 / 1287]);
    expect(result.classes.length).toBeGreaterThan(0);
  });

  it('refuses what is no search with a sentence', async () => {
    await expect(engine().run('search', { n: 4, k: 9 })).rejects.toThrow(
      '9 points on a circle of 4 divisions',
    );
  });
});
