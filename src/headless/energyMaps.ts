/**
 * Energy maps of the library for readers without the weights: tsx src/headless/energyMaps.ts WEIGHTS
 * Writes public/energy/maps.json.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cell, CellKey } from '../crystal/cell.ts';
import { LIBRARY } from '../crystal/library.ts';
import { atomsInCell, primitiveAtoms } from '../energy/centring.ts';
import { loadModel } from '../energy/model.ts';
import { PUBLISHED } from '../energy/published.ts';
import { finish } from '../energy/radialTable.ts';
import { defaultRange, type Slice, sliceAxis, slicePoints } from '../landscape/slice.ts';

import { crystalFrom } from './crystals.ts';

const ROOT = join(import.meta.dirname, '../..');
const SIDE = 21;

/** The structures of Figures 6 and S4 with all pairs of lengths, the others over (a, c). */
const IN_FIGURES = ['U2Ti', 'Au2S', 'Na3MnCoNiO6', 'NdAl8Cu4'];
const PAIRS: readonly (readonly [CellKey, CellKey])[] = [
  ['a', 'c'],
  ['a', 'b'],
  ['b', 'c'],
];

const path = process.argv[2];
if (!path) throw new Error('name the file of weights: tsx src/headless/energyMaps.ts state.pt');
const bytes = new Uint8Array(readFileSync(path));
const { potential } = finish(loadModel(bytes));
const maps: object[] = [];
for (const { id } of LIBRARY) {
  const { cell, family, sites } = crystalFrom(id);
  const atoms = primitiveAtoms(sites);
  const pairs = IN_FIGURES.includes(id) ? PAIRS : PAIRS.slice(0, 1);
  const jobs = pairs.map(([x, y]) => ({ x, y, tied: false }));
  if (id === 'U2Ti') jobs.push({ x: 'a', y: 'c', tied: true });
  for (const { x, y, tied } of jobs) {
    const slice: Slice = {
      x,
      y,
      base: cell,
      xRange: defaultRange(x, cell),
      yRange: defaultRange(y, cell),
      nx: SIDE,
      ny: SIDE,
      tied,
      family,
    };
    const cells = slicePoints(slice);
    const values = Array.from({ length: cells.length / 6 }, (_, k) => {
      const at = [...cells.subarray(6 * k, 6 * k + 6)] as unknown as Cell;
      return potential.energy(atomsInCell(atoms, at)) * atoms.multiplicity;
    });
    const atTruth = potential.energy(atomsInCell(atoms, cell)) * atoms.multiplicity;
    const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals));
    maps.push({
      structure: id,
      x,
      y,
      tied,
      family,
      base: cell,
      xs: [...sliceAxis(slice, 'x')].map(value => rounded(value, 6)),
      ys: [...sliceAxis(slice, 'y')].map(value => rounded(value, 6)),
      energy: values.map(value => rounded(value, 6)),
      atTruth: rounded(atTruth, 6),
    });
    console.log(`${id} ${x} ${y}${tied ? ' tied' : ''}`);
  }
}
const source = {
  model: PUBLISHED.name,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  commit: `matgl ${PUBLISHED.commit}`,
  command: 'tsx src/headless/energyMaps.ts state.pt',
  licence: PUBLISHED.licence,
  quantity: 'eV per conventional cell, index iy * 21 + ix; 0 K, PBE, fractional coordinates fixed',
};
const text = JSON.stringify({ source, maps }).replaceAll('{"structure"', '\n{"structure"');
writeFileSync(join(ROOT, 'public/energy/maps.json'), `${text}\n`);
