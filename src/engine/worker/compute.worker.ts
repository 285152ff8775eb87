import type { Request } from './protocol.ts';
import { serve } from './serve.ts';

const scope = globalThis as unknown as {
  onmessage: (event: { data: Request }) => void;
  postMessage(value: unknown, transfer: Transferable[]): void;
};
const handle = serve((reply, transfer) => scope.postMessage(reply, transfer));
scope.onmessage = ({ data }) => handle(data);
