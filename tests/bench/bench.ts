/**
 * npm run bench [-- --save]: times the engines and prints the figures beside those of other programs and of the last
 * saved run. Never part of the tests: times are only comparable on one quiet machine.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { LIBRARY } from '../../src/crystal/library.ts';
import type { Structure } from '../../src/crystal/structure.ts';
import { readCif } from '../../src/formats/cif.ts';
import { sliceCells } from '../../src/landscape/slice.ts';
import { LOSSES } from '../../src/losses/registry.ts';
import { type CellObjective, denseObjective } from '../../src/peakspace/denseObjective.ts';
import { objectiveFor } from '../../src/peakspace/objective.ts';
import { BROWSER_FLAGS, findBrowser } from '../support/findBrowser.ts';
import { MAP_SIDES, problemOf, sliceFor } from './cases.ts';
import { benchEnergy } from './energy.ts';
import type { MapTiming } from './page.ts';
import { benchPhasing } from './phasing.ts';

const ROOT = join(import.meta.dirname, '../..');
const SAVED = join(import.meta.dirname, 'previous.json');

/**
 * StructSnap, the simulator of the paper (PyTorch, 9000 bins × reflections, batches of 16, full sphere), on two cores
 * without a GPU: ms per descent step (loss and six gradients).
 */
const PEERS: Readonly<Record<string, number>> = { U2Ti: 132, Na3MnCoNiO6: 875, NdAl8Cu4: 1770 };

const read = (id: string): { text: string; structure: Structure } => {
  const text = readFileSync(join(ROOT, `public/structures/${id}.cif`), 'utf8');
  const result = readCif(text);
  if (!result.ok) throw new Error(`${id}.cif could not be read`);
  return { text, structure: result.value };
};

/** Mean ms of an evaluation over cells of the slice, in rounds of at least 0.2 s, the fastest of two after a first that warms up. */
function msPerEvaluation(objective: CellObjective, cells: Float64Array, gradient: boolean): number {
  const out = gradient ? new Float64Array(6) : null;
  const n = cells.length / 6;
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round++) {
    const start = performance.now();
    let count = 0;
    while (performance.now() - start < 200) {
      for (let k = 0; k < 8; k++, count++) {
        const at = 6 * ((count * 37) % n);
        objective(cells.subarray(at, at + 6), out);
      }
    }
    if (round > 0) best = Math.min(best, (performance.now() - start) / count);
  }
  return best;
}

type Figures = Record<string, number>;
const previous: Figures = existsSync(SAVED)
  ? (JSON.parse(readFileSync(SAVED, 'utf8')) as { figures: Figures }).figures
  : {};
const figures: Figures = {};
const shown = (key: string, value: number, digits: number): string => {
  figures[key] = Number(value.toPrecision(4));
  const before = previous[key];
  return `${value.toFixed(digits)}${before === undefined ? '' : ` (${before.toFixed(digits)})`}`;
};

console.log(
  `Braggscape benchmark. ${cpus()[0]?.model ?? 'CPU'}, ${availableParallelism()} cores, Node ${process.version}.`,
);
console.log('In brackets: the last saved run.\n');

console.log('One evaluation on one core, ms, cells of the ±10 % slice over a and c:');
console.log(
  'structure      loss     dense loss   dense +grad    used loss    used +grad   StructSnap +grad (2 cores)',
);
for (const { id } of LIBRARY) {
  const { structure } = read(id);
  const cells = sliceCells(sliceFor(structure, 'a', 'c', 61));
  for (const loss of LOSSES) {
    const { sites, instrument, target } = problemOf(structure, loss.id);
    const dense = denseObjective(sites, instrument, loss, target);
    const used = objectiveFor(sites, instrument, loss, target);
    const time = (name: string, objective: CellObjective, gradient: boolean): string =>
      shown(
        `${id} ${loss.id} ${name}${gradient ? ' gradient' : ''} ms`,
        msPerEvaluation(objective, cells, gradient),
        3,
      ).padStart(12);
    const row = [
      id.padEnd(13),
      loss.id.padEnd(8),
      time('dense', dense, false),
      time('dense', dense, true),
      time('used', used, false),
      time('used', used, true),
    ];
    console.log(`${row.join('  ')}   ${loss.id === 'cosine' && PEERS[id] ? PEERS[id] : ''}`);
  }
}

for (const [name, ms] of Object.entries(benchEnergy(read))) shown(`energy ${name} ms`, ms, 2);
for (const [name, ms] of Object.entries(benchPhasing())) shown(`phasing ${name} ms`, ms, 2);

console.log(
  '\nCosine maps over a and c in headless Chromium (software rendering), seconds, median of three:',
);
const server = await createServer({
  root: ROOT,
  configFile: join(ROOT, 'vite.config.ts'),
  server: { port: 4191, hmr: false },
  // Found late, they would reload the page in the middle of a measurement.
  optimizeDeps: { include: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-webgl/dist/base.js'] },
  logLevel: 'error',
});
await server.listen();
const executablePath = findBrowser();
const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: BROWSER_FLAGS });
try {
  const page = await browser.newPage();
  await page.goto('http://localhost:4191/tests/bench/page.html');
  await page.waitForFunction(() => 'measure' in window, null, { timeout: 120_000 });
  const cifs = Object.fromEntries(['U2Ti', 'Na3MnCoNiO6'].map(id => [id, read(id).text]));
  const maps: Record<string, MapTiming[]> = await page.evaluate(texts => window.measure(texts), cifs);
  for (const [id, timings] of Object.entries(maps)) {
    for (const side of MAP_SIDES) {
      const dense = (figures[`${id} cosine dense ms`] ?? 0) * (side ** 2 / 1000);
      const label = `${id} ${side} × ${side}`.padEnd(24);
      console.log(
        `${label} dense float64, one core (from the table above): ${shown(`${id} map ${side} dense s`, dense, 2)}`,
      );
      for (const { engine, median, first } of timings.filter(timing => timing.side === side))
        console.log(
          `${label} ${engine}: ${shown(`${id} map ${side} ${engine} s`, median, 2)}, the first time ${first.toFixed(2)}`,
        );
    }
  }
} finally {
  await browser.close();
  await server.close();
}

if (process.argv.includes('--save')) {
  writeFileSync(
    SAVED,
    `${JSON.stringify({ machine: `${cpus()[0]?.model ?? 'CPU'}, ${availableParallelism()} cores, Node ${process.version}`, figures }, null, 1)}\n`,
  );
  console.log('\nSaved as the figures to compare with.');
}
