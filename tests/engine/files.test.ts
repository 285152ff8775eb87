import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { studyOfBytes } from '../../src/engine/methods/files.ts';
import { scanOfPattern } from '../../src/formats/measuredPattern.ts';
import { prepareTarget } from '../../src/measured/prepareTarget.ts';
import type { TrialRecord } from '../../src/study/record.ts';
import { mergeStudies, type Study, studyText } from '../../src/study/studyFile.ts';
import { memoryPool } from '../support/memoryWorker.ts';

const { pool } = memoryPool(1);
const fixture = (path: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(`tests/fixtures/${path}`));

describe('the thread that reads files', () => {
  it('tells crystals, patterns and what is neither, and moves the points instead of copying them', async () => {
    const open = (name: string, bytes: BlobPart) =>
      pool.call('files', 'open', null, { file: new Blob([bytes]), name });
    expect(await open('U2Ti.cif', readFileSync('public/structures/U2Ti.cif'))).toMatchObject({
      kind: 'crystals',
      name: 'U2Ti.cif',
      file: { blocks: [{ structure: { formula: 'U2Ti' } }] },
    });
    const scan = await open('scan.ras', fixture('patterns/scan.ras'));
    expect(scan).toMatchObject({ kind: 'scans', file: { format: 'ras' } });
    expect(await open('letter.txt', 'Dear all,')).toMatchObject({
      kind: 'refused',
      messages: [expect.stringContaining('letter.txt'), expect.stringContaining('Read as a crystal instead')],
    });
  });

  it('prepares a pattern as the page does', async () => {
    const twoTheta = Float64Array.from({ length: 400 }, (_, i) => 20 + 0.05 * i);
    const pattern = {
      name: 'scan',
      twoTheta,
      intensity: twoTheta.map(x => 50 + 1000 * Math.exp(-((x - 30) ** 2))),
      sigma: null,
      unit: 'counts',
      wavelength: { alpha1: 1.5406, alpha2: null, ratio: null, source: 'file' },
      assumptions: [],
    } as const;
    const background = { kind: 'snip', halfWidth: 1 } as const;
    const settings = { zeroShift: 0.02, background, excluded: [[35, 36]], range: null } as const;
    const instrument = { ...PAPER_INSTRUMENT, step: 0.05 };
    expect(await pool.call('files', 'prepare', pattern, { settings, instrument })).toEqual(
      prepareTarget(scanOfPattern(pattern), settings, instrument),
    );
  });

  it('sends several studies as one, in groups', async () => {
    const [one, other] = ['lattice-entropy', 'lattice-mse'].map(name =>
      studyOfBytes(readFileSync(`public/study/${name}.jsonl.gz`), `${name}.jsonl.gz`),
    ) as [Study, Study];
    const fileOf = (study: Study, name: string) => ({ file: new Blob([studyText(study)]), name });
    const files = [fileOf(one, 'one'), fileOf(other, 'other')];
    const groups: (readonly TrialRecord[])[] = [];
    const conditions = await pool.call(
      'files',
      'study',
      null,
      { files },
      { onProgress: group => groups.push(group) },
    );
    const whole = mergeStudies([one, other], ['one', 'other']);
    expect({ conditions, records: groups.flat() }).toEqual(whole);
    expect(Math.max(...groups.map(group => group.length))).toBeLessThan(whole.records.length / 2);
    await expect(
      pool.call('files', 'study', null, { files: [{ file: new Blob(['{']), name: 'b.jsonl' }] }),
    ).rejects.toThrow('b.jsonl');
  });
});
