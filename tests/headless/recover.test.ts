import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import type { AtomRecord } from '../../src/study/atomTrial.ts';
import { libraryStructure } from '../support/library.ts';

const ROOT = join(import.meta.dirname, '../..');
const MAIN = ['--import', 'tsx', 'src/headless/main.ts', 'recover'];
const PLAN = ['--structure', 'SrTiO3,U2Ti', '--noise', '0.1', '--variants', '2', '--seed', '7', '--quiet'];
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'braggscape-recover-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string): string => join(folder, name);
const run = (...args: string[]): string =>
  execFileSync(process.execPath, [...MAIN, ...args], { cwd: ROOT, encoding: 'utf8' });

describe('the recover command', () => {
  it('writes the same bytes with 1 and 2 threads, in shards that are merged, and resumed after a kill', () => {
    const one = run(...PLAN, '--workers', '1');
    const records = one
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as { strict: boolean; match: boolean; agree: number });
    expect(records).toHaveLength(4);
    expect(records.every(({ strict, match, agree }) => strict && match && agree === 1)).toBe(true);
    for (const i of [1, 2]) run(...PLAN, '--workers', '2', '--shard', `${i}/2`, '--out', file(`${i}.jsonl`));
    const merged = run('merge', file('2.jsonl'), file('1.jsonl'));
    expect(merged.split('\n').sort()).toEqual(one.split('\n').sort());

    writeFileSync(file('torn.jsonl'), one.slice(0, Math.floor(one.length / 2)));
    run(...PLAN, '--workers', '2', '--resume', '--out', file('torn.jsonl'));
    expect(readFileSync(file('torn.jsonl'), 'utf8')).toBe(one);
    // Five processes, each with its threads
  }, 240_000);

  it('searches a cell by another loss, and says by which', () => {
    const record = run('--structure', 'SrTiO3', '--loss', 'wasserstein', '--free', '--workers', '1');
    expect(JSON.parse(record)).toMatchObject({ measure: 'wasserstein', strict: true, loss: 0 });
  }, 60_000);

  it('tests the family on a measured pattern whose cell has left it', () => {
    const { sites } = libraryStructure('SrTiO3');
    const cell = [3.905, 3.905, 3.964, 90, 90, 90] as const;
    const pattern = simulatePattern(scatteringModel(sites, PAPER_INSTRUMENT, cell), cell);
    const scan = Array.from(pattern, (counts, i) => (i % 2 ? '' : `${(0.01 * i).toFixed(2)} ${counts}\n`));
    writeFileSync(file('tetragonal.xy'), scan.join(''));
    const options = ['--structure', 'SrTiO3', '--start', '3.8,3.8,3.8,90,90,90', '--workers', '1'];
    const record = JSON.parse(run(...options, '--free-test', '--pattern', file('tetragonal.xy')));
    expect(record.test).toMatchObject({ verdict: 'the cell leaves the family', leaves: true });
    const lengths = record.test.cell.slice(0, 3).sort();
    for (const [i, length] of [3.905, 3.905, 3.964].entries()) expect(lengths[i]).toBeCloseTo(length, 2);
    expect(record.cell[0]).toBe(record.cell[2]);

    const own = JSON.parse(run(...options, '--free-test'));
    expect(own).toMatchObject({ freedom: 'tested', strict: true });
    expect(own.test).toMatchObject({ verdict: 'no lower symmetry is needed', leaves: false, strict: true });
  }, 120_000);

  it('finds atoms, and cell and atoms together, from copies of the primitive cell', () => {
    const lines = run(
      '--structure',
      'SrTiO3',
      '--noise',
      '0,0.05',
      '--coordinates',
      '0.05',
      '--workers',
      '1',
    );
    const records = lines
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as AtomRecord);
    expect(records.map(({ sigma }) => sigma)).toEqual([0, 0.05]);
    for (const { strict, match, furthest, made, displacement, fract } of records) {
      expect([strict, match, made, fract.length]).toEqual([true, true, 1, 15]);
      expect(furthest).toBeLessThan(0.01);
      // σ √(a² + b² + c²) of a cubic cell of 3.905 Å
      expect(displacement).toBeCloseTo(0.05 * Math.sqrt(3) * 3.905, 3);
    }
    expect(records[0]!.cell).toEqual(records[0]!.start);
    expect(records[1]!.cell[0]).toBeCloseTo(3.905, 3);
  }, 120_000);

  it('refuses bad command lines with a sentence', () => {
    const refused = (...args: string[]): string => {
      const { status, stderr, stdout } = spawnSync(process.execPath, [...MAIN, ...args], {
        cwd: ROOT,
        encoding: 'utf8',
      });
      expect([status, stdout]).toEqual([2, '']);
      return stderr;
    };
    expect(refused('--noise', '0.4')).toContain('--noise 0.4: give shares');
    expect(refused('--starts', '0')).toContain('--starts 0');
    expect(refused('--noise', '0')).toContain('not 0 without --coordinates');
    expect(refused('--coordinates', '1.5')).toContain('--coordinates 1.5: give unit fractions');
    expect(refused('--coordinates', '0.1', '--start', '3,3,3,90,90,90')).toContain('no --start');
    expect(refused('--loss', 'euclid')).toContain('--loss euclid: use one of cosine, mse, entropy, deGelder');
    expect(refused('--loss', 'gpwdf', '--coordinates', '0.1')).toContain('one of cosine, mse, entropy\n');
    expect(refused('--loss', 'mse', '--pattern', 'scan.xy')).toContain('which the cosine alone bears');
    expect(refused('--free-test', '--free')).toContain('no --free');
    expect(refused('--free-test', '--coordinates', '0.1')).toContain('no --coordinates');
    expect(refused('--start', '1,2,3')).toContain('3 numbers are not six');
  }, 60_000);
});
