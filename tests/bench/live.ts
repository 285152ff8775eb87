import { chromium, type Page } from 'playwright';
import { BROWSER_FLAGS, findBrowser } from '../support/findBrowser.ts';
import { note } from './record.ts';
import { servedApp } from './servedApp.ts';
import { type Follower, type Frames, WATCH } from './watchPage.ts';

const SIDES = [61, 201];
const SECONDS = 4;
/** One step of the slider so often, as a hand on the key would, ms. */
const EVERY = 40;
/** Inputs whose reaction is timed, and the rest between two of them, ms. */
const INPUTS = 40;
const REST = 150;

/** The page while it is used: the live map under a slider, and the time from an input to what follows it. */
export async function benchLive(): Promise<void> {
  const site = await servedApp();
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: BROWSER_FLAGS,
  });
  try {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      serviceWorkers: 'block',
    });
    const opened = async (side: number): Promise<Page> => {
      const page = await context.newPage();
      await page.goto(`${site.address}#v=1&n=${side}&cont=0`);
      await mapFinished(page);
      await page.evaluate(WATCH);
      return page;
    };
    console.log('\nThe live map of U2Ti, cosine, while the peak width moves, software rendering:');
    for (const side of SIDES) {
      const page = await opened(side);
      await benchSlider(page, side);
      await page.close();
    }
    console.log(
      '\nFrom an input to what follows it, on the page of a 201 × 201 map, ms: half of them, 19 of 20',
    );
    const page = await opened(201);
    await benchReactions(page);
  } finally {
    await browser.close();
    site.close();
  }
}

const mapFinished = (page: Page): Promise<void> =>
  page.getByTestId('map-status').and(page.locator('[data-status=done]')).waitFor();

async function focusWidth(page: Page): Promise<void> {
  const slider = page.getByRole('slider', { name: 'Peak-width factor' });
  if (!(await slider.isVisible()))
    await page.getByRole('button', { name: 'Open the analysis tools' }).click();
  await slider.focus();
}

/** The slider of the peak width moved to and fro by keys: pictures of the map a second, gaps between frames. */
async function benchSlider(page: Page, side: number): Promise<void> {
  await focusWidth(page);
  await page.waitForTimeout(3000);
  await page.evaluate('window.frames.take()');
  await page.waitForTimeout(1000 * SECONDS);
  const rest = await page.evaluate<Frames>('window.frames.take()');
  const end = Date.now() + 1000 * SECONDS;
  for (let step = 0; Date.now() < end; step++) {
    await page.keyboard.press(step % 40 < 20 ? 'ArrowRight' : 'ArrowLeft');
    await page.waitForTimeout(EVERY);
  }
  const live = await page.evaluate<Frames>('window.frames.take()');
  await mapFinished(page);
  const name = `live map ${side}`;
  console.log(
    `  ${side} × ${side}: ${note(`${name} pictures a s`, live.pictures / SECONDS, 1)} pictures a second; gaps between frames: half within ${note(`${name} median gap ms`, live.median, 0)} ms, 19 of 20 within ${note(`${name} 95 % gap ms`, live.most, 0)} ms, longest ${note(`${name} longest gap ms`, live.longest, 0)} ms (at rest ${rest.median.toFixed(0)}, ${rest.most.toFixed(0)}, ${rest.longest.toFixed(0)} ms)`,
  );
}

async function benchReactions(page: Page): Promise<void> {
  const crystal: readonly Follower[] = ['pattern', 'numbers', 'cell'];
  const time = async (
    name: string,
    followers: readonly Follower[],
    act: (i: number) => Promise<void>,
    count = INPUTS,
  ): Promise<void> => {
    const times: number[] = [];
    for (let i = 0; i < count; i++) {
      await page.evaluate(`window.expectAfterInput(${JSON.stringify(followers)})`);
      await act(i);
      times.push(await page.evaluate<number>('window.reaction'));
      await page.waitForTimeout(REST);
    }
    times.sort((p, q) => p - q);
    const at = (share: number): number => times[Math.min(count - 1, Math.floor(share * count))]!;
    console.log(
      `  ${name.padEnd(40)} ${note(`reaction ${name} median ms`, at(0.5), 0).padStart(12)} ${note(`reaction ${name} 95 % ms`, at(0.95), 0).padStart(12)}`,
    );
  };
  const box = await page.getByTestId('map-area').first().boundingBox();
  if (!box) throw new Error('the map is not on screen');
  /** Places all over the map but its edge, none near the last. */
  const place = (i: number): [number, number] => [
    box.x + box.width * (0.1 + 0.8 * ((0.37 * i) % 1)),
    box.y + box.height * (0.1 + 0.8 * ((0.61 * i) % 1)),
  ];
  await page.mouse.move(...place(0.5));
  // the cell's renderer is there
  await page.waitForTimeout(3000);
  await time('pointer over the map: pattern, numbers, cell', crystal, i => page.mouse.move(...place(i)));
  await focusWidth(page);
  await time('peak-width slider: pattern, map', ['pattern', 'map'], i =>
    page.keyboard.press(i % 20 < 10 ? 'ArrowRight' : 'ArrowLeft'),
  );
  // the chosen one; arrows go round
  await page
    .getByRole('radiogroup', { name: 'Loss of the paper' })
    .getByRole('radio', { checked: true })
    .focus();
  await time('switch of the loss: first picture', ['map'], () => page.keyboard.press('ArrowRight'), 9);
  await page.mouse.click(...place(1));
  await page.getByTestId('descents').locator('tr[data-mode]').first().waitFor();
  await page.waitForTimeout(10_000);
  await page.getByRole('slider', { name: 'Step of the descents' }).focus();
  // a cell that one step does not change to the eye is not drawn anew
  const seen = crystal.filter(part => part !== 'cell');
  await time('step slider: pattern, numbers', seen, () => page.keyboard.press('ArrowLeft'));
}
