import type { Problem } from '../../src/engine/engine.ts';
import { WorkerBridge, type WorkerPort } from '../../src/engine/worker/bridge.ts';
import type { Methods, MethodsOf, Reply, Request } from '../../src/engine/worker/protocol.ts';
import { serve } from '../../src/engine/worker/serve.ts';

/** What went over a port, and a way to kill its worker. */
export interface Wire<T extends MethodsOf<T>, P = Problem> {
  readonly sent: Request<T, P>[];
  readonly received: Reply<T>[];
  crash(message: string): void;
  terminated: boolean;
}

type Server<T extends MethodsOf<T>, P> = (
  post: (reply: Reply<T>, transfer: Transferable[]) => void,
) => (request: Request<T, P>) => void;

/** The real worker code behind a real message channel: structured clone and transfer, no thread. */
export function memoryPort<T extends MethodsOf<T>, P = Problem>(
  server: Server<T, P>,
): { port: WorkerPort<T, P>; wire: Wire<T, P> } {
  const { port1: page, port2: worker } = new MessageChannel();
  const close = (): void => {
    wire.terminated = true;
    // a thread would be killed; here what it computes has to be told to end
    for (const message of wire.sent) if (message.type === 'call') handle({ type: 'abort', id: message.id });
    page.close();
    worker.close();
  };
  const wire: Wire<T, P> = {
    sent: [],
    received: [],
    terminated: false,
    crash(message) {
      port.onerror?.({ message });
    },
  };
  const port: WorkerPort<T, P> = {
    postMessage(message) {
      wire.sent.push(message);
      page.postMessage(message);
    },
    onmessage: null,
    onerror: null,
    terminate: close,
  };
  page.onmessage = ({ data }: { data: Reply<T> }) => {
    wire.received.push(data);
    port.onmessage?.({ data });
  };
  const handle = server((reply, transfer) => {
    if (!wire.terminated) worker.postMessage(reply, transfer);
  });
  worker.onmessage = ({ data }: { data: Request<T, P> }) => {
    try {
      handle(data);
    } catch (error) {
      wire.crash((error as Error).message);
    }
  };
  return { port, wire };
}

/** Ports to the compute worker's code, with the wires of all that were started. */
export function computeWorkers(): { spawn: () => WorkerPort; wires: Wire<Methods>[] } {
  const wires: Wire<Methods>[] = [];
  const spawn = (): WorkerPort => {
    const { port, wire } = memoryPort<Methods>(serve);
    wires.push(wire);
    return port;
  };
  return { spawn, wires };
}

/** A bridge to one such worker. */
export function computeBridge(): { bridge: WorkerBridge; wires: Wire<Methods>[] } {
  const { spawn, wires } = computeWorkers();
  return { bridge: new WorkerBridge(spawn), wires };
}
