import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { writeCif } from '../../src/formats/writeCif.ts';
import {
  amdCommand,
  descendCommand,
  landscapeCommand,
  matchCommand,
  patternCommand,
} from '../../src/headless/crystalCommands.ts';
import { crystalFrom } from '../../src/headless/crystals.ts';
import { HELP } from '../../src/headless/help.ts';
import { commandLine, UsageError } from '../../src/headless/options.ts';
import { PLAN_OPTIONS, planFrom } from '../../src/headless/studyPlan.ts';
import { studyPreset } from '../../src/study/presets.ts';
import { FIXTURES } from '../support/crystals.ts';

/** Output of a command, line by line. */
function printed(command: (args: readonly string[]) => void, ...args: string[]): Record<string, unknown>[] {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  command(args);
  return log.mock.calls.map(([text]) => JSON.parse(String(text)) as Record<string, unknown>);
}
afterEach(() => void vi.restoreAllMocks());

const cif = (id: string): string => join(import.meta.dirname, `../../public/structures/${id}.cif`);

describe('commands on crystals', () => {
  it('pattern sums to the reference and reads a file as it reads an id', () => {
    const [row] = printed(patternCommand, 'U2Ti');
    const intensity = row!['intensity'] as number[];
    expect(intensity).toHaveLength(9000);
    const reference = FIXTURES['U2Ti']!.losses.target_sum;
    expect(intensity.reduce((sum, value) => sum + value, 0) / reference).toBeCloseTo(1, 9);
    vi.restoreAllMocks();
    expect(printed(patternCommand, cif('U2Ti'))[0]).toEqual(row);
  });

  it('pattern reads a CIF with a symbol and no operators, as the page does', () => {
    const folder = mkdtempSync(join(tmpdir(), 'braggscape-'));
    const path = join(folder, 'halite.cif');
    const rows = ["_symmetry_space_group_name_H-M 'F m -3 m'", '_cell_length_a 5.64', '_cell_length_b 5.64'];
    rows.push('_cell_length_c 5.64', '_cell_angle_alpha 90', '_cell_angle_beta 90', '_cell_angle_gamma 90');
    rows.push('loop_', '_atom_site_label', '_atom_site_fract_x', '_atom_site_fract_y', '_atom_site_fract_z');
    writeFileSync(path, ['data_halite', ...rows, 'Na 0 0 0', 'Cl 0.5 0.5 0.5', ''].join('\n'));
    const told = vi.spyOn(console, 'error').mockImplementation(() => {});
    const structure = crystalFrom(path);
    rmSync(folder, { recursive: true });
    // Halite has four formula units in its cell.
    expect(structure.sites.map(({ element }) => element).sort()).toEqual([
      ...['Cl', 'Cl', 'Cl', 'Cl'],
      ...['Na', 'Na', 'Na', 'Na'],
    ]);
    expect(told.mock.calls.flat().join(' ')).toContain('F m -3 m');
  });

  it('pattern --peaks lists the strongest reflection of the reference', () => {
    const peaks = printed(patternCommand, 'U2Ti', '--peaks');
    const strongest = FIXTURES['U2Ti']!.losses.strongest[0]!;
    const most = Math.max(...peaks.map(peak => peak['intensity'] as number));
    expect(most / strongest.intensity_of_hkl_and_friedel_mate).toBeCloseTo(1, 9);
  });

  it('landscape takes GPWDF with its width, and refuses one of nothing', () => {
    const highest = ['0.5', '8'].map(alpha => {
      const rows = printed(landscapeCommand, 'U2Ti', '--n', '3', '--loss', 'gpwdf', '--alpha', alpha);
      vi.restoreAllMocks();
      expect((rows[1]!['loss'] as number[])[1]).toBeCloseTo(0, 8);
      return Math.max(...rows.flatMap(row => row['loss'] as number[]));
    });
    // the wider, the shallower
    expect(highest[1]!).toBeLessThan(0.5 * highest[0]!);
    expect(() => landscapeCommand(['U2Ti', '--loss', 'gpwdf', '--alpha', '0'])).toThrow('--alpha 0');
  });

  it('landscape takes any parameter by its name in links, and says which there are', () => {
    const rows = printed(landscapeCommand, 'BPO4', '--x', 'x.O5', '--y', 'B.O', '--n', '3') as {
      'B.O': number;
      loss: number[];
    }[];
    expect(rows.map(row => row['B.O'])).toEqual([0, 1.5, 3]);
    expect(rows[0]!.loss[1]).toBeCloseTo(-1, 10);
    for (const value of [rows[0]!.loss[0]!, rows[2]!.loss[1]!]) expect(value).toBeGreaterThan(-0.9999);
    expect(() => landscapeCommand(['BPO4', '--x', 'x.P3'])).toThrow(
      /--x x\.P3 is none of a, b.*x\.O5.*march/,
    );
  });

  it('landscape has its lowest point at the truth', () => {
    const rows = printed(landscapeCommand, 'U2Ti', '--n', '5');
    expect(rows).toHaveLength(5);
    const losses = rows.flatMap(row => row['loss'] as number[]);
    expect(Math.min(...losses)).toBeCloseTo(-1, 6);
    expect(losses.indexOf(Math.min(...losses))).toBe(12);
  });

  it('descend ends with a reason, from a start of six numbers or a seed', () => {
    const start = '4.83,4.83,2.85,90,90,120';
    const rows = printed(
      descendCommand,
      'U2Ti',
      '--start',
      start,
      '--max-steps',
      '20',
      '--every',
      '10',
      '--rate',
      '0.0001',
    );
    expect(rows.map(row => row['step'])).toEqual([0, 10, 20]);
    expect(rows[2]).toMatchObject({ stop: 'maxIterations' });
    expect(rows[2]!['loss'] as number).toBeLessThan(rows[0]!['loss'] as number);
  });

  it('match and amd say that a crystal is itself', () => {
    expect(printed(matchCommand, 'Au2S', cif('Au2S'))[0]).toMatchObject({ matched: true, end: 'match' });
    vi.restoreAllMocks();
    expect(printed(amdCommand, 'Au2S', cif('Au2S'))[0]).toEqual({ k: 100, amd: 0, emd: 0 });
    vi.restoreAllMocks();
    expect(printed(matchCommand, 'Au2S', 'U2Ti')[0]).toMatchObject({ matched: false, end: 'composition' });
  });

  it('match says that the verdict depends on the order, where it does', () => {
    const folder = mkdtempSync(join(tmpdir(), 'braggscape-'));
    const copy = join(folder, 'copy.cif');
    const { sites, ...crystal } = crystalFrom('U2Ti');
    const text = writeCif({ ...crystal, sites, cell: [4.339, 4.698, 2.708, 94.484, 92.93, 122.903] });
    writeFileSync(copy, text);
    expect(printed(matchCommand, 'U2Ti', copy)[0]).toMatchObject({ matched: false, reversed: true });
    vi.restoreAllMocks();
    expect(printed(matchCommand, copy, 'U2Ti')[0]).toMatchObject({ matched: true, reversed: false });
    rmSync(folder, { recursive: true });
  });

  it('refuse what they cannot use, naming it', () => {
    expect(() => patternCommand(['nothing.cif'])).toThrow('nothing.cif is no file that can be read');
    expect(() => patternCommand([])).toThrow('takes one crystal');
    expect(() => patternCommand(['U2Ti', '--step', '7'])).toThrow('step 7');
    expect(() => patternCommand(['U2Ti', '--step', 'x'])).toThrow('--step x: that is not a number');
    expect(() => patternCommand(['U2Ti', '--cell', '1,2'])).toThrow('2 numbers are not six');
    expect(() => landscapeCommand(['U2Ti', '--x', 'a', '--y', 'a'])).toThrow('two different parameters');
    expect(() => matchCommand(['U2Ti'])).toThrow('two crystals');
    expect(() => amdCommand(['U2Ti', '--k', '0'])).toThrow('--k 0');
    expect(() => patternCommand(['U2Ti', '--nonsense'])).toThrow(UsageError);
  });

  it('have each a help that names its options', () => {
    for (const name of ['study', 'pattern', 'landscape', 'descend', 'match', 'amd'])
      expect(HELP[name]).toContain(`npm run -s ${name} --`);
    for (const option of PLAN_OPTIONS) expect(HELP['study']).toContain(`--${option}`);
  });
});

