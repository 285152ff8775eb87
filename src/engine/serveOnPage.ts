import { serve } from './serve.ts';
import { TABLES } from './tables.ts';

/** Answers what comes over a port, on this page. */
export function serveOnPage(port: MessagePort): void {
  const handle = serve(TABLES, (reply, transfer) => port.postMessage(reply, transfer));
  port.onmessage = ({ data }) => handle(data);
}
