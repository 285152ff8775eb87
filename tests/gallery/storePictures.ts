/** Draws the stored pictures of the gallery, `public/gallery/<id>-<theme>.webp`: photographs of the live cards. */
import '../support/settings.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { PRESET_IDS } from '../../src/state/gallery/gallerySettings.ts';
import { servedApp } from '../bench/servedApp.ts';
import { BROWSER_FLAGS, findBrowser } from '../support/findBrowser.ts';

const FOLDER = join(import.meta.dirname, '../../public/gallery');
/** Picture points for each on screen, and the quality of WebP: about 10 kB a picture. */
const [RATIO, QUALITY] = [1.5, 0.72];
/** Pictures to draw; all where none is named. */
const wanted = process.argv.length > 2 ? PRESET_IDS.filter(id => process.argv.includes(id)) : PRESET_IDS;

const app = await servedApp();
const executablePath = findBrowser();
const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: BROWSER_FLAGS });
try {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    deviceScaleFactor: RATIO,
    reducedMotion: 'reduce',
  });
  await page.goto(`${app.address}#v=1&p=gallery&engine=worker`);
  const smaller = (png: string): Promise<string> =>
    page.evaluate(
      async ([source, quality]) => {
        const image = new Image();
        image.src = `data:image/png;base64,${source}`;
        await image.decode();
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [image.width, image.height];
        canvas.getContext('2d')!.drawImage(image, 0, 0);
        return canvas.toDataURL('image/webp', quality).split(',')[1]!;
      },
      [png, QUALITY] as const,
    );
  for (const id of wanted) {
    const card = page.locator(`[data-preset="${id}"]`);
    await card.scrollIntoViewIfNeeded();
    await page.locator(`[data-preset="${id}"][data-status="done"]`).waitFor({ timeout: 300_000 });
    for (const theme of ['light', 'dark'] as const) {
      await page.evaluate(name => document.documentElement.setAttribute('data-theme', name), theme);
      await page.mouse.move(0, 0);
      const png = await card
        .locator('[data-part="picture"]')
        .screenshot({ style: '[data-part="picture"] button { visibility: hidden }' });
      const webp = Buffer.from(await smaller(png.toString('base64')), 'base64');
      writeFileSync(join(FOLDER, `${id}-${theme}.webp`), webp);
      console.log(`${id}-${theme}.webp: ${(webp.length / 1000).toFixed(1)} kB`);
    }
  }
} finally {
  await browser.close();
  app.close();
}
