import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replace } from '../../src/headless/diskFiles.ts';
import { mergeCommand, readStudyFile } from '../../src/headless/studyCommand.ts';
import { runOnThreads } from '../../src/headless/threads.ts';
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
    expect(refused(...PLAN, '--workers', '0', '--out', file('begun.jsonl'))).toContain(
      '--workers 0: give a whole',
    );
    // it was begun, and the next try refused to overwrite it
    expect(existsSync(file('begun.jsonl'))).toBe(false);
    expect(refused(...PLAN, '--out', folder)).toContain(`${folder} cannot be read: that is a folder`);
  });

  it('says that the disk is full, on stdout too, and leaves what was there', async () => {
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', `"$0" ${MAIN.join(' ')} study --structures SrTiO3 --list > /dev/full`, process.execPath],
      { cwd: ROOT, encoding: 'utf8' },
    );
    expect([status, stderr]).toEqual([1, 'The results cannot be written: the disk is full.\n']);
    expect(() => replace('/dev/full', 'x')).toThrow('/dev/full cannot be written: the disk is full');
    writeFileSync(file('kept'), 'x');
    expect(() => replace(file('kept'), { length: 1 } as never)).toThrow('kept cannot be written');
    expect(readFileSync(file('kept'), 'utf8')).toBe('x');
    replace(file('kept'), 'new');
    expect([readFileSync(file('kept'), 'utf8'), existsSync(file('kept.part'))]).toEqual(['new', false]);
    // in the middle of a run it was the trace of an event
    const entry = new URL(
      `data:text/javascript,import { parentPort } from 'node:worker_threads'; parentPort.on('message', index => parentPort.postMessage({ index, line: '' }))`,
    );
    const full = (): never => {
      throw new Error('the disk is full');
    };
    await expect(runOnThreads(entry, {}, [0, 1], 1, full)).rejects.toThrow('the disk is full');
  });

  it('refuses a packed file that swells or is damaged, by name', () => {
    writeFileSync(file('bomb.gz'), gzipSync(Buffer.alloc(300_000_000), { level: 1 }));
    expect(() => readStudyFile(file('bomb.gz'))).toThrow(
      /bomb\.gz cannot be read: the file unpacks to more than 256 MB/,
    );
    writeFileSync(file('cut.gz'), gzipSync('x').subarray(0, 12));
    expect(() => readStudyFile(file('cut.gz'))).toThrow('cut.gz cannot be read: the gzip data are damaged');
  });
});
