import { spawnSync } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** The app, built into a folder of its own and served; `close` takes both away. */
export async function servedApp(
  onFile: (path: string, text: Buffer) => void = () => {},
): Promise<{ readonly address: string; close(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'braggscape-bench-'));
  const built = spawnSync('npx', ['vite', 'build', '--outDir', relative(ROOT, folder), '--emptyOutDir'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(`the build failed: ${built.stderr}`);
  const { port, stop } = await serveFolder(folder, onFile);
  return {
    address: `http://localhost:${port}/`,
    close() {
      stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A static server as a site would have: compressed, hashed files for ever. `onFile` hears of every file sent. */
async function serveFolder(
  folder: string,
  onFile: (path: string, text: Buffer) => void,
): Promise<{ readonly port: number; stop(): void }> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://x').pathname);
    const file = join(folder, path === '/' ? 'index.html' : path);
    if (!file.startsWith(folder) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    onFile(path, readFileSync(file));
    response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream');
    response.setHeader(
      'Cache-Control',
      path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    );
    createReadStream(file).pipe(response);
  });
  await new Promise<void>(resolve => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  return { port, stop: () => server.close() };
}
