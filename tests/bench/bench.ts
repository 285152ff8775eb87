/**
 * npm run bench [-- parts]: times the engines and prints every figure with that of the run before in brackets; writes
 * both into tests/bench/results.json. Parts: evaluations, torch, maps, bundle, memory, catchment, phasing,
 * energy; without any, all but
 * memory. `--browser` serves a page to be opened in a browser of your own instead. Never part of the tests: times are
 * only comparable on one quiet machine.
 */

import { benchBundle } from './bundle.ts';
import { benchEnergy } from './energy.ts';
import { benchEvaluations } from './evaluations.ts';
import { benchCatchment } from './insight.ts';
import { benchMaps, benchMemory, serveBrowserPage } from './maps.ts';
import { benchPhasing } from './phasing.ts';
import { readCrystal } from './readCrystal.ts';
import { machine, note, saveResults } from './record.ts';
import { benchSideBySide } from './sideBySide.ts';
import { benchStudy } from './study.ts';

const PARTS: Readonly<Record<string, () => void | Promise<void>>> = {
  evaluations: benchEvaluations,
  torch: benchSideBySide,
  maps: benchMaps,
  bundle: benchBundle,
  memory: benchMemory,
  async catchment() {
    note('U2Ti catchment map 41 × 41, 2000 steps s', await benchCatchment(), 1);
  },
  phasing() {
    for (const [name, ms] of Object.entries(benchPhasing())) note(`phasing ${name} ms`, ms, 2);
  },
  energy() {
    for (const [name, ms] of Object.entries(benchEnergy(readCrystal))) note(`energy ${name} ms`, ms, 2);
  },
};
const asked = process.argv.slice(2);

if (asked.includes('--browser')) await serveBrowserPage();
else {
  const unknown = asked.filter(part => !Object.hasOwn(PARTS, part));
  if (unknown.length) {
    console.error(`There is no part "${unknown[0]}"; the parts are ${Object.keys(PARTS).join(', ')}.`);
    process.exit(1);
  }
  console.log(`Braggscape benchmark. ${machine}, Node ${process.version}. In brackets: the run before.`);
  const parts = asked.length ? asked : Object.keys(PARTS).filter(part => part !== 'memory');
  for (const part of parts) await PARTS[part]!();
  console.log(`\nWritten to ${saveResults()}.`);
  return best;
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
  `Braggscape benchmark. ${cpus()[0]?.model ?? 'CPU'}, ${availableParallelism()} cores, Node ${process.version}.`,
console.log('In brackets: the last saved run.\n');
console.log('One evaluation on one core, ms, cells of the ±10 % slice over a and c:');
  'structure      loss     dense loss   dense +grad    used loss    used +grad   StructSnap +grad (2 cores)',
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
for (const [name, ms] of Object.entries(benchEnergy(read))) shown(`energy ${name} ms`, ms, 2);
for (const [name, value] of Object.entries(benchStudy())) figures[name] = value;
for (const [name, ms] of Object.entries(benchPhasing())) shown(`phasing ${name} ms`, ms, 2);
  '\nCosine maps over a and c in headless Chromium (software rendering), seconds, median of three:',
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
if (process.argv.includes('--save')) {
  writeFileSync(
    SAVED,
    `${JSON.stringify({ machine: `${cpus()[0]?.model ?? 'CPU'}, ${availableParallelism()} cores, Node ${process.version}`, figures }, null, 1)}\n`,
  );
  console.log('\nSaved as the figures to compare with.');
}