describe('the plan of a command line', () => {
  const plan = (...args: string[]) => planFrom(commandLine(args, PLAN_OPTIONS, []));

  it('is the preset, changed where an option says so', () => {
    expect(plan('--preset', 'paper')).toEqual(studyPreset('paper').plan('lattice'));
    const changed = plan('--noise', 'coordinates', '--preset', 'paper', '--variants', '10-19', '--seed', '4');
    expect(changed).toMatchObject({ firstVariant: 10, variants: 10, conditions: { seed: 4 } });
    expect(changed.series).toEqual(studyPreset('paper').plan('coordinates').series);
  });

  it('takes series by loss, mode and rate', () => {
    expect(plan('--series', 'cosine:constrained:0.001,entropy').series).toEqual([
      { loss: 'cosine', mode: 'constrained', learningRate: 0.001 },
      { loss: 'entropy', mode: 'unconstrained', learningRate: 0.01 },
    ]);
    expect(plan('--losses', 'mse', '--modes', 'constrained', '--rate', '0.002').series).toEqual([
      { loss: 'mse', mode: 'constrained', learningRate: 0.002 },
    ]);
  });

  it('is refused with the option and what it takes', () => {
    expect(() => plan('--variants', 'many')).toThrow('--variants many');
    expect(() => plan('--series', 'cosinus')).toThrow('--series cosinus: use one of cosine, mse, entropy');
    expect(() => plan('--levels', '0.9')).toThrow('0.9 is outside 0 to 1/3');
    expect(() => plan('--preset', 'year')).toThrow('use one of minutes, hour, paper');
  });
});
