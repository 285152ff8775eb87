import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { createServer, type Plugin, type ViteDevServer } from 'vite';
import { BROWSER_FLAGS, findBrowser } from '../support/findBrowser.ts';
import { WALKERS } from './cases.ts';
import type { PageFigures } from './page.ts';
import { readCrystal } from './readCrystal.ts';
import { note, noteVersion, saveResults } from './record.ts';

const ROOT = join(import.meta.dirname, '../..');
const PORT = 4191;
const STRUCTURES = ['U2Ti', 'Na3MnCoNiO6'];
const cifs = (): Record<string, string> =>
  Object.fromEntries(STRUCTURES.map(id => [id, readCrystal(id).text]));

async function serve(plugins: Plugin[] = []): Promise<ViteDevServer> {
  const server = await createServer({
    root: ROOT,
    configFile: join(ROOT, 'vite.config.ts'),
    server: { port: PORT, strictPort: true, hmr: false },
    // Found late, they would reload the page in the middle of a measurement.
    optimizeDeps: { include: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-webgl/dist/base.js'] },
    plugins,
    logLevel: 'error',
  });
  await server.listen();
  return server;
}

/** The benchmark page in headless Chromium with software rendering. */
export async function inPage<R>(
  run: (page: Page, browser: Browser) => Promise<R>,
  flags: string[] = [],
): Promise<R> {
  const server = await serve();
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [...BROWSER_FLAGS, ...flags],
  });
  noteVersion('chromium', browser.version());
  try {
    const page = await browser.newPage();
    await page.goto(`http://localhost:${PORT}/tests/bench/page.html`);
    await page.waitForFunction(() => 'measure' in window, null, { timeout: 120_000 });
    return await run(page, browser);
  } finally {
    await browser.close();
    await server.close();
  }
}

/** @param where put before the names of the figures, for browsers other than the headless one */
function report({ webgl, workers, maps, walkers, descents, catchment }: PageFigures, where: string): string {
  const lines = [
    `Cosine maps over a and c, seconds, median of five after a first. WebGL: ${webgl}. Pool: ${workers}.`,
  ];
  for (const { id, side, engine, first, median, gapMs } of maps)
    lines.push(
      `  ${id.padEnd(12)} ${`${side} × ${side}`.padEnd(10)} ${engine.padEnd(22)} ${note(`${where}${id} map ${side} ${engine} s`, median)}, the first time ${first.toFixed(2)}; longest gap between frames ${note(`${where}${id} map ${side} ${engine} gap ms`, gapMs, 0)} ms`,
    );
  lines.push(`Loss and gradient of ${WALKERS} walkers at once, ms:`);
  for (const { id, engine, stepMs } of walkers)
    lines.push(
      `  ${id.padEnd(12)} ${engine.padEnd(22)} ${note(`${where}${id} ${WALKERS} walkers ${engine} ms`, stepMs, 1)}`,
    );
  lines.push(`Descents of ${WALKERS} walkers, ms a step of all of them:`);
  for (const { id, engine, stepMs, gapMs } of descents)
    lines.push(
      `  ${id.padEnd(12)} ${engine.padEnd(22)} ${note(`${where}${id} ${WALKERS} walkers descend ${engine} ms`, stepMs, 1)}; longest gap between frames ${note(`${where}${id} ${WALKERS} walkers descend ${engine} gap ms`, gapMs, 0)} ms`,
    );
  for (const id of new Set(descents.map(figure => figure.id))) {
    const [pool, gpu] = descents.filter(figure => figure.id === id);
    if (pool && gpu)
      lines.push(
        `  ${id.padEnd(12)} WebGL is ${note(`${where}${id} ${WALKERS} walkers pool over WebGL`, pool.stepMs / gpu.stepMs, 2)} times as fast as the pool`,
      );
  }
  const { starts, steps, seconds } = catchment;
  lines.push(
    `Catchment of ${STRUCTURES[0]}: ${starts} descents, ${steps} steps in ${note(`${where}catchment s`, seconds, 2)} s on the pool: ${note(`${where}catchment step ms`, (1000 * seconds) / steps, 4)} ms a step`,
  );
  return lines.join('\n');
}

export async function benchMaps(): Promise<void> {
  console.log('\nIn headless Chromium, software rendering:');
  const figures = await inPage(page => page.evaluate(texts => window.measure(texts), cifs()));
  console.log(report(figures, ''));
}

/** 10,000 maps: the tensors, textures and heap they leave behind. */
export async function benchMemory(): Promise<void> {
  const maps = 10_000;
  console.log(`\nMemory over ${maps} maps, WebGL in software rendering and the pool in turn:`);
  const { marks } = await inPage(
    page =>
      page.evaluate(([text, n]) => window.measureMemory(text, n), [readCrystal('U2Ti').text, maps] as const),
    ['--js-flags=--expose-gc', '--enable-precise-memory-info'],
  );
  console.log('  maps     tensors   textures MB   heap MB');
  for (const { done, tensors, textureBytes, heapBytes } of marks)
    console.log(
      `  ${String(done).padEnd(8)} ${note(`memory ${done} tensors`, tensors, 0).padEnd(9)} ${note(`memory ${done} textures MB`, textureBytes / 1e6, 2).padEnd(13)} ${note(`memory ${done} heap MB`, heapBytes / 1e6, 2)}`,
    );
}

/** Serves the page until a browser has sent its figures: for the GPU of a user's own machine. */
export async function serveBrowserPage(): Promise<void> {
  let finish: () => void = () => {};
  const finished = new Promise<void>(resolve => {
    finish = resolve;
  });
  const server = await serve([
    {
      name: 'bench-figures',
      configureServer: ({ middlewares }) => {
        middlewares.use('/bench/structures', (_, response) => response.end(JSON.stringify(cifs())));
        middlewares.use('/bench/figures', (request: IncomingMessage, response) => {
          const parts: Buffer[] = [];
          request.on('data', (part: Buffer) => parts.push(part));
          request.on('end', () => {
            const figures = JSON.parse(Buffer.concat(parts).toString('utf8')) as PageFigures;
            noteVersion('browser', figures.agent);
            const text = report(figures, 'own browser: ');
            console.log(`\n${figures.agent}\n${text}\nWritten to ${saveResults()}.`);
            response.end(`${figures.agent}\n${text}`, finish);
          });
        });
      },
    },
  ]);
  console.log(
    `Open http://localhost:${PORT}/tests/bench/page.html?run in the browser to be measured; its figures appear here.`,
  );
  await finished;
  await server.close();
}
