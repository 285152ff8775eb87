import type { Request } from './protocol.ts';
import { serve } from './serve.ts';
import { TABLES } from './tables.ts';

const scope = globalThis as unknown as {
  readonly name: string;
  onmessage: (event: { data: Request }) => void;
  postMessage(value: unknown, transfer: Transferable[]): void;
};
const tables = { ...TABLES, webgl: () => import('./webgl/gpuMethods.ts') };
const handle = serve(tables, (reply, transfer) => scope.postMessage(reply, transfer));
scope.onmessage = ({ data }) => handle(data);

const alive = (): void => scope.postMessage({ type: 'alive' }, []);

// Held until this thread ends, however it ends: the page waits for it (startWorker). A sandboxed frame forbids it.
if (scope.name)
  navigator.locks
    ?.request(scope.name, () => {
      alive();
      return new Promise(() => {});
    })
    .catch(alive);
else alive();
