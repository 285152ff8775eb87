import { expect, type Locator, type Page, test } from '@playwright/test';
import { findings } from './axe.ts';
import { clickMap, currentLoss, descentsFinished, map, mapFinished, open, outcome } from './explorer.ts';

const stages = (page: Page): Locator =>
  page.getByRole('radiogroup', { name: 'Stages of the continued path' });
const smoothing = (page: Page): Locator =>
  page.locator('[data-part="map-overlay"]').getByText(/^every peak smoothed/);

const nameOf = async (radio: Locator): Promise<string> => (await radio.getAttribute('aria-label')) ?? '';

/** U2Ti over a and c from (4.50, 3.08) Å, where all three descents of the paper end in other minima. */
async function drop(page: Page): Promise<void> {
  await clickMap(page, (4.5 - 4.3452) / (5.3108 - 4.3452), 1 - (3.08 - 2.5623) / (3.1317 - 2.5623));
  await descentsFinished(page);
}

test('where all three descents fail the continued path arrives, and the map shows how', async ({
  page,
  browser,
}) => {
  await open(page, 'v=1&n=61');
  await drop(page);
  const { continued, ...descents } = await outcome(page);
  for (const [, , off] of Object.values(descents)) expect(Number.parseFloat(off!)).toBeGreaterThan(2);
  expect([continued![2], continued![3]]).toEqual(['0.0%', '-1.000']);
  await expect(page.getByTestId('reasons')).toContainText(
    /continued: Reached the truth in \d+ evaluations over \d stages \(\d+°, .*, plain\)/,
  );
  await mapFinished(page);

  const widths = (await Promise.all((await stages(page).getByRole('radio').all()).map(nameOf))).flatMap(
    name => name.match(/smoothed by (.*)/)?.[1] ?? [],
  );
  expect(widths.length).toBeGreaterThan(2);
  await stages(page).getByRole('radio').first().click({ force: true });
  await expect(page.getByTestId('current')).toContainText('continued, step');
  for (const [i, width] of widths.entries()) {
    if (i > 0) await page.keyboard.press('ArrowDown');
    await expect(smoothing(page)).toHaveText(`every peak smoothed by ${width}`);
  }
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await expect(smoothing(page)).toHaveCount(0);
  await expect.poll(() => currentLoss(page)).toBe(-1);
  await page.keyboard.press('ArrowUp');

  const track = page.getByRole('slider', { name: 'Step of the descents' });
  await expect(track).toHaveAttribute(
    'aria-valuetext',
    new RegExp(`^continued, stage ${widths.length}, step`),
  );
  // the link follows a little later
  const step = (await track.getAttribute('aria-valuetext'))!.match(/step (\d+) of/)![1];
  await expect(page).toHaveURL(new RegExp(`focus=step~0~continued~${step}(&|$)`));
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const fresh = await context.newPage();
  await fresh.goto(page.url());
  await descentsFinished(fresh);
  await expect(smoothing(fresh)).toHaveText(`every peak smoothed by ${widths.at(-1)}`);
  await expect(stages(fresh).getByRole('radio', { checked: true })).toHaveAccessibleName(
    new RegExp(`^Stage ${widths.length}:`),
  );
  expect((await outcome(fresh))['continued']).toEqual(continued);
  await context.close();

  await page.getByRole('checkbox', { name: 'continued' }).uncheck();
  await expect(page.getByTestId('descents').locator('tr[data-mode]')).toHaveCount(3);
  await expect(stages(page)).toHaveCount(0);
  await expect(smoothing(page)).toHaveCount(0);
  await expect(page).toHaveURL(/cont=0/);
});

test('the keyboard goes down the stages: from the descents on, step by step, and back', async ({ page }) => {
  await open(page, 'v=1&n=31&engine=worker');
  await drop(page);
  const track = page.getByRole('slider', { name: 'Step of the descents' });
  await track.focus();
  await page.keyboard.press('Home');
  await expect(track).toHaveAttribute('aria-valuetext', /^step 0 of/);
  await map(page).focus();
  await page.keyboard.press('Space');
  await expect(track).toHaveAttribute('aria-valuetext', /^continued, stage 1/, { timeout: 20_000 });
  await page.keyboard.press('Space');
  for (let i = 0; i < 40; i++) await page.keyboard.press('[');
  await expect(track).toHaveAttribute('aria-valuetext', /^step \d+ of/);
  await track.press('End');
  await expect(track).toHaveAttribute('aria-valuetext', /^continued, stage \d, step (\d+) of \1$/);
  await track.press('ArrowLeft');
  await expect(track).toHaveAttribute('aria-valuetext', /^continued, stage/);
});

test('the ladder lies under the map on a phone, and axe finds nothing', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  const page = await context.newPage();
  await open(page, 'v=1&n=31&at=4.5~3.08&focus=step~0~continued~1');
  await descentsFinished(page);
  await expect(stages(page).getByRole('radio', { checked: true })).toHaveAccessibleName(/^Stage 1/);
  const [above, below] = await Promise.all([
    page.getByTestId('map-area').first().boundingBox(),
    stages(page).boundingBox(),
  ]);
  expect(below!.y).toBeGreaterThan(above!.y + above!.height);
  expect(await findings(page)).toEqual([]);
  await context.close();
});
