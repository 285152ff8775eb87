import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Structure } from '../../src/crystal/structure.ts';
import { atomsOf } from '../../src/energy/atoms.ts';
import { readCheckpoint } from '../../src/energy/checkpoint.ts';
import { tensorNet } from '../../src/energy/potential.ts';
import { radialFunctions } from '../../src/energy/radialFunctions.ts';
import { buildRadialTable, finish } from '../../src/energy/radialTable.ts';
import { tensorNetWeights } from '../../src/energy/weights.ts';
import { sliceCells } from '../../src/landscape/slice.ts';
import { sliceFor } from './cases.ts';

const WEIGHTS = join(import.meta.dirname, '../../../shared/mlip/TensorNet-MatPES-PBE-v2025.1-PES.state.pt');

/**
 * The interatomic potential on one core: reading the weights, the radial table, one energy and one evaluation with
 * forces and stress (ms), and 21 × 21 maps over (a, c) with b tied to a. Empty where the weights are not at hand.
 */
export function benchEnergy(read: (id: string) => { structure: Structure }): Record<string, number> {
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
    const cells = sliceCells(sliceFor(structure, 'a', 'c', id === 'U2Ti' ? 21 : 5));
    const map = (): void => {
      for (let k = 0; k < cells.length; k += 6)
        potential.energy(atomsOf(sites, [...cells.subarray(k, k + 6)] as unknown as Structure['cell']));
    };
    map();
    timed(`${id} map ${cells.length / 6} points`, map);
    figures[`${id} energy`] = figures[`${id} map ${cells.length / 6} points`]! / (cells.length / 6);
    const n = id === 'U2Ti' ? 60 : 5;
    timed(`${id} forces`, () => {
      for (let k = 0; k < n; k++) potential.evaluate(atomsOf(sites, structure.cell));
    });
    figures[`${id} forces`] = figures[`${id} forces`]! / n;
  }
  console.log('\nInteratomic potential on one core, ms:');
  for (const [name, ms] of Object.entries(figures)) console.log(`${name.padEnd(24)} ${ms.toFixed(1)}`);
  return figures;
}
