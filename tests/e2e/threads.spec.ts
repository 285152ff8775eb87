import { type CDPSession, expect, type Page, test } from '@playwright/test';
import { open } from './explorer.ts';

/** Cost of the whole page: threads alive, and memory after many rounds of all its pages. */

const PAGES = ['Gallery', 'Compare', 'Study', 'Phase problem', 'Explore'];
const LINK = 'v=1&n=31&engine=worker';

/** Opens every page, each for so long, ms; gives the most threads that were alive. */
async function round(page: Page, stay: number): Promise<number> {
  let most = 0;
  for (const name of PAGES) {
    // A click in the page itself: the wait of a hundred real ones for a still page would be most of the test.
    const link = page.getByRole('link', { name, exact: true }).first();
    await link.evaluate(element => (element as HTMLAnchorElement).click());
    await expect(link).toHaveAttribute('aria-current', 'page');
    await page.waitForTimeout(stay);
    most = Math.max(most, page.workers().length);
  }
  return most;
}

/** Bytes of the page's JavaScript that are in use, once what is not has been collected. */
async function heap(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')!.value;
}

test('all five pages together keep at most one thread a core and the GPU’s, and idle ones end', async ({
  page,
}) => {
  await open(page, LINK);
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  expect(page.workers().length).toBeGreaterThan(0);
  expect(await round(page, 2500)).toBeLessThanOrEqual(cores + 1);
  await expect.poll(() => page.workers().length).toBeLessThanOrEqual(2);
});

test('memory does not grow with the rounds over all pages', async ({ page, context }) => {
  test.setTimeout(300_000);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable');
  await open(page, LINK);
  await round(page, 600);
  await round(page, 600);
  const early = await heap(devtools);
  for (let n = 2; n < 12; n++) await round(page, 150);
  await page.waitForTimeout(1000);
  const late = await heap(devtools);
  expect(late / early, `${early} bytes after two rounds, ${late} after twelve`).toBeLessThan(1.2);
});
