import { fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Structure } from '../../src/crystal/structure.ts';
import { atomsOf } from '../../src/energy/atoms.ts';
import { readCheckpoint } from '../../src/energy/checkpoint.ts';
import { type Potential, tensorNet } from '../../src/energy/potential.ts';
import { radialFunctions } from '../../src/energy/radialFunctions.ts';
import { buildRadialTable, finish } from '../../src/energy/radialTable.ts';
import { tensorNetWeights } from '../../src/energy/weights.ts';
import { slicePoints } from '../../src/landscape/slice.ts';
import { sliceFor } from './cases.ts';

/** Points along each axis of the map that the fixtures and the aim of 3 s are about. */
const SIDE = 21;

const WEIGHTS = join(import.meta.dirname, '../../../shared/mlip/TensorNet-MatPES-PBE-v2025.1-PES.state.pt');

/**
 * The interatomic potential on one core: reading the weights, the radial table, one energy and one evaluation with
 * forces and stress (ms), and 21 × 21 maps over (a, c) with b tied to a; the map of U2Ti on a pool too. Empty where the
 * weights are not at hand.
 */
export async function benchEnergy(
  read: (id: string) => { structure: Structure },
): Promise<Record<string, number>> {
  if (!existsSync(WEIGHTS)) {
    console.log('\nEnergy: left out, the weights are not in ../shared/mlip.');
    return {};
  }
  const figures: Record<string, number> = {};
  const timed = <T>(name: string, job: () => T): T => {
    const start = performance.now();
    const result = job();
    figures[name] = performance.now() - start;
    return result;
  };
  const weights = timed('weights', () =>
    tensorNetWeights(readCheckpoint(new Uint8Array(readFileSync(WEIGHTS)))),
  );
  const table = timed('radial table', () => finish(buildRadialTable(radialFunctions(weights))));
  const potential = tensorNet(weights, table);
  for (const id of ['U2Ti', 'NdAl8Cu4']) {
    const { structure } = read(id);
    const { sites } = structure;
    const cells = cellsOf(structure, id === 'U2Ti' ? SIDE : 5);
    const map = (): void => drawn(potential, structure, cells);
    map();
    timed(`${id} map ${cells.length / 6} points`, map);
    figures[`${id} energy`] = figures[`${id} map ${cells.length / 6} points`]! / (cells.length / 6);
    const n = id === 'U2Ti' ? 60 : 5;
    timed(`${id} forces`, () => {
      for (let k = 0; k < n; k++) potential.evaluate(atomsOf(sites, structure.cell));
    });
    figures[`${id} forces`] = figures[`${id} forces`]! / n;
  }
  const processes = availableParallelism();
  figures[`U2Ti map ${SIDE ** 2} points, ${processes} processes`] = await pooled(
    read('U2Ti').structure,
    processes,
  );
  console.log('\nInteratomic potential, ms (on one core where no processes are named):');
  for (const [name, ms] of Object.entries(figures)) console.log(`${name.padEnd(36)} ${ms.toFixed(1)}`);
  return figures;
}

const cellsOf = (structure: Structure, side: number): Float64Array =>
  slicePoints(sliceFor(structure, 'a', 'c', side));

function drawn(potential: Potential, { sites }: Structure, cells: Float64Array): void {
  for (let k = 0; k < cells.length; k += 6)
    potential.energy(atomsOf(sites, [...cells.subarray(k, k + 6)] as unknown as Structure['cell']));
}

interface Share {
  readonly structure: Structure;
  readonly cells: readonly number[];
}

/** Wall time of the map on `count` processes that have their weights already, ms; the shares are interleaved points. */
async function pooled(structure: Structure, count: number): Promise<number> {
  const cells = cellsOf(structure, SIDE);
  const shares = Array.from({ length: count }, (_, i): Share => {
    const mine = Array.from({ length: cells.length / 6 }, (_, k) => k).filter(k => k % count === i);
    return { structure, cells: mine.flatMap(k => [...cells.subarray(6 * k, 6 * k + 6)]) };
  });
  const children = shares.map(() => fork(import.meta.filename, ['--share'], { execArgv: process.execArgv }));
  const answers = (): Promise<unknown> =>
    Promise.all(
      children.map(
        (child, i) =>
          new Promise<void>((resolve, reject) => {
            child.removeAllListeners();
            child.once('message', () => resolve());
            child.once('exit', code => reject(new Error(`process ${i + 1} ended with code ${code}`)));
            child.send(shares[i]!);
          }),
      ),
    );
  try {
    await answers();
    const start = performance.now();
    await answers();
    return performance.now() - start;
  } finally {
    for (const child of children) {
      child.removeAllListeners();
      child.kill();
    }
  }
}

if (process.argv.includes('--share')) {
  const weights = tensorNetWeights(readCheckpoint(new Uint8Array(readFileSync(WEIGHTS))));
  const potential = tensorNet(weights, finish(buildRadialTable(radialFunctions(weights))));
  process.on('message', ({ structure, cells }: Share) => {
    drawn(potential, structure, Float64Array.from(cells));
    process.send?.('done');
  });
}
