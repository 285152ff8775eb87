import { WorkerBridge, type WorkerPort } from '../worker/bridge.ts';
import type {
  CompareMethods,
  Similarities,
  SimilaritiesCall,
  SimulateCall,
  Simulated,
} from './compareProtocol.ts';

/** The worker of the comparison: one pattern at a time, and all against all. */
export class CompareEngine {
  private readonly bridge: WorkerBridge<CompareMethods, null>;

  constructor(spawn: () => WorkerPort<CompareMethods, null>) {
    this.bridge = new WorkerBridge(spawn);
  }

  simulate(call: SimulateCall, signal?: AbortSignal): Promise<Simulated> {
    return this.bridge.call('simulate', 1, null, call, { signal });
  }

  similarities(
    call: SimilaritiesCall,
    signal?: AbortSignal,
    onProgress?: (done: number) => void,
  ): Promise<Similarities> {
    return this.bridge.call('similarities', 1, null, call, { signal, ...(onProgress ? { onProgress } : {}) });
  }
}

export const spawnCompareEngine = (): CompareEngine =>
  new CompareEngine(
    () => new Worker(new URL('./compare.worker.ts', import.meta.url), { type: 'module' }) as never,
  );
