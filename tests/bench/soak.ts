/**
 * npm run soak [-- minutes [seed]]: the built page used at random in Chromium: clicks, drags, wheel, keys, values, pages,
 * links, files (mutated too) and sizes. After every minute of it, at rest on the first page, what is left over is counted.
 * A table and one line of JSON; exit 1 where an error, an empty page, a freeze or a growth was found. A seed makes the same
 * choices; a page on another machine may be further or less far at each, so the last actions are printed with a finding.
 */
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { type BrowserContext, type CDPSession, chromium, type Page } from 'playwright';
import { seededRng } from '../../src/num/rng.ts';
import { BROWSER_FLAGS, findBrowser } from '../support/findBrowser.ts';
import { servedApp } from './servedApp.ts';
import { ACTIONS, pick } from './soakActions.ts';
import { BEFORE, type Watched } from './soakWatch.ts';

/** Longest task of the page that is no finding, ms; the machine is shared and draws by software. */
const MOST_FROZEN = 1000;
/** Growth of the heap after collection, from the first rest to the last, and of what the page holds on to. */
const MOST_GROWTH_MB = 40;
const MOST_CONTEXTS = 8;
/** A page that does not answer for so long is given up. */
const DEAD_MS = 30_000;
const ROUND_MS = 60_000;
const REST = 'v=1&n=61';

/** The page at rest, heap collected. */
interface Rest {
  readonly minute: number;
  readonly heapMb: number;
  readonly nodes: number;
  readonly listeners: number;
  readonly threads: number;
  readonly contexts: number;
}

interface Finding {
  readonly kind: 'error' | 'empty page' | 'freeze' | 'growth' | 'left';
  readonly text: string;
  readonly after: readonly string[];
}

const [minutes = '15', seedText = '1'] = process.argv.slice(2);
const seed = Number(seedText);
const rng = seededRng(seed);
const findings: Finding[] = [];
const log: string[] = [];
const found = (kind: Finding['kind'], text: string): void => {
  findings.push({ kind, text: text.slice(0, 600), after: log.slice(-6) });
  console.log(`  ${kind}: ${text.slice(0, 300)}\n    after ${log.slice(-6).join('; ')}`);
};

console.log(`Random use, seed ${seed}, ${minutes} minutes.`);
console.log('minute  actions  heap MB   nodes listeners threads contexts');
const site = await servedApp();
const executablePath = findBrowser();
const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: BROWSER_FLAGS });
const system = await browser.newBrowserCDPSession();
const rests: Rest[] = [];
let actions = 0;
/** Actions by name, and those that found nothing to act on. */
const [used, failed]: Record<string, number>[] = [{}, {}];
let [longestTask, longestGap, busyBefore] = [0, 0, 0];
let session: CDPSession;
try {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    serviceWorkers: 'block',
  });
  context.setDefaultTimeout(10_000);
  // Nothing of another site is fetched, whatever is clicked.
  await context.route(
    url => !url.href.startsWith(site.address),
    route => route.abort(),
  );
  await context.addInitScript(BEFORE);
  let page = await opened(context);
  await act(page, 5_000);
  rests.push(await rested(page, 0));
  const end = Date.now() + 60_000 * Number(minutes);
  for (let round = 1; Date.now() < end; round++) {
    if (!(await act(page, Math.min(ROUND_MS, end - Date.now())))) {
      void page.close().catch(() => {});
      page = await opened(context);
    }
    rests.push(await rested(page, round));
  }
  judgeGrowth();
} finally {
  await browser.close();
  site.close();
}
report();

async function opened(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  page.on('popup', other => void other.close());
  page.on('pageerror', error => found('error', error.stack ?? error.message));
  page.on('console', message => {
    if (message.type() === 'error' && !/ERR_FAILED|net::/.test(message.text()))
      found('error', message.text());
  });
  page.on('crash', () => found('error', 'the page crashed'));
  page.on('dialog', dialog => void dialog.accept().catch(() => {}));
  page.on('filechooser', () => {});
  await page.goto(`${site.address}#${REST}`);
  session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  busyBefore = await mainThreadMs();
  return page;
}

/** Time that the main thread of the busiest renderer has run, ms, where the system tells it; else without end. */
async function mainThreadMs(): Promise<number> {
  const { processInfo } = await system.send('SystemInfo.getProcessInfo');
  const pages = processInfo.filter(({ type }) => type === 'renderer').sort((p, q) => q.cpuTime - p.cpuTime);
  try {
    const stat = readFileSync(`/proc/${pages[0]!.id}/task/${pages[0]!.id}/stat`, 'utf8');
    const [user, kernel] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 14).map(Number);
    return 10 * (user! + kernel!);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

async function metric(from: CDPSession, wanted: string): Promise<number> {
  const { metrics } = await from.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === wanted)?.value ?? 0;
}

/** Waits so long and no longer; null then. */
function within<T>(work: Promise<T>, ms: number): Promise<T | null> {
  return Promise.race([work, new Promise<null>(resolve => setTimeout(resolve, ms, null))]);
}

