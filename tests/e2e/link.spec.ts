import { expect, test } from '@playwright/test';
import {
  chooseAxis,
  chooseCrystal,
  clickMap,
  descentsFinished,
  largestDifference,
  map,
  mapFinished,
  open,
} from './explorer.ts';

test('a shared link opens the same picture in a fresh page', async ({ page, browser }) => {
  // Which engine is faster may turn out differently twice; their last digits differ.
  await open(page, 'v=1&n=61&engine=worker');
  await chooseCrystal(page, 'Au2S');
  await chooseAxis(page, 'Vertical', 'b');
  await mapFinished(page);
  await clickMap(page, 0.25, 0.4);
  await descentsFinished(page);
  await page.getByRole('button', { name: 'Last step' }).click();
  await page.getByRole('button', { name: 'Share this picture' }).click();
  const field = page.getByRole('textbox', { name: 'Link' });
  await expect(field).toHaveValue(/s=Au2S/);
  const link = await field.inputValue();
  await page.keyboard.press('Escape');
  await page.mouse.move(2, 600);

  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const fresh = await context.newPage();
  await fresh.goto(link);
  await mapFinished(fresh);
  await descentsFinished(fresh);
  for (const view of [page, fresh]) {
    await expect(view.getByTestId('current')).toContainText('continued, step');
    await view.waitForTimeout(500);
  }
  expect(await fresh.getByTestId('descents').textContent()).toBe(
    await page.getByTestId('descents').textContent(),
  );
  expect(await fresh.getByTestId('current').textContent()).toBe(
    await page.getByTestId('current').textContent(),
  );
  const [shown, again] = await Promise.all([page, fresh].map(view => map(view).screenshot()));
  // The rasteriser may round a level differently from one page to the next.
  expect(await largestDifference(fresh, shown!, again!)).toBeLessThanOrEqual(4);
  await context.close();
});

test('a broken link is refused with what and where; everything else of it counts', async ({ page }) => {
  await open(page, 'v=1&s=Unobtainium&x=b&n=31&wl=fast&lr=0.001&hello=1');
  const notice = page.locator('[data-tone]');
  await expect(notice).toContainText('structure “Unobtainium” is not one of');
  await expect(notice).toContainText('wavelength “fast” is not a number');
  await expect(notice).toContainText('“hello” in the link is not a setting');
  await expect(page.getByRole('button', { name: 'Horizontal axis: b' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Learning rate' })).toHaveValue('0.001');
  await notice.getByRole('button', { name: 'Dismiss' }).click();
  await expect(notice).toHaveCount(0);
});

test('a link of another version is refused as a whole', async ({ page }) => {
  await open(page, 'v=99&s=Au2S');
  await expect(page.locator('[data-tone]')).toContainText('has version “99”');
  await expect(page.getByRole('button', { name: /^Crystal: U ?2 ?Ti/ })).toBeVisible();
});

test('Back returns to the crystal before; small changes make no history', async ({ page }) => {
  await open(page, 'v=1&n=31');
  const before = await page.evaluate(() => history.length);
  await page.getByRole('checkbox', { name: 'Relief' }).first().uncheck();
  await map(page).focus();
  for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowRight');
  await page.waitForTimeout(1200);
  expect(await page.evaluate(() => history.length)).toBe(before);
  await chooseCrystal(page, 'SrTiO3');
  await expect(page).toHaveURL(/s=SrTiO3/);
  await mapFinished(page);
  await page.goBack();
  await expect(page.getByRole('button', { name: /^Crystal: U ?2 ?Ti/ })).toBeVisible();
  await mapFinished(page);
});
