import { afterEach, describe, expect, it } from 'vitest';
import { atomsOf } from '../../src/energy/atoms.ts';
import { PAPER_RELAXATION } from '../../src/energy/relaxPlan.ts';
import { EnergyEngine } from '../../src/engine/energyEngine.ts';
import type { RelaxChunk } from '../../src/engine/methods/energy.ts';
import type { Pool } from '../../src/engine/pool.ts';
import { checkpointOf, viewed, zipFile } from '../energy/checkpointFile.ts';
import { randomTensors } from '../energy/randomTensors.ts';
import { HAVE_WEIGHTS, NEEDS, publishedModel, weightsBytes } from '../energy/weightsFile.ts';
import { libraryStructure } from '../support/library.ts';
import { memoryPool } from '../support/memoryWorker.ts';

const pools: Pool[] = [];
const made = (size: number): EnergyEngine => {
  const { pool } = memoryPool(size);
  pools.push(pool);
  return new EnergyEngine(pool);
};
afterEach(() => {
  for (const pool of pools.splice(0)) pool.dispose();
});

describe('the energy engine', () => {
  it('refuses a file with the sentence of the reader, and weights that fail the self-test', async () => {
    await expect(made(2).load(Uint8Array.of(1, 2, 3))).rejects.toThrow(/no PyTorch file/);
    const drawn = zipFile(checkpointOf(viewed(randomTensors())));
    await expect(made(1).load(drawn)).rejects.toThrow(/do not belong to this model: MgO/);
  });

  it('says that it has no weights yet', async () => {
    const { sites, cell } = libraryStructure('U2Ti');
    await expect(made(1).energies(sites, Float64Array.from(cell))).rejects.toThrow(/no weights yet/);
  });

  it.skipIf(!HAVE_WEIGHTS)(
    `gives the energies of the potential, gaps where there is no cell, and a relaxation step by step ${NEEDS}`,
    async () => {
      const { tabled } = publishedModel();
      const { sites, cell } = libraryStructure('U2Ti');
      const pool = made(2);
      const shares: number[] = [];
      await pool.load(weightsBytes(), { onProgress: share => shares.push(share) });
      expect(shares.at(-1)).toBe(1);
      const cells = Float64Array.of(
        ...cell,
        4.9,
        4.9,
        2.7,
        90,
        90,
        120,
        4.8,
        4.8,
        0.6,
        90,
        90,
        120,
        5,
        5,
        3,
        170,
        90,
        20,
      );
      const found = await pool.energies(sites, cells);
      expect(found[0]).toBeCloseTo(tabled.energy(atomsOf(sites, cell)), 10);
      expect(found[1]).toBeCloseTo(tabled.energy(atomsOf(sites, [4.9, 4.9, 2.7, 90, 90, 120])), 10);
      expect([found[2], found[3]]).toEqual([Number.NaN, Number.NaN]);
      const chunks: RelaxChunk[] = [];
      const end = await pool.relax(
        sites,
        [5, 5, 2.7, 90, 90, 120],
        { ...PAPER_RELAXATION, mode: 'cell' },
        {
          onChunk: chunk => chunks.push(chunk),
        },
      );
      expect(end.stop).toBe('converged');
      expect(chunks).toHaveLength(end.steps + 1);
      expect(chunks[0]!.cells[0]).toBeCloseTo(5, 12);
      expect(chunks.at(-1)!.cells[0]).toBeCloseTo(4.798, 1);
      expect(chunks.at(-1)!.energies[0]!).toBeLessThan(chunks[0]!.energies[0]!);
      const stop = new AbortController();
      const aborted = pool.energies(sites, cells, { signal: stop.signal });
      stop.abort();
      await expect(aborted).rejects.toThrow(/cancelled/);
    },
  );
});