/**
 * Random use for a time; what each action did to the page is looked at before the next.
 * @returns false for a page that does not answer any more
 */
async function act(page: Page, duration: number): Promise<boolean> {
  const end = Date.now() + duration;
  while (Date.now() < end) {
    const what = pick(rng, ACTIONS);
    actions++;
    used[what.name] = (used[what.name] ?? 0) + 1;
    const done = await within(
      what(page, rng).catch((error: Error) => {
        failed[what.name] = (failed[what.name] ?? 0) + 1;
        return `failed: ${error.message.split('\n')[0]}`;
      }),
      DEAD_MS,
    );
    if (done !== null) log.push(done);
    if (log.length > 20) log.shift();
    if (done === null || !(await look(page))) {
      found('freeze', `the page does not answer for ${DEAD_MS / 1000} s (${what.name})`);
      return false;
    }
  }
  return true;
}

/** An empty page, one that says it cannot be drawn, and time for which it stood still; false where it does not answer. */
async function look(page: Page): Promise<boolean> {
  if (!page.url().startsWith(site.address)) {
    found('left', page.url());
    await page.goto(`${site.address}#${REST}`);
  }
  const seen = await within(page.evaluate<Watched>('window.soak.take()'), DEAD_MS);
  if (!seen) return false;
  // Others may use the machine: not longer than the page's thread was at work.
  const busy = await mainThreadMs();
  const ran = busy - busyBefore;
  const task = ran >= 0 ? Math.min(seen.longestTask, ran) : seen.longestTask;
  busyBefore = busy;
  longestTask = Math.max(longestTask, task);
  longestGap = Math.max(longestGap, seen.longestGap);
  if (task > MOST_FROZEN) {
    // slow frames are told once they are over
    await page.waitForTimeout(500);
    const script = await page.evaluate<string>('window.soak.slowest()');
    found(
      'freeze',
      `a task of ${Math.round(task)} ms (${Math.round(seen.longestTask)} by the clock): ${script}; at ${page.url().split('#')[1]}`,
    );
  }
  if (seen.alert) found('error', seen.alert);
  const empty = seen.empty && (await stillEmpty(page));
  if (empty) found('empty page', page.url());
  if (empty || seen.alert) await page.goto(`${site.address}?${actions}#${REST}`);
  return true;
}

async function stillEmpty(page: Page): Promise<boolean> {
  await page.waitForTimeout(3000);
  return (await page.evaluate<Watched>('window.soak.take()')).empty;
}

/** The first page with its map finished and dialogs closed, after collection. */
async function rested(page: Page, minute: number): Promise<Rest> {
  await page.setViewportSize({ width: 1280, height: 800 });
  for (let i = 0; i < 3; i++) await page.keyboard.press('Escape');
  await page.evaluate(link => {
    location.hash = link;
  }, REST);
  const done = page.getByTestId('map-status').and(page.locator('[data-status=done]'));
  await done
    .waitFor({ timeout: 60_000 })
    .catch(() => found('error', 'at rest the map is not finished after 60 s'));
  // Longer than idle threads and pictures are kept.
  await page.waitForTimeout(12_000);
  for (let i = 0; i < 3; i++) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const rest: Rest = {
    minute,
    heapMb: Number((usedSize / 1048576).toFixed(1)),
    nodes: await metric(session, 'Nodes'),
    listeners: await metric(session, 'JSEventListeners'),
    threads: page.workers().length,
    contexts: await page.evaluate<number>('window.soak.contexts()'),
  };
  const { heapMb, nodes, listeners, threads, contexts } = rest;
  console.log(
    `${minute.toString().padStart(6)} ${actions.toString().padStart(8)} ${heapMb.toFixed(1).padStart(8)} ${nodes.toString().padStart(7)} ${listeners.toString().padStart(9)} ${threads.toString().padStart(7)} ${contexts.toString().padStart(8)}`,
  );
  await page.evaluate('window.soak.take()');
  return rest;
}

function judgeGrowth(): void {
  const [first, last] = [rests[1] ?? rests[0]!, rests.at(-1)!];
  if (last.heapMb - first.heapMb > MOST_GROWTH_MB)
    found('growth', `heap from ${first.heapMb} to ${last.heapMb} MB`);
  if (last.threads > first.threads + 2) found('growth', `threads from ${first.threads} to ${last.threads}`);
  if (last.contexts > MOST_CONTEXTS) found('growth', `${last.contexts} WebGL contexts`);
  if (last.nodes > 2 * first.nodes + 2000) found('growth', `DOM nodes from ${first.nodes} to ${last.nodes}`);
}

function report(): void {
  const figures = {
    seed,
    minutes: Number(minutes),
    actions,
    used,
    failed,
    errors: findings.filter(({ kind }) => kind === 'error').length,
    emptyPages: findings.filter(({ kind }) => kind === 'empty page').length,
    longestTaskMs: Math.round(longestTask),
    longestGapMs: Math.round(longestGap),
    load: loadavg().map(value => Number(value.toFixed(1))),
    rests,
    findings,
  };
  console.log(JSON.stringify(figures));
  process.exitCode = findings.length > 0 ? 1 : 0;
}
