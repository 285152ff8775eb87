import type { Request } from './protocol.ts';
import { serve } from './serve.ts';
import { TABLES } from './tables.ts';

const scope = globalThis as unknown as {
  readonly name: string;
  onmessage: (event: { data: Request }) => void;
  postMessage(value: unknown, transfer: Transferable[]): void;
};
const handle = serve(TABLES, (reply, transfer) => scope.postMessage(reply, transfer));
scope.onmessage = ({ data }) => handle(data);

// Held until this thread ends, however it ends: the page waits for it (startWorker).
if (scope.name)
  void navigator.locks?.request(scope.name, () => {
    scope.postMessage({ type: 'alive' }, []);
    return new Promise(() => {});
  });
