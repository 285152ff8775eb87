import type { Request } from '../worker/protocol.ts';
import { serveMethods } from '../worker/serve.ts';
import { COMPARE_METHODS } from './compareMethods.ts';
import type { CompareMethods } from './compareProtocol.ts';

const scope = globalThis as unknown as {
  onmessage: (event: { data: Request<CompareMethods, null> }) => void;
  postMessage(value: unknown, transfer: Transferable[]): void;
};
const handle = serveMethods<CompareMethods, null>(COMPARE_METHODS, (reply, transfer) =>
  scope.postMessage(reply, transfer),
);
scope.onmessage = ({ data }) => handle(data);
