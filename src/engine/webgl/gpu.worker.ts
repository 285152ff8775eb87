import type { Request } from '../worker/protocol.ts';
import { serveMethods } from '../worker/serve.ts';
import { GPU_METHODS } from './gpuMethods.ts';
import type { GpuMethods } from './gpuProtocol.ts';

const scope = globalThis as unknown as {
  onmessage: (event: { data: Request<GpuMethods> }) => void;
  postMessage(value: unknown, transfer: Transferable[]): void;
};
const handle = serveMethods(GPU_METHODS, (reply, transfer) => scope.postMessage(reply, transfer));
scope.onmessage = ({ data }) => handle(data);
