import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { libraryStructure } from '../support/library.ts';
import { settingOf, syntheticScan } from '../support/syntheticScan.ts';

const ROOT = join(import.meta.dirname, '../..');
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'braggscape-fit-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const runFit = (...args: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'src/headless/main.ts', 'fit', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });

it('fits a scan from a file and prints the cell with its uncertainty, and refuses by name what it cannot', () => {
  const structure = libraryStructure('BPO4');
  const { setting, observed } = syntheticScan(structure, settingOf(15, 70, 0.04), 8000, 11);
  const path = join(folder, 'scan.xy');
  writeFileSync(path, Array.from(observed, (y, i) => `${setting.twoTheta[i]!.toFixed(4)} ${y}`).join('\n'));
  const given = ['--pattern', path, '--structure', 'BPO4', '--wavelength', 'Cu'];
  const { stdout, status } = runFit(...given);
  expect(status).toBe(0);
  const found = JSON.parse(stdout) as Record<'cell' | 'esd', number[]> &
    Record<'rwp' | 'rexp' | 'chi2' | 'lebailRwp', number>;
  // the anode's lines are those of the scan to 2e-6
  expect(Math.abs(found.cell[0]! - structure.cell[0])).toBeLessThan(4 * found.esd[0]! + 2e-5);
  expect(found.chi2).toBeLessThan(1.3);
  expect(found.rwp).toBeGreaterThan(0.9 * found.rexp);
  expect(found.lebailRwp).toBeLessThanOrEqual(found.rwp);
  for (const [args, words] of [
    [[...given, '--free', 'zebra'], '--free zebra: use some of cell, zero'],
    [[...given, '--two-theta', '60,60.1'], '--two-theta 60,60.1: 3 points'],
  ] as const) {
    const refused = runFit(...args);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain(words);
  }
}, 120_000);
