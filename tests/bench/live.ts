import { chromium } from 'playwright';
import { BROWSER_FLAGS, findBrowser } from '../support/findBrowser.ts';
import { note } from './record.ts';
import { servedApp } from './servedApp.ts';

const SIDES = [61, 201];
const SECONDS = 4;
/** One step of the slider so often, as a hand on the key would, ms. */
const EVERY = 40;

/**
 * The page while the peak-width slider of the insight tools is moved to and fro by keys: pictures of the map a second, and
 * gaps between frames, beside those of the page at rest.
 */
export async function benchLive(): Promise<void> {
  const site = await servedApp();
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: BROWSER_FLAGS,
  });
  console.log('\nThe live map of U2Ti, cosine, while the peak width moves, software rendering:');
  try {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      serviceWorkers: 'block',
    });
    for (const side of SIDES) {
      const page = await context.newPage();
      await page.goto(`${site.address}#v=1&n=${side}`);
      const status = page.getByTestId('map-status');
      const finished = (): Promise<void> => status.and(page.locator('[data-status=done]')).waitFor();
      await finished();
      await page.getByRole('button', { name: 'Open the insight tools' }).click();
      await page.getByRole('slider', { name: 'Peak-width factor' }).focus();
      await page.waitForTimeout(3000);
      await page.evaluate(WATCH);
      await page.waitForTimeout(1000 * SECONDS);
      const rest = await page.evaluate<Frames>('window.frames.take()');
      const end = Date.now() + 1000 * SECONDS;
      for (let step = 0; Date.now() < end; step++) {
        await page.keyboard.press(step % 40 < 20 ? 'ArrowRight' : 'ArrowLeft');
        await page.waitForTimeout(EVERY);
      }
      const live = await page.evaluate<Frames>('window.frames.take()');
      await finished();
      const name = `live map ${side}`;
      console.log(
        `  ${side} × ${side}: ${note(`${name} pictures a s`, live.pictures / SECONDS, 1)} pictures a second; gaps between frames: half within ${note(`${name} median gap ms`, live.median, 0)} ms, 19 of 20 within ${note(`${name} 95 % gap ms`, live.most, 0)} ms, longest ${note(`${name} longest gap ms`, live.longest, 0)} ms (at rest ${rest.median.toFixed(0)}, ${rest.most.toFixed(0)}, ${rest.longest.toFixed(0)} ms)`,
      );
      await page.close();
    }
  } finally {
    await browser.close();
    site.close();
  }
}

interface Frames {
  readonly pictures: number;
  readonly median: number;
  readonly most: number;
  readonly longest: number;
}

/** In the page: `window.frames.take()` gives the gaps since it was last called, and how often the map was painted. */
const WATCH = `
  (() => {
    let gaps = [], pictures = 0, last = performance.now();
    const put = CanvasRenderingContext2D.prototype.putImageData;
    CanvasRenderingContext2D.prototype.putImageData = function (...given) {
      if (this.canvas.dataset?.heatmap) pictures++;
      return put.apply(this, given);
    };
    const frame = now => {
      gaps.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    window.frames.take = () => {
      const sorted = gaps.slice(1).sort((p, q) => p - q);
      const at = share => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
      const found = { pictures, median: at(0.5), most: at(0.95), longest: at(1) };
      [gaps, pictures] = [[], 0];
      return found;
    };
  })()
`;
