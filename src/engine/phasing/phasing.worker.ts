import type { Request } from '../worker/protocol.ts';
import { serveMethods } from '../worker/serve.ts';
import { PHASING_METHODS } from './methods.ts';
import type { PhasingMethods } from './protocol.ts';

const scope = globalThis as unknown as {
  onmessage: (event: { data: Request<PhasingMethods, null> }) => void;
  postMessage(value: unknown, transfer: Transferable[]): void;
};
const handle = serveMethods(PHASING_METHODS, (reply, transfer) => scope.postMessage(reply, transfer));
scope.onmessage = ({ data }) => handle(data);
