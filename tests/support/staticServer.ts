import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

export interface StaticServer {
  /** Address of the page, with the path it is served under. */
  readonly address: string;
  close(): Promise<void>;
}

/** Serves the files of a folder under a path, as a host of static pages does: what is not there is 404. */
export async function serveFolder(folder: string, path: string): Promise<StaticServer> {
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const inside = decodeURIComponent(url.pathname.slice(path.length)) || 'index.html';
    const file = normalize(join(folder, inside));
    const refuse = (): void => {
      response.writeHead(404).end('not found');
    };
    if (!url.pathname.startsWith(path) || !file.startsWith(folder)) refuse();
    else
      readFile(file).then(
        content =>
          response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'text/plain' }).end(content),
        refuse,
      );
  });
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://localhost:${port}${path}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
