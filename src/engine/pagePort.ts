import type { WorkerPort } from './thread.ts';

/**
 * A thread's side on the page itself, the last resort where a browser or a policy gives the page no threads; its code is
 * fetched then. What it computes lets the page breathe every few milliseconds.
 */
export function pagePort(): WorkerPort {
  const { port1, port2 } = new MessageChannel();
  const port: WorkerPort = {
    postMessage: message => port1.postMessage(message),
    onmessage: null,
    onerror: null,
    terminate: () => port1.close(),
  };
  port1.onmessage = event => port.onmessage?.(event);
  import('./serveOnPage.ts').then(
    ({ serveOnPage }) => serveOnPage(port2),
    (error: Error) => port.onerror?.(error),
  );
  return port;
}
