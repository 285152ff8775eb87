import { expect, type Page, test } from '@playwright/test';

/** The pattern plot of the explorer under pointers, fingers and keys; what it shows is read from the link. */

const plot = (page: Page) => page.getByRole('application', { name: 'Powder pattern plot' });

type Box = { x: number; y: number; width: number; height: number };

async function open(page: Page): Promise<Box> {
  await page.goto('/#v=1');
  await expect(page.getByRole('img', { name: /^Powder pattern of/ })).toBeVisible();
  const box = await plot(page).boundingBox();
  if (!box) throw new Error('the plot is not on screen');
  return box;
}

/** Range of 2θ in the link, degrees; null where the whole pattern is shown. */
function zoom(page: Page): [number, number] | null {
  const [, low, high] = /[#&]zoom=([\d.]+)~?,?([\d.]+)/.exec(page.url()) ?? [];
  return low && high ? [Number(low), Number(high)] : null;
}

const width = (page: Page): number => {
  const [low, high] = zoom(page) ?? [0, Number.NaN];
  return high - low;
};

test('a drag chooses a range, Shift moves it, the wheel narrows it about the pointer, a double click ends it', async ({
  page,
}) => {
  const { x, y, width: wide } = await open(page);
  const [left, right, level] = [x + 0.3 * wide, x + 0.5 * wide, y + 40];
  await page.mouse.move(left, level);
  await page.mouse.down();
  await page.mouse.move(right, level, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => zoom(page)).not.toBeNull();
  const [low, high] = zoom(page)!;
  expect(high - low).toBeGreaterThan(10);
  expect(high - low).toBeLessThan(20);

  await page.keyboard.down('Shift');
  await page.mouse.move(left, level);
  await page.mouse.down();
  await page.mouse.move(left + 200, level, { steps: 5 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect.poll(() => zoom(page)?.[0]).toBeLessThan(low - 1);
  await expect.poll(() => width(page)).toBeCloseTo(high - low, 2);

  const before = width(page);
  const scrolled = await page.evaluate(() => scrollY);
  await page.mouse.wheel(0, -300);
  await expect.poll(() => width(page)).toBeLessThan(0.7 * before);
  expect(await page.evaluate(() => scrollY)).toBe(scrolled);

  await page.mouse.dblclick(left, level);
  await expect.poll(() => zoom(page)).toBeNull();
});

test('a click is no drag, Escape calls a drag off, and keys pan, zoom and reset', async ({ page }) => {
  const { x, y, width: wide } = await open(page);
  const [left, level] = [x + 0.3 * wide, y + 40];
  await page.mouse.move(left, level);
  await page.mouse.down();
  await page.mouse.move(left + 3, level);
  await page.mouse.up();
  await page.mouse.down();
  await page.mouse.move(left + 300, level, { steps: 3 });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await page.keyboard.press('+');
  await expect.poll(() => zoom(page)).not.toBeNull();
  // From 18–90° four fifths about the middle: neither the click nor the drag left a range behind.
  expect(zoom(page)).toEqual([25.2, 82.8]);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => zoom(page)).toEqual([30.96, 88.56]);
  await page.keyboard.press('Home');
  await expect.poll(() => zoom(page)).toBeNull();
});

test('two fingers zoom and keep the places under them, one points', async ({ browser }) => {
  const context = await browser.newContext({ hasTouch: true, viewport: { width: 1024, height: 768 } });
  const page = await context.newPage();
  const { x, y, width: wide } = await open(page);
  const session = await context.newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...xs: number[]) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: xs.map((at, id) => ({ x: at, y: y + 40, id })),
    });
  const middle = x + 0.5 * wide;

  await touch('touchStart', middle);
  await touch('touchMove', middle + 30);
  await touch('touchEnd');
  expect(zoom(page)).toBeNull();

  await touch('touchStart', middle - 60);
  await touch('touchStart', middle - 60, middle + 60);
  for (const apart of [80, 100, 120]) await touch('touchMove', middle - apart, middle + apart);
  await touch('touchEnd');
  // Twice as far apart: half of the 72° of the whole pattern.
  await expect.poll(() => width(page)).toBeCloseTo(36, 1);

  // The places under both fingers go with them: with the same distance the range moves and keeps its width.
  const [low] = zoom(page)!;
  await touch('touchStart', middle - 60, middle + 60);
  for (const by of [20, 40, 60]) await touch('touchMove', middle - 60 + by, middle + 60 + by);
  await touch('touchEnd');
  await expect.poll(() => zoom(page)?.[0]).toBeLessThan(low - 1);
  await expect.poll(() => width(page)).toBeCloseTo(36, 1);
  await context.close();
});
