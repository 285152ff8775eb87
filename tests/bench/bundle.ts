import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright';
import { BROWSER_FLAGS, findBrowser } from '../support/findBrowser.ts';
import { inPage } from './maps.ts';
import { readCrystal } from './readCrystal.ts';
import { note } from './record.ts';
import { servedApp } from './servedApp.ts';
import { median } from './timing.ts';

/** The map whose appearance is timed: 41 × 41 points of U2Ti, with the descents and views of the explorer. */
const LINK = '#v=1&n=41';
/** The map of the first page. */
const WHOLE = '#v=1&n=201';
const U2TI = readCrystal('U2Ti').text;

/** Gzipped JavaScript that comes before the first map and after it, and the time until the map is there. */
export async function benchBundle(): Promise<void> {
  const sent = new Map<string, { readonly bytes: number; readonly at: number }>();
  const site = await servedApp((path, text) => {
    if (path.endsWith('.js') && !sent.has(path))
      sent.set(path, { at: Date.now(), bytes: gzipSync(text, { level: 9 }).length });
  });
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: BROWSER_FLAGS,
  });
  try {
    // The service worker fetches all files for use without a connection, after the page has loaded: they do not count.
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      serviceWorkers: 'block',
    });
    /** Seconds from navigation to the map, and when that was. */
    const visit = async (link = LINK): Promise<readonly [number, number]> => {
      const page = await context.newPage();
      await page.goto(`${site.address}${link}`);
      // looked at in every frame; the answer is the time since navigation
      const there = await page.waitForFunction(
        () =>
          document.querySelector('[data-testid="map-status"]')?.getAttribute('data-status') === 'done' && [
            performance.now() / 1000,
            Date.now(),
          ],
        null,
        { timeout: 120_000 },
      );
      const [seconds = 0, at = 0] = (await there.jsonValue()) as number[];
      // what follows the map is fetched too
      await page.waitForTimeout(1500);
      await page.close();
      return [seconds, at];
    };
    const [cold, there] = await visit();
    const files = [...sent].sort((p, q) => q[1].bytes - p[1].bytes);
    const list = (title: string, chosen: typeof files, name: string): void => {
      const total = chosen.reduce((sum, [, { bytes }]) => sum + bytes, 0);
      console.log(`\n${title}: ${note(name, total / 1000, 0)}`);
      for (const [path, { bytes }] of chosen)
        console.log(`  ${(bytes / 1000).toFixed(0).padStart(5)}  ${path.replace(/^\/assets\//, '')}`);
    };
    list(
      'JavaScript asked for before the first map is there, kB gzipped (at most 320 in all)',
      files.filter(([, { at }]) => at <= there),
      'first load kB',
    );
    list(
      'and in the second after it, kB gzipped',
      files.filter(([, { at }]) => at > there),
      'after the first map kB',
    );
    const warm: number[] = [];
    for (let round = 0; round < 5; round++) warm.push((await visit())[0]);
    console.log(
      `First map of 41 × 41 points, seconds after navigation, software rendering: ${note('first map cold s', cold, 2)} with an empty cache, ${note('first map warm s', median(warm), 2)} with a warm one (median of five; at most 1).`,
    );
    const whole: number[] = [];
    for (let round = 0; round < 3; round++) whole.push((await visit(WHOLE))[0]);
    const alone = await inPage(page => page.evaluate(text => window.measureMap(text, 201), U2TI));
    const seconds = median(whole);
    console.log(
      `The whole map of 201 × 201 points: ${note('whole map of the page s', seconds, 2)} s after navigation (median of three), ${note('whole map alone s', alone, 2)} s on threads that are warm: ${note('whole map page over alone', seconds / alone, 1)} times as long (at most 3).`,
    );
  } finally {
    await browser.close();
    site.close();
  }
}
