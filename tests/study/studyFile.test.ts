import { describe, expect, it } from 'vitest';
import { PAPER_CONDITIONS } from '../../src/study/plan.ts';
import { headerLine, mergeStudies, readStudy, recordLine, studyText } from '../../src/study/studyFile.ts';
import { madeRecord } from './madeRecord.ts';

const RECORDS = [0, 1, 2].map(variant => madeRecord({ variant }));
const STUDY = { conditions: PAPER_CONDITIONS, records: RECORDS };
const TEXT = studyText(STUDY);

describe('a study file', () => {
  it('reads back what was written', () => {
    expect(readStudy(TEXT, 'a')).toEqual(STUDY);
  });

  it('carries what a search did beside the records of before it, and both kinds of noise', () => {
    const search = madeRecord({
      noise: 'both',
      setting: 'joint20',
      learningRate: null,
      fract: [0, 0, 0],
      evaluations: 900,
      starts: 4,
      agree: 1,
      missed: 'basin',
    });
    const records = [...RECORDS, search];
    expect(readStudy(studyText({ ...STUDY, records }), 'a').records).toEqual(expect.arrayContaining(records));
  });

  it('may be several files one after the other, in any order and with trials twice', () => {
    const [header = '', first = '', second = '', third = ''] = TEXT.split('\n');
    expect(readStudy([header, third, header, first, second, first, ''].join('\n'), 'a')).toEqual(STUDY);
  });

  it('may break off in its last line, where a run was killed', () => {
    const torn = TEXT.slice(0, -20);
    expect(readStudy(torn, 'a').records).toEqual(RECORDS.slice(0, 2));
  });

  it('is refused with file and line where it is not one', () => {
    const [header = '', first = ''] = TEXT.split('\n');
    expect(() => readStudy('', 'a.jsonl')).toThrow('a.jsonl is empty');
    expect(() => readStudy(`${first}\n`, 'a.jsonl')).toThrow('a.jsonl does not begin with the header');
    expect(() => readStudy(`${header}\nnot json\n${first}\n`, 'a.jsonl')).toThrow('a.jsonl, line 2');
    expect(() => readStudy(`${header}\n{"x":1}\n`, 'a.jsonl')).toThrow('line 2: this is not the record');
    expect(() => readStudy(header.replace('"version":1', '"version":7'), 'a.jsonl')).toThrow('version 7');
  });
});

describe('merging', () => {
  it('loses and doubles nothing', () => {
    const parts = [[RECORDS[2]!], [RECORDS[0]!, RECORDS[1]!], [RECORDS[1]!]].map(records => ({
      ...STUDY,
      records,
    }));
    expect(studyText(mergeStudies(parts, ['a', 'b', 'c']))).toBe(TEXT);
  });

  it('puts a result in the place of a failure, whichever comes first', () => {
    const { structure, noise, sigma, variant, setting, loss, learningRate } = RECORDS[1]!;
    const failed = { structure, noise, sigma, variant, setting, loss, learningRate, failure: 'power cut' };
    const bad = { ...STUDY, records: [RECORDS[0]!, failed] };
    for (const pair of [
      [bad, STUDY],
      [STUDY, bad],
    ])
      expect(mergeStudies(pair, ['a', 'b']).records).toEqual(RECORDS);
    expect(mergeStudies([bad], ['a']).records[1]).toEqual(failed);
  });

  it('refuses what does not add up, naming it', () => {
    const other = { ...STUDY, conditions: { ...PAPER_CONDITIONS, seed: 7 } };
    expect(() => mergeStudies([STUDY, other], ['a', 'b.jsonl'])).toThrow(
      'b.jsonl was run with “Seed” 7, not 0',
    );
    const changed = { ...STUDY, records: [madeRecord({ variant: 1, amd: 9 })] };
    expect(() => mergeStudies([STUDY, changed], ['a', 'b.jsonl'])).toThrow(
      /b\.jsonl has another result for the trial U2Ti\/lattice\/0\.1\/1/,
    );
  });

  it('keeps to the header and lines of the format', () => {
    expect(TEXT).toBe(`${[headerLine(PAPER_CONDITIONS), ...RECORDS.map(recordLine)].join('\n')}\n`);
  });
});
