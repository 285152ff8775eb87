import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mergeCommand, readStudyFile } from '../../src/headless/studyCommand.ts';
import { studyText } from '../../src/study/studyFile.ts';

/** The command as a user runs it, in a process of its own. */
const ROOT = join(import.meta.dirname, '../..');
const MAIN = ['--import', 'tsx', 'src/headless/main.ts'];
const PLAN = [
  ...['--structures', 'SrTiO3,U2Ti', '--levels', '0.05', '--variants', '2'],
  ...['--series', 'cosine,cosine:constrained,continuedHeld20', '--max-steps', '60', '--quiet'],
];
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'braggscape-study-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string): string => join(folder, name);
const run = (...args: string[]): string =>
  execFileSync(process.execPath, [...MAIN, 'study', ...args], { cwd: ROOT, encoding: 'utf8' });

describe('the study command', () => {
  it('writes the same bytes with 1 and 4 threads, in shards that are merged, and resumed after a kill', () => {
    const one = run(...PLAN, '--workers', '1');
    // Header, and 2 structures × 2 copies × (2 baselines + 3 series)
    expect(one.trimEnd().split('\n')).toHaveLength(1 + 20);
    expect(run(...PLAN, '--workers', '4')).toBe(one);

    for (const i of [1, 2]) run(...PLAN, '--workers', '2', '--shard', `${i}/2`, '--out', file(`${i}.jsonl`));
    mergeCommand([file('2.jsonl'), file('1.jsonl'), '--out', file('merged.jsonl.gz')]);
    expect(studyText(readStudyFile(file('merged.jsonl.gz')))).toBe(one);

    const summary = run('summary', file('merged.jsonl.gz'), '--variants', '1').trimEnd().split('\n');
    expect(summary.map(text => JSON.parse(text).n)).toEqual([2, 2, 2, 2, 2]);
    const { strict, searches } = JSON.parse(summary.at(-1)!);
    expect(strict.successes).toBe(2);
    expect(searches.starts).toBeGreaterThan(1);

    // Killed in the middle of a line
    writeFileSync(file('torn.jsonl'), one.slice(0, Math.floor(one.length / 2)));
    run(...PLAN, '--workers', '2', '--resume', '--out', file('torn.jsonl'));
    expect(readFileSync(file('torn.jsonl'), 'utf8')).toBe(one);
    // Six processes, each with its threads
  }, 360_000);

  it('refuses bad command lines with a sentence, and never overwrites a file', () => {
    const refused = (...args: string[]): string => {
      const { status, stderr, stdout } = spawnSync(process.execPath, [...MAIN, 'study', ...args], {
        cwd: ROOT,
        encoding: 'utf8',
      });
      expect([status, stdout]).toEqual([2, '']);
      return stderr;
    };
    writeFileSync(file('there.jsonl'), 'x');
    expect(refused(...PLAN, '--out', file('there.jsonl'))).toContain('there.jsonl exists: --resume');
    expect(readFileSync(file('there.jsonl'), 'utf8')).toBe('x');
    expect(refused('--shard', '3/2')).toContain('--shard 3/2: give i/n');
  });
});
