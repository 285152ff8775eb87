import { gzipSync, strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readCrystalFile } from '../../src/formats/crystalFile.ts';
import { readPatternFile } from '../../src/formats/patternFile.ts';

/** Sizes of a file in characters, each eight times the one before. */
const SIZES = [16_384, 131_072, 1_048_576];
/** Time of reading grows by less than this power of the size, ... */
const POWER = 1.3;
/** ... which is judged where it can be felt, ms: below, the clock and the compiler are measured. */
const FELT = 400;

const read = (name: string, bytes: Uint8Array): void => {
  const reader = /\.(?:cif|json)$|POSCAR/.test(name) ? readCrystalFile : readPatternFile;
  reader(name, bytes);
};

/** CPU time of a reading, where it is felt the least of three: other processes and collections only add to it. */
function timeOf(run: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3 && least > FELT; i++) {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

/** The first size at which a reading takes unduly longer than at an eighth of it; null where none does. */
function undue(make: (size: number) => () => void): string | null {
  let before = FELT;
  for (const size of SIZES) {
    const ms = timeOf(make(size));
    if (ms > Math.max(FELT, 8 ** POWER * before))
      return `${size}: ${Math.round(ms)} ms after ${Math.round(before)} ms`;
    // so quick that eight times the size could not be felt if it took sixty-four times as long
    if (ms < FELT / 64) return null;
    before = Math.max(ms, FELT / 8);
  }
  return null;
}

/** Pieces that are repeated. */
const FILLERS: Readonly<Record<string, string>> = {
  lines: '\n',
  'carriage returns': '\r',
  'line separators': '\u2028',
  blanks: ' ',
  tabs: '\t',
  digits: '1',
  'numbers and blanks': '1 ',
  'numbers in lines': '1 1\n',
  commas: ',',
  'opened quotes': "'a ",
  'opened brackets': 'λ(',
  'opened lists': '[',
  'axis names': '2theta',
  'wavelength names': 'wavelength ',
  words: 'counts ',
  signs: '+',
  points: '.',
  tags: '_a ',
  elements: '<a>',
  'closed elements': '<a/>',
  entities: '&a;',
  ampersands: '&',
  stars: '*a ',
};

/** Places of a file at which they stand. */
const PLACES: Readonly<Record<string, (filler: string) => string>> = {
  'the start of a.cif': text => text,
  'the first item of a.cif': text => `data_a\n_cell_length_a ${text}`,
  'text of a.cif': text => `data_a\n_cell_length_a\n;${text}\n;\n_cell_length_b 3\n`,
  'a list of a.cif': text => `data_a\nloop_\n_atom_site_label\n_atom_site_fract_x\n${text}`,
  'a label of a.cif': text => cif({ label: `Q${text.replaceAll(/\s/g, '')}x` }),
  'a formula of a.cif': text => cif({ formula: `'C1${text.replaceAll("'", '')}x'` }),
  'a symbol of a.cif': text => cif({ symbol: `'P(origin ${text.replaceAll("'", '')}x'` }),
  'an operator of a.cif': text => cif({ operator: `'x,y,1${text.replaceAll("'", '')}x'` }),
  'the comment of POSCAR': text => `${text}x\n1\n4 0 0\n0 4 0\n0 0 4\n1\nDirect\n0 0 0\n`,
  'a vector of POSCAR': text => `a\n1\n4 0 1${text}x\n0 4 0\n0 0 4\nO\n1\nDirect\n0 0 0\n`,
  'the species of POSCAR': text => `a\n1\n4 0 0\n0 4 0\n0 0 4\nO ${text}\n1\nDirect\n0 0 0\n`,
  'the start of a.json': text => `[${text}`,
  'text of a.json': text => `{"a":"${text}`,
  'the start of a.xy': text => text,
  'the header of a.xy': text => `# 2theta intensity ${text}x\n1 1\n2 2\n3 3\n`,
  'the wavelength of a.xy': text => `# wavelength ${text}x\n# Q ${text}x\n# BANK 1${text}x\n1 1\n2 2\n3 3\n`,
  'a row of a.xy': text => `1 1\n2 2\n3 3\n4 ${text}x\n`,
  'rows of a.xy': text => `1 1;1\n${`2${text.slice(0, 1900)}3;1\n`.repeat(1 + text.length / 1902)}`,
  'a bank of a.gsa': text => `BANK 1 100 20 CONST 1000 5 0 0 STD\n${text}`,
  'the header of a.uxd': text => `_FILEVERSION=2\n_SAMPLE='${text}'\n_COUNTS\n1 2 3\n`,
  'counts of a.uxd': text => `_FILEVERSION=2\n_START=1\n_STEPSIZE=1\n_COUNTS\n${text}`,
  'the header of a.ras': text => `*RAS_DATA_START\n*${text} "x"\n`,
  'a row of a.ras': text => `*RAS_HEADER_START\n*RAS_INT_START\n${text}`,
  'the start of a.xrdml': text => `<?xml version="1.0"?>${text}`,
  'text of a.xrdml': text => `<xrdMeasurements>${text}`,
  'an attribute of a.xrdml': text => `<xrdMeasurements a="${text}`,
  'a comment of a.xrdml': text => `<xrdMeasurements><!--${text}`,
  'a name of a.xrdml': text => `<xrdMeasurements ${text}`,
};

const cif = ({ label = 'O', formula = 'O', symbol = "'P 1'", operator = 'x,y,z' }) =>
  `data_a\n_cell_length_a 4\n_cell_length_b 4\n_cell_length_c 4\n_cell_formula_units_Z 1\n_symmetry_space_group_name_H-M ${symbol}\n_chemical_formula_sum ${formula}\nloop_\n_symmetry_equiv_pos_as_xyz\n${operator}\nloop_\n_atom_site_label\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n${label} 0 0 0\n`;

describe('the time of reading grows like the size of the file, whatever is repeated in', () => {
  it.each(Object.entries(PLACES))('%s', (place, text) => {
    const name = place.split(' ').at(-1)!;
    const slow = Object.entries(FILLERS).flatMap(([kind, filler]) => {
      const found = undue(size => {
        const bytes = strToU8(text(filler.repeat(size / filler.length)));
        return () => read(name, bytes);
      });
      return found ? [`${kind}: ${found}`] : [];
    });
    expect(slow).toEqual([]);
  });

  it('scans, attributes and members', () => {
    const scan =
      '<xrdMeasurement><scan><dataPoints><positions axis="2Theta"><startPosition>1</startPosition><endPosition>2</endPosition></positions><intensities>1 2 3</intensities></dataPoints></scan></xrdMeasurement>';
    const many = scan.replace('<xrdMeasurement>', '').replace('</xrdMeasurement>', '');
    const whole: Readonly<Record<string, (size: number) => [string, Uint8Array]>> = {
      'scans of one measurement': size => [
        'a.xrdml',
        strToU8(
          `<xrdMeasurements><xrdMeasurement>${many.repeat(size / many.length)}</xrdMeasurement></xrdMeasurements>`,
        ),
      ],
      measurements: size => [
        'a.xrdml',
        strToU8(`<xrdMeasurements>${scan.repeat(size / scan.length)}</xrdMeasurements>`),
      ],
      attributes: size => [
        'a.xrdml',
        strToU8(
          `<xrdMeasurements ${Array.from({ length: size / 10 }, (_, i) => `a${i}=""`).join(' ')}></xrdMeasurements>`,
        ),
      ],
      'data of a BRML': size => [
        'a.brml',
        zipSync({
          'Experiment0/RawData0.xml': strToU8(
            `<RawData><DataRoutes>${'<DataRoute><Datum>1,1,2,3</Datum></DataRoute>'.repeat(size / 46)}</DataRoutes></RawData>`,
          ),
        }),
      ],
      'members of a zip': size => [
        'a.brml',
        zipSync(
          Object.fromEntries(Array.from({ length: size / 120 }, (_, i) => [`a${i}/b`, new Uint8Array(1)])),
        ),
      ],
      'members of a gzip': size => {
        const member = gzipSync(strToU8('1 1\n'));
        const bytes = new Uint8Array(member.length * Math.floor(size / member.length));
        for (let at = 0; at < bytes.length; at += member.length) bytes.set(member, at);
        return ['a.xy', bytes];
      },
    };
    const slow = Object.entries(whole).flatMap(([kind, make]) => {
      const found = undue(size => {
        const [name, bytes] = make(size);
        return () => read(name, bytes);
      });
      return found ? [`${kind}: ${found}`] : [];
    });
    expect(slow).toEqual([]);
  });
});
