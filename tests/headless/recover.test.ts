import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

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
      .map(line => JSON.parse(line) as { strict: boolean; match: string; agree: number });
    expect(records).toHaveLength(4);
    expect(records.every(({ strict, match, agree }) => strict && match === 'match' && agree === 1)).toBe(
      true,
    );
    for (const i of [1, 2]) run(...PLAN, '--workers', '2', '--shard', `${i}/2`, '--out', file(`${i}.jsonl`));
    const merged = run('merge', file('2.jsonl'), file('1.jsonl'));
    expect(merged.split('\n').sort()).toEqual(one.split('\n').sort());

    writeFileSync(file('torn.jsonl'), one.slice(0, Math.floor(one.length / 2)));
    run(...PLAN, '--workers', '2', '--resume', '--out', file('torn.jsonl'));
    expect(readFileSync(file('torn.jsonl'), 'utf8')).toBe(one);
    // Five processes, each with its threads
  }, 240_000);

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
    expect(refused('--start', '1,2,3')).toContain('3 numbers are not six');
  }, 60_000);
});
