import { expect, test } from '@playwright/test';
import { clickMap, currentLoss, descentsFinished, map, open, outcome } from './explorer.ts';

test('a click starts three descents; the table says where they ended, and scrubbing shows the way', async ({
  page,
}) => {
  await open(page, 'v=1&n=61');
  // a = 4.40 Å, c = 2.90 Å, as in the mock-up.
  await clickMap(page, (4.4 - 4.3452) / (5.3108 - 4.3452), 1 - (2.9 - 2.5623) / (3.1317 - 2.5623));
  await descentsFinished(page);
  const rows = await outcome(page);
  const { continued, ...descents } = rows;
  expect(Object.keys(descents).sort()).toEqual(['constrained', 'constrainedStart', 'unconstrained']);
  for (const [a, c, , loss, steps] of Object.values(descents)) {
    expect(Number(a)).toBeGreaterThan(4);
    expect(Number(c)).toBeGreaterThan(2);
    expect(Number(loss)).toBeLessThan(-0.6);
    expect(Number(steps)).toBeGreaterThan(1000);
  }
  await expect(page.getByTestId('reasons')).toContainText('gained less than');

  const track = page.getByRole('slider', { name: 'Step of the descents' });
  await track.focus();
  await page.keyboard.press('Home');
  await expect(page.getByTestId('current')).toContainText('step 0');
  const first = await currentLoss(page);
  await page.keyboard.press('End');
  await expect.poll(() => currentLoss(page)).toBeLessThan(first);
  const wanted = Number(continued?.[3]);
  await expect.poll(() => currentLoss(page)).toBeCloseTo(wanted, 3);
  // There and back before the pattern of the first step is simulated: what stays is what was asked for last.
  for (const key of ['Home', 'End', 'Home', 'End', 'Home']) await track.press(key);
  await expect(page.getByTestId('current')).toContainText('step 0');
  expect(await currentLoss(page)).toBe(first);
  await track.press('End');
  await expect.poll(() => currentLoss(page)).toBeCloseTo(wanted, 3);

  await page.getByRole('button', { name: 'constrained', exact: true }).click();
  await expect.poll(() => currentLoss(page)).toBeCloseTo(Number(rows['constrained']?.[3]), 3);
});

test('the keyboard alone: move the probe, start, pause, step, undo', async ({ page }) => {
  await open(page, 'v=1&n=31');
  await map(page).focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByTestId('current')).toContainText('at the probe');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('descents').locator('tr[data-mode]')).toHaveCount(4);
  await descentsFinished(page);
  await page.keyboard.press('Space');
  await page.keyboard.press('[');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('descents')).toHaveCount(0);
  await page.keyboard.press('Control+Shift+z');
  await expect(page.getByTestId('descents').locator('tr[data-mode]')).toHaveCount(4);
});

test('Shift keeps the starts on screen; all six parameters are drawn as a projection', async ({ page }) => {
  await open(page, 'v=1&n=31&it=300');
  await clickMap(page, 0.2, 0.3);
  await clickMap(page, 0.8, 0.7, true);
  await expect(page.getByTestId('descents').locator('tr[data-mode]')).toHaveCount(8);
  await descentsFinished(page);
  await expect(page.getByTestId('reasons')).toContainText('limit of 300 steps');
  await page.getByRole('radio', { name: 'All six' }).check({ force: true });
  await expect(page.getByTestId('descents')).toContainText('slice ');
  await descentsFinished(page);
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.getByTestId('descents')).toHaveCount(0);
});
