import type { Structure } from '../../src/crystal/structure.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { peaksAt, scatteringModel } from '../../src/diffraction/pattern.ts';
import { runOnThreads } from '../../src/headless/threads.ts';
import type { LossId } from '../../src/losses/loss.ts';
import { LOSSES } from '../../src/losses/registry.ts';
import { modelParameters, parameterById } from '../../src/model/modelParameters.ts';
import { operatorsOf } from '../../src/symmetry/operatorsOf.ts';
import { moyoInNode } from '../support/moyo.ts';
import { overPair, type Pair, SIDE } from './anyPair.ts';
import { largeCell } from './largeCells.ts';
import { readCrystal } from './readCrystal.ts';
import { note } from './record.ts';
import { growth, msPerRun } from './timing.ts';

const THREADS = 2;
/** Identifiers of each kind of pair; the oxygen that has free coordinates is put in for "O". */
const PAIRS: readonly (readonly [string, string])[] = [
  ['x.O', 'z.O'],
  ['x.0', 'y.0'],
  ['B.O', 'occ.O'],
  ['march', 'B'],
  ['a', 'x.O'],
  ['a', 'B'],
  ['zero', 'a'],
  ['zero', 'displacement'],
  ['eta', 'x.O'],
  ['widthFactor', 'eta'],
];

/** Wall seconds of a map on two threads that start cold, from the first point to the last. */
async function mapSeconds(pair: Pair): Promise<number> {
  const rows = Array.from({ length: SIDE }, (_, row) => row);
  let [start, end] = [Number.POSITIVE_INFINITY, 0];
  await runOnThreads(new URL('./anyThread.ts', import.meta.url), { pair }, rows, THREADS, line => {
    const [from, to] = line.split(' ').map(Number) as [number, number];
    start = Math.min(start, from);
    end = Math.max(end, to);
  });
  return (end - start) / 1000;
}

function pairOf(structure: Structure, loss: LossId, ids: readonly [string, string], symmetric = true): Pair {
  const identity = [{ rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1], translation: [0, 0, 0] as const }];
  const operators = symmetric ? operatorsOf(moyoInNode(), structure) : identity;
  const list = modelParameters(structure, operators, PAPER_INSTRUMENT);
  const oxygen = list.find(({ id }) => /^z\.O/.test(id))?.id.slice(2);
  const [x, y] = ids.map(
    id => parameterById(list, id.replace(/\.O$/, id.startsWith('B') ? '.O' : `.${oxygen}`))!,
  );
  return { structure, loss, x: x!, y: y! };
}

function msOf(pair: Pair, withGradient: boolean): number {
  const loss = overPair(pair);
  return msPerRun(n => loss(((n * 37) % SIDE) / (SIDE - 1), ((n * 11) % SIDE) / (SIDE - 1), withGradient));
}

/** Any two parameters: one point of each kind of pair, maps of coordinates on two threads, growth with atoms. */
export async function benchAny(): Promise<void> {
  const structures = ['BPO4', 'Na3MnCoNiO6'].map(id => readCrystal(id).structure);
  console.log('\nAny two parameters: ms of CPU time a point, and with gradient.');
  for (const structure of structures)
    for (const loss of ['cosine', 'entropy', 'gpwdf'] as const)
      for (const ids of PAIRS) {
        const pair = pairOf(structure, loss, ids);
        const what = `${structure.formula} ${loss} ${pair.x.id} × ${pair.y.id}`;
        console.log(
          `${what.padEnd(48)}${note(`${what} ms`, msOf(pair, false)).padStart(20)}${note(`${what} gradient ms`, msOf(pair, true)).padStart(20)}`,
        );
      }
  console.log(`\nMaps of ${SIDE} × ${SIDE} over two coordinates on ${THREADS} threads, wall seconds.`);
  for (const structure of structures)
    for (const { id } of LOSSES) {
      const what = `${structure.formula} ${id} coordinates map`;
      const seconds = await mapSeconds(pairOf(structure, id, ['x.O', 'z.O']));
      console.log(`${what.padEnd(48)}${note(`${what} s`, seconds, 2).padStart(20)}`);
    }
  console.log('\nGrowth, cosine, cells without symmetry: ms a point with gradient.');
  for (const ids of [
    ['x.0', 'y.0'],
    ['B', 'B.O'],
    ['a', 'x.0'],
    ['zero', 'a'],
  ] as const) {
    const points: { work: number; ms: number }[] = [];
    for (const atoms of [30, 100, 300]) {
      const structure = largeCell(atoms, 7);
      const { sites, cell } = structure;
      const reflections = peaksAt(scatteringModel(sites, PAPER_INSTRUMENT, cell), cell).count;
      const ms = msOf(pairOf(structure, 'cosine', ids, false), true);
      points.push({ work: atoms, ms });
      console.log(
        `${ids.join(' × ').padEnd(16)}${String(atoms).padStart(6)} atoms${String(reflections).padStart(8)} reflections${note(`${atoms} atoms ${ids.join(' × ')} ms`, ms).padStart(20)}`,
      );
    }
    console.log(`${''.padEnd(16)}as atoms^${note(`growth ${ids.join(' × ')}`, growth(points), 2)}`);
  }
}
