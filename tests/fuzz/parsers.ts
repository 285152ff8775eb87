import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, strFromU8, strToU8 } from 'fflate';
import { cellProblem } from '../../src/crystal/cell.ts';
import { isElement } from '../../src/crystal/elements.ts';
import { readCheckpoint } from '../../src/energy/checkpoint.ts';
import { readCrystalFile } from '../../src/formats/crystalFile.ts';
import { readPatternFile } from '../../src/formats/patternFile.ts';
import { projectText, readProject } from '../../src/formats/projectFile.ts';
import { writePoscar } from '../../src/formats/writePoscar.ts';
import { writePymatgenJson } from '../../src/formats/writePymatgenJson.ts';
import { plainWords } from '../../src/num/reasonOf.ts';
import { PAPER_CONDITIONS } from '../../src/study/plan.ts';
import { readStudy, studyText } from '../../src/study/studyFile.ts';
import { correlationOf, endsOf, groupsOf, rateOf, searchCounts } from '../../src/study/summary.ts';
import { checkpointOf, zipFile } from '../energy/checkpointFile.ts';
import { madeRecord } from '../study/madeRecord.ts';
import { libraryStructure } from '../support/library.ts';

const fixtures = join(import.meta.dirname, '../fixtures');
const file = (path: string): Uint8Array => new Uint8Array(readFileSync(join(fixtures, path)));
const filesOf = (folder: string, pattern: RegExp): Uint8Array[] =>
  readdirSync(join(fixtures, folder))
    .filter(name => pattern.test(name))
    .sort()
    .map(name => file(join(folder, name)));

export interface Fuzzed {
  readonly name: string;
  readonly seeds: readonly Uint8Array[];
  /** Reads and throws when the answer is neither a sound result nor a message. */
  readonly check: (bytes: Uint8Array) => void;
}

function checkCrystal(name: string): (bytes: Uint8Array) => void {
  return bytes => {
    const result = readCrystalFile(name, bytes);
    if (!result.ok) return checkMessage(result.message);
    if (result.value.blocks.length === 0) throw new Error('a result without a block');
    for (const { structure } of result.value.blocks) {
      if (cellProblem(structure.cell)) throw new Error(`cell ${structure.cell}`);
      if (structure.sites.length === 0 || structure.sites.length > 20_000) throw new Error('number of sites');
      for (const { element, fract, occupancy } of structure.sites)
        if (!isElement(element) || !fract.every(Number.isFinite) || !(occupancy > 0 && occupancy <= 1.1))
          throw new Error(`site ${element} ${fract} ${occupancy}`);
    }
  };
}

function checkPattern(name: string): (bytes: Uint8Array) => void {
  return bytes => {
    const result = readPatternFile(name, bytes);
    if (!result.ok) return checkMessage(result.message);
    if (result.value.scans.length === 0) throw new Error('a result without a scan');
    for (const { twoTheta, intensity, sigma, wavelength } of result.value.scans) {
      if (twoTheta.length !== intensity.length || twoTheta.length < 3) throw new Error('lengths');
      for (let i = 0; i < twoTheta.length; i++)
        if (
          !(twoTheta[i]! > -180 && twoTheta[i]! < 180) ||
          !Number.isFinite(intensity[i]!) ||
          (i > 0 && !(twoTheta[i]! > twoTheta[i - 1]!))
        )
          throw new Error(`point ${i}: ${twoTheta[i]} ${intensity[i]}`);
      if (sigma?.some(value => !(value >= 0))) throw new Error('sigma');
      if (wavelength && !(wavelength.alpha1 >= 0.1 && wavelength.alpha1 <= 10)) throw new Error('wavelength');
    }
  };
}

function checkMessage(message: string): void {
  if (message.length < 5 || message.length > 600)
    throw new Error(`message of ${message.length} letters: ${message.slice(0, 200)}`);
}

const poscars = ['MoS2', 'Ga2O3'].map(id => {
  const written = writePoscar(libraryStructure(id));
  if (!written.ok) throw new Error(written.message);
  return strToU8(written.value);
});
const vasp = strToU8(
  'O Ti\n-62\n4 0 0\n0 4 0\n0 0 4\n1 2\nSelective dynamics\nCartesian\n0 0 0 T T F\n1 1 1 F F F\n2 2 2\n\n0 0 0\n',
);

