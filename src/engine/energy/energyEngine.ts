import type { Cell } from '../../crystal/cell.ts';
import type { Site } from '../../crystal/structure.ts';
import type { RelaxPlan } from '../../energy/relaxPlan.ts';
import type { SelfCheck } from '../../energy/selfTest.ts';
import type { RunOptions } from '../engine.ts';
import { WorkerBridge, type WorkerPort } from '../worker/bridge.ts';
import type { DescentChunk, DescentEnd } from '../worker/protocol.ts';
import { shareOut } from '../worker/shareOut.ts';
import type { BlendArgs, EnergyMethods, RelaxChunk, RelaxEnd } from './energyProtocol.ts';

type Bridge = WorkerBridge<EnergyMethods, null>;

/** Nothing is kept by number in these workers. */
const NOTHING = 0;

/** The interatomic potential in workers of its own; each holds the weights and its radial table, 25 MB. */
export class EnergyEngine {
  private readonly pool: readonly Bridge[];

  constructor(spawn: () => WorkerPort<EnergyMethods, null>, size: number) {
    this.pool = Array.from({ length: size }, () => new WorkerBridge<EnergyMethods, null>(spawn));
  }

  get workers(): number {
    return this.pool.length;
  }

  /** Rejects with the sentence of the reader or of the self-test. */
  async load(bytes: Uint8Array, options: RunOptions = {}): Promise<readonly SelfCheck[]> {
    // One worker first: a refused file is refused once.
    const [first, ...others] = this.pool as [Bridge, ...Bridge[]];
    const load = (bridge: Bridge): Promise<{ checks: readonly SelfCheck[] }> =>
      bridge.call(
        'load',
        NOTHING,
        null,
        { bytes },
        {
          signal: options.signal,
          onProgress: share => options.onProgress?.(share, 1),
        },
      );
    const { checks } = await load(first);
    await Promise.all(others.map(load));
    return checks;
  }

  /** eV per cell [n]. */
  async energies(
    sites: readonly Site[],
    cells: Float64Array,
    options: RunOptions = {},
  ): Promise<Float64Array> {
    const n = cells.length / 6;
    const out = new Float64Array(n);
    await shareOut(this.pool, n, 4, options, async (bridge, first, count, signal) => {
      const part = cells.slice(first * 6, (first + count) * 6);
      out.set(await bridge.call('energies', NOTHING, null, { sites, cells: part }, { signal }), first);
    });
    return out;
  }

  relax(
    sites: readonly Site[],
    cell: Cell,
    plan: RelaxPlan,
    options: { signal?: AbortSignal; onChunk(chunk: RelaxChunk): void },
  ): Promise<RelaxEnd> {
    const call = { signal: options.signal, onProgress: options.onChunk };
    return this.idlest().call('relax', NOTHING, null, { sites, cell, plan }, call);
  }

  blend(
    args: BlendArgs,
    options: { signal?: AbortSignal; onChunk(chunk: DescentChunk): void },
  ): Promise<DescentEnd> {
    const call = { signal: options.signal, onProgress: options.onChunk };
    return this.idlest().call('blend', NOTHING, null, args, call);
  }

  dispose(): void {
    for (const bridge of this.pool) bridge.terminate();
  }

  private idlest(): Bridge {
    return this.pool.reduce((best, bridge) => (bridge.load < best.load ? bridge : best));
  }
}

/** One worker a core, at most four. */
export function spawnEnergyEngine(cores = navigator.hardwareConcurrency || 2): EnergyEngine {
  const spawn = (): WorkerPort<EnergyMethods, null> =>
    new Worker(new URL('./energy.worker.ts', import.meta.url), { type: 'module' }) as unknown as WorkerPort<
      EnergyMethods,
      null
    >;
  return new EnergyEngine(spawn, Math.max(1, Math.min(4, cores)));
}
