import type { Request } from '../worker/protocol.ts';
import { serveMethods } from '../worker/serve.ts';
import { INSIGHT_METHODS } from './insightMethods.ts';
import type { InsightMethods } from './insightProtocol.ts';

const scope = globalThis as unknown as {
  onmessage: (event: { data: Request<InsightMethods> }) => void;
  postMessage(value: unknown, transfer: Transferable[]): void;
};
const handle = serveMethods<InsightMethods>(INSIGHT_METHODS, (reply, transfer) =>
  scope.postMessage(reply, transfer),
);
scope.onmessage = ({ data }) => handle(data);
