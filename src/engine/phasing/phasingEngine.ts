import { WorkerBridge, type WorkerPort } from '../worker/bridge.ts';
import type { PhasingMethods } from './protocol.ts';

/** The laboratory's own worker, so that nothing it does waits for the map of the explorer, nor the other way round. */
export class PhasingEngine {
  private readonly bridge: WorkerBridge<PhasingMethods, null>;

  constructor(spawn: () => WorkerPort<PhasingMethods, null>) {
    this.bridge = new WorkerBridge(spawn);
  }

  run<M extends keyof PhasingMethods>(
    method: M,
    args: PhasingMethods[M]['args'],
    options: { signal?: AbortSignal; onProgress?: (value: PhasingMethods[M]['progress']) => void } = {},
  ): Promise<PhasingMethods[M]['result']> {
    return this.bridge.call(method, 0, null, args, options);
  }

  terminate(): void {
    this.bridge.terminate();
  }
}

export const spawnPhasingEngine = (): PhasingEngine =>
  new PhasingEngine(
    () =>
      new Worker(new URL('./phasing.worker.ts', import.meta.url), {
        type: 'module',
      }) as unknown as WorkerPort<PhasingMethods, null>,
  );
