import type { Request } from '../worker/protocol.ts';
import { serveMethods } from '../worker/serve.ts';
import { energyMethods } from './energyMethods.ts';
import type { EnergyMethods } from './energyProtocol.ts';

const scope = globalThis as unknown as {
  onmessage: (event: { data: Request<EnergyMethods, null> }) => void;
  postMessage(value: unknown, transfer: Transferable[]): void;
};
const handle = serveMethods<EnergyMethods, null>(energyMethods(), (reply, transfer) =>
  scope.postMessage(reply, transfer),
);
scope.onmessage = ({ data }) => handle(data);
