/**
 * npm run screens [-- folder [page ...]]: every page in every window of SCREENS, light and dark, as pictures to look at in
 * the folder (`screens` where none is named), and what is wrong with them: documents larger than the window, text that is
 * cut, texts over one another, targets below 24 pixels, and what axe finds. Exit 1 where anything is.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { PAGE_IDS } from '../../src/state/core/pages.ts';
import { findings } from '../e2e/axe.ts';
import { faults, openStocked, SCREENS, settled } from '../e2e/screens.ts';
import { BROWSER_FLAGS, findBrowser } from '../support/findBrowser.ts';
import { servedApp } from './servedApp.ts';

const [folder = 'screens', ...named] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const pages = PAGE_IDS.filter(id => named.length === 0 || named.includes(id));
const site = await servedApp();
const executablePath = findBrowser();
const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: BROWSER_FLAGS });
let count = 0;
for (const id of pages)
  for (const { width, height, touch } of SCREENS) {
    const context = await browser.newContext({
      baseURL: site.address,
      viewport: { width, height },
      serviceWorkers: 'block',
      ...(touch ? { hasTouch: true, isMobile: true } : {}),
    });
    // What tsx calls in functions that run in the page.
    await context.addInitScript('globalThis.__name = it => it');
    const page = await context.newPage();
    await openStocked(page, id);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await settled(page);
      await page.screenshot({ path: join(folder, `${id}-${width}-${colorScheme}.png`) });
      const found = [...(colorScheme === 'light' ? await faults(page) : []), ...(await findings(page))];
      if (colorScheme === 'light' && touch && width < 760) {
        const tall = await page.evaluate(() => document.documentElement.scrollHeight);
        await page.setViewportSize({ width, height: tall });
        await settled(page);
        await page.screenshot({ path: join(folder, `${id}-${width}-whole.png`) });
        await page.setViewportSize({ width, height });
      }
      count += found.length;
      for (const line of found) console.log(`${id} ${width} ${colorScheme}: ${line}`);
    }
    await context.close();
  }
await browser.close();
site.close();
console.log(`${pages.length} pages × ${SCREENS.length} windows: ${count} findings; pictures in ${folder}`);
process.exit(count === 0 ? 0 : 1);
