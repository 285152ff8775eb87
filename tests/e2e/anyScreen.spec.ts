import { expect, test } from '@playwright/test';
import { map, mapFinished, open } from './explorer.ts';
import { faults, settled } from './screens.ts';

const LINK = 'v=1&n=31&it=300&engine=worker';

test('the first Tab leads past the bar and the controls to the map', async ({ page }) => {
  await open(page, LINK);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Skip to the picture' })).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(map(page)).toBeFocused();
});

test('Ctrl+Z in a field takes back what is being typed, then what was taken', async ({ page }) => {
  await open(page, LINK);
  const rate = page.getByRole('textbox', { name: 'Learning rate' });
  const before = await rate.inputValue();
  await rate.fill('0.002');
  await rate.press('Enter');
  await rate.press('ControlOrMeta+a');
  await rate.pressSequentially('7');
  await rate.press('ControlOrMeta+z');
  await expect(rate).toHaveValue('0.002');
  await rate.press('Escape');
  await rate.press('ControlOrMeta+z');
  await expect(rate).toHaveValue(before);
});

test('what is chosen stands out where the system chooses the colours', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await open(page, LINK);
  const ground = (name: string, role: 'radio' | 'link'): Promise<string> =>
    page
      .getByRole(role, { name, exact: true })
      .first()
      .evaluate(element => getComputedStyle(element.closest('label') ?? element).backgroundColor);
  expect(await ground('Cosine', 'radio')).not.toBe(await ground('MSE', 'radio'));
  expect(await ground('Explore', 'link')).not.toBe(await ground('Study', 'link'));
});

test('twice as large, a desktop window keeps its controls and cuts nothing', async ({ page }) => {
  await page.setViewportSize({ width: 720, height: 450 });
  await open(page, LINK);
  await settled(page);
  expect(await faults(page)).toEqual([]);
  await page.getByRole('button', { name: 'More: engine, files, theme' }).click();
  for (const name of [/^Undo/, /^Redo/, 'Files', 'Keys', 'Share this picture', /theme$/, /^Engine/])
    await expect(page.getByRole('button', { name }).last()).toBeInViewport();
  await page.getByRole('button', { name: 'Files', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'Files' })).toBeVisible();
});

test('a tap on the map drops three descents there, and two fingers zoom', async ({ browser }) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    serviceWorkers: 'block',
  });
  const page = await context.newPage();
  await open(page, LINK);
  const { x, y, width, height } = (await page.getByTestId('map-area').boundingBox())!;
  await page.touchscreen.tap(x + 0.3 * width, y + 0.3 * height);
  await expect(page.getByTestId('descents').locator('tr[data-mode=unconstrained]')).toBeVisible();
  await expect.poll(() => page.url()).toContain('at=');

  const session = await context.newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart?: number) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints:
        apart === undefined
          ? []
          : [-apart, apart].map((by, id) => ({ x: x + 0.5 * width + by, y: y + 0.5 * height, id })),
    });
  await touch('touchStart', 40);
  for (const apart of [60, 80]) await touch('touchMove', apart);
  await touch('touchEnd');
  await expect.poll(() => page.url()).toContain('xr=');
  await context.close();
});

test('nothing in the rail moves when what is computed late arrives', async ({ page }) => {
  await page.goto(`/#${LINK}`);
  const below = page.getByRole('checkbox', { name: 'unconstrained', exact: true });
  const at = async (): Promise<number> => Math.round((await below.boundingBox())!.y);
  await below.waitFor();
  await page.evaluate(() => document.fonts.ready);
  const before = await at();
  await mapFinished(page);
  await expect(page.getByText(/^Stable at the truth up to/)).toBeVisible();
  expect(await at()).toBe(before);
});

test('a notice of what is done goes by itself, and stays as long as it is pointed at', async ({ page }) => {
  await page.clock.install();
  await open(page, `${LINK}&modes=constrained`);
  await page
    .getByRole('region', { name: 'Descent' })
    .getByRole('checkbox', { name: 'constrained', exact: true })
    .click();
  const notice = page.getByRole('status').filter({ hasText: 'At least one of the three descents stays' });
  await notice.hover();
  await page.clock.runFor(20_000);
  await expect(notice).toBeVisible();
  await page.mouse.move(5, 5);
  await page.clock.runFor(9000);
  await expect(notice).toHaveCount(0);
});
