import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { serveFolder } from '../support/staticServer.ts';
import { mapFinished } from './explorer.ts';

const LINK = '#v=1&n=31&engine=worker';
const DIST = join(import.meta.dirname, '../../dist');

/** A copy of the built page that a test may change, served under a path of its own, as on GitHub Pages. */
async function deployed() {
  const folder = mkdtempSync(join(tmpdir(), 'braggscape-'));
  cpSync(DIST, folder, { recursive: true });
  const server = await serveFolder(folder, '/some/path/');
  return {
    folder,
    address: server.address,
    async close(): Promise<void> {
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Waits until the page is kept for use without a connection. */
const kept = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    while (active?.state !== 'activated') await new Promise(resolve => setTimeout(resolve, 50));
  });

test.describe('under a path of its own', () => {
  test.use({ serviceWorkers: 'allow' });

  test('the page opens without a connection after its first load', async ({ page, context }) => {
    const site = await deployed();
    await page.goto(`${site.address}${LINK}`);
    await mapFinished(page);
    await kept(page);
    const manifest = await page.locator('link[rel="manifest"]').getAttribute('href');
    const { start_url, icons } = JSON.parse(readFileSync(join(site.folder, manifest ?? ''), 'utf8'));
    expect([start_url, icons.length]).toEqual(['./', 4]);
    await site.close();
    await context.setOffline(true);
    await page.reload();
    await mapFinished(page);
    await page.getByRole('link', { name: 'Compare' }).click();
    await expect(page.getByRole('region', { name: 'Peaks', exact: true })).toContainText('6 of 12');
  });

  test('a new deployment is offered, and a click brings it', async ({ page }) => {
    const site = await deployed();
    await page.goto(`${site.address}${LINK}`);
    await mapFinished(page);
    await kept(page);
    await page.reload();
    await mapFinished(page);
    const html = join(site.folder, 'index.html');
    writeFileSync(html, readFileSync(html, 'utf8').replace('<title>Braggscape', '<title>Newer Braggscape'));
    const worker = join(site.folder, 'sw.js');
    writeFileSync(worker, readFileSync(worker, 'utf8').replace(/VERSION = "\w+"/, 'VERSION = "newer"'));
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    const notice = page.locator('[data-tone]', { hasText: 'A new version of Braggscape is ready' });
    await expect(notice).toBeVisible();
    expect(await page.title()).toBe('Braggscape');
    await notice.getByRole('button', { name: 'Reload' }).click();
    await expect(page).toHaveTitle('Newer Braggscape');
    await mapFinished(page);
    await site.close();
  });
});

test('an old tab whose files are gone says so, and reloading brings the new version', async ({ page }) => {
  const site = await deployed();
  await page.goto(`${site.address}${LINK}`);
  await mapFinished(page);
  const assets = join(site.folder, 'assets');
  const hidden = readdirSync(assets).filter(name => name.startsWith('CompareView'));
  for (const name of hidden) rmSync(join(assets, name));
  await page.getByRole('link', { name: 'Compare' }).click();
  const notice = page.locator('[data-tone]', { hasText: 'a new version has replaced it' });
  await expect(notice).toBeVisible();
  for (const name of hidden) cpSync(join(DIST, 'assets', name), join(assets, name));
  await notice.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByRole('region', { name: 'Peaks', exact: true })).toContainText('6 of 12');
  await site.close();
});
