import { Pool, type PoolTimes } from '../../src/engine/pool.ts';
import type { Reply, Request } from '../../src/engine/protocol.ts';
import { serve, type TableLoaders } from '../../src/engine/serve.ts';
import { TABLES } from '../../src/engine/tables.ts';
import type { WorkerPort } from '../../src/engine/thread.ts';

/** Messages that went over a port, and ways to kill its worker. */
export interface Wire {
  readonly sent: Request[];
  readonly received: Reply[];
  /** With an error that the page hears of. */
  crash(message: string): void;
  /** Without a word: nothing comes from it any more. */
  die(): void;
  terminated: boolean;
}

/** The real worker code behind a real message channel: structured clone and transfer, no thread. */
function memoryPort(loaders: TableLoaders): { port: WorkerPort; wire: Wire } {
  const { port1: page, port2: worker } = new MessageChannel();
  let dead = false;
  const die = (): void => {
    dead = true;
    // a thread would be killed; here what it computes has to be told to end
    for (const message of wire.sent) if (message.type === 'call') handle({ type: 'abort', id: message.id });
    page.close();
    worker.close();
  };
  const wire: Wire = {
    sent: [],
    received: [],
    terminated: false,
    crash: message => port.onerror?.({ message }),
    die,
  };
  const port: WorkerPort = {
    postMessage(message) {
      wire.sent.push(structuredClone(message));
      if (!dead) page.postMessage(message);
    },
    onmessage: null,
    onerror: null,
    terminate() {
      wire.terminated = true;
      die();
    },
  };
  page.onmessage = ({ data }: { data: Reply }) => {
    if (dead) return;
    wire.received.push(data);
    port.onmessage?.({ data });
  };
  const handle = serve(loaders, (reply, transfer) => {
    if (!dead) worker.postMessage(reply, transfer);
  });
  worker.onmessage = ({ data }: { data: Request }) => {
    try {
      handle(data);
    } catch (error) {
      wire.crash((error as Error).message);
    }
  };
  return { port, wire };
}

/** Ports to the workers' code, with the wires of all that were started. */
export function memoryThreads(loaders: TableLoaders = TABLES): { start: () => WorkerPort; wires: Wire[] } {
  const wires: Wire[] = [];
  const start = (): WorkerPort => {
    const { port, wire } = memoryPort(loaders);
    wires.push(wire);
    return port;
  };
  return { start, wires };
}

/** A pool of them. */
export function memoryPool(
  size: number,
  times: Partial<PoolTimes> = {},
  loaders?: TableLoaders,
): { pool: Pool; wires: Wire[] } {
  const { start, wires } = memoryThreads(loaders);
  return { pool: new Pool(start, size, times), wires };
}