/** What throws, throws a sentence. */
const orSentence =
  (read: (bytes: Uint8Array) => void) =>
  (bytes: Uint8Array): void => {
    try {
      read(bytes);
    } catch (error) {
      if (plainWords((error as Error).message) !== (error as Error).message) throw error;
      checkMessage((error as Error).message);
    }
  };

function checkStudy(bytes: Uint8Array): void {
  const { records } = readStudy(strFromU8(bytes), 'a.jsonl');
  for (const { trials } of groupsOf(records)) {
    if (trials.length === 0) continue;
    const { mutualInformation, pearson } = correlationOf(trials, 'amd');
    const numbers = [rateOf(trials, 'strict').share, ...Object.values(endsOf(trials)), pearson ?? 0];
    if (![...numbers, mutualInformation ?? 0].every(Number.isFinite))
      throw new TypeError(`numbers ${numbers}`);
    searchCounts(trials);
  }
}

function checkProject(bytes: Uint8Array): void {
  const result = readProject(bytes);
  if (!result.ok) checkMessage(result.message);
  else
    for (const { pattern } of result.value.patterns)
      if (![...pattern.twoTheta, ...pattern.intensity, ...(pattern.sigma ?? [])].every(Number.isFinite))
        throw new Error('a pattern with a number that is none');
}

const study = studyText({
  conditions: PAPER_CONDITIONS,
  records: [0, 1, 2, 3, 4].map(variant =>
    madeRecord({ variant, amd: 0.1 * variant, last: -0.9 + 0.01 * variant }),
  ),
});
const project = projectText(
  {
    link: 'v=1&s=own-abcdefgh',
    crystals: [{ id: 'own-abcdefgh', structure: libraryStructure('Au2S') }],
    patterns: [
      {
        id: 'xrd-12345678',
        pattern: {
          name: 'a scan',
          twoTheta: Float64Array.of(10, 10.02, 10.04),
          intensity: Float64Array.of(1, 5, 2),
          sigma: null,
          unit: 'counts',
          wavelength: { alpha1: 1.5406, alpha2: 1.5444, ratio: 0.5, source: 'header' },
          assumptions: [],
        },
      },
    ],
  },
  '2026-01-01T00:00:00Z',
  {},
);
const weights = zipFile(
  checkpointOf(new Map([['x', { shape: [3, 2], stride: [1, 3], storage: [1, 2, 3, 4, 5, 6] }]])),
);

/** Every parser with the real and hand-made files that are mutated for it. */
export const FUZZED: readonly Fuzzed[] = [
  {
    name: 'CIF',
    seeds: filesOf('cif', /\.cif$/).filter(bytes => bytes.length < 6000),
    check: checkCrystal('a.cif'),
  },
  { name: 'POSCAR', seeds: [...poscars, vasp], check: checkCrystal('POSCAR') },
  {
    name: 'pymatgen JSON',
    seeds: ['MoS2', 'SrTiO3'].map(id => strToU8(writePymatgenJson(libraryStructure(id)))),
    check: checkCrystal('a.json'),
  },
  {
    name: 'columns of text',
    seeds: filesOf('patterns', /\.(?:xy|xye|csv|dat|txt|fxye)$/),
    check: checkPattern('a.xy'),
  },
  { name: 'XRDML', seeds: filesOf('patterns', /\.xrdml$/), check: checkPattern('a.xrdml') },
  { name: 'GSAS', seeds: filesOf('patterns', /\.gsa$/), check: checkPattern('a.gsa') },
  { name: 'UXD', seeds: filesOf('patterns', /\.uxd$/), check: checkPattern('a.uxd') },
  { name: 'RAS', seeds: filesOf('patterns', /\.ras$/), check: checkPattern('a.ras') },
  { name: 'Bruker RAW', seeds: filesOf('patterns', /\.raw$/), check: checkPattern('a.raw') },
  { name: 'BRML', seeds: filesOf('patterns', /\.brml$/), check: checkPattern('a.brml') },
  {
    name: 'gzip',
    seeds: [file('patterns/plain.xy.gz'), gzipSync(file('patterns/scan.ras'))],
    check: checkPattern('a.xy.gz'),
  },
  { name: 'study file', seeds: [strToU8(study)], check: orSentence(checkStudy) },
  { name: 'project', seeds: [strToU8(project)], check: checkProject },
  { name: 'weights', seeds: [weights], check: orSentence(readCheckpoint) },
];
