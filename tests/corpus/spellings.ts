/**
 * Holds the CIF reader against what spellings.py put into its files: contents, distances below 3.6 Å by pairs of elements,
 * and space group. Run: npx tsx tests/corpus/spellings.ts FOLDER [-v]
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { latticeMatrix } from '../../src/crystal/cell.ts';
import { amountsOf } from '../../src/formats/cifContents.ts';
import { readCrystalFile } from '../../src/formats/crystalFile.ts';

type Place = readonly [element: string, x: number, y: number, z: number];
interface Row {
  readonly file: string;
  readonly style: string;
  readonly cell: readonly number[];
  readonly number: number;
  readonly sites: readonly Place[];
}
const [folder, flag] = process.argv.slice(2);
if (!folder) throw new Error('FOLDER is needed');
const rows = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Row[];

/** Sum of 1/d² of all distances, by pair of elements: the same for any origin. */
function distances(cell: readonly number[], sites: readonly Place[]): Map<string, number> {
  const m = latticeMatrix(cell);
  const sums = new Map<string, number>();
  const steps = [-2, -1, 0, 1, 2];
  for (const p of sites)
    for (const q of sites) {
      const [x, y, z] = [1, 2, 3].map(i => {
        const d = (q[i] as number) - (p[i] as number);
        return d - Math.round(d);
      }) as [number, number, number];
      for (const i of steps)
        for (const j of steps)
          for (const k of steps) {
            const square =
              (m[0]! * (x + i) + m[1]! * (y + j) + m[2]! * (z + k)) ** 2 +
              (m[4]! * (y + j) + m[5]! * (z + k)) ** 2 +
              (m[8]! * (z + k)) ** 2;
            if (square < 0.0025 || square > 12.96) continue;
            const pair = [p[0], q[0]].sort().join('-');
            sums.set(pair, (sums.get(pair) ?? 0) + 1 / square);
          }
    }
  return sums;
}

const alike = (p: ReadonlyMap<string, number>, q: ReadonlyMap<string, number>, tolerance: number): boolean =>
  [...new Set([...p.keys(), ...q.keys()])].every(
    key =>
      Math.abs((p.get(key) ?? 0) - (q.get(key) ?? 0)) <=
      tolerance * Math.max(p.get(key) ?? 0, q.get(key) ?? 0),
  );

const tally = new Map<string, { right: number; all: number }>();
let silent = 0;
for (const { file, style, cell, number, sites } of rows) {
  const count = tally.get(style) ?? { right: 0, all: 0 };
  tally.set(style, count);
  count.all++;
  const result = readCrystalFile(file, readFileSync(join(folder, file)));
  const block = result.ok ? result.value.blocks[0] : undefined;
  if (!block) {
    if (flag) console.log(`${file}: refused, ${result.ok ? '' : result.message}`);
    continue;
  }
  const { structure, assumptions } = block;
  const got = structure.sites.map(({ element, fract }): Place => [element, ...fract]);
  const contents = alike(
    amountsOf(structure.sites),
    amountsOf(sites.map(([element]) => ({ element, occupancy: 1 }))),
    1e-3,
  );
  const right =
    contents &&
    structure.spaceGroup.number === number &&
    alike(distances(structure.cell, got), distances(cell, sites), 0.02);
  if (right) count.right++;
  else {
    const said = assumptions.filter(text => !/_atom_site_type_symbol|the family/.test(text));
    if (said.length === 0) silent++;
    if (flag)
      console.log(
        `${file}: ${[...amountsOf(structure.sites)].join(' ')}, group ${structure.spaceGroup.number}; ${said.join('; ')}`,
      );
  }
}
for (const [style, { right, all }] of tally) console.log(`${style}: ${right} of ${all}`);
const right = [...tally.values()].reduce((sum, count) => sum + count.right, 0);
console.log(
  `${right} of ${rows.length} right, ${((100 * right) / rows.length).toFixed(2)} %; ${silent} wrong without a remark`,
);
