import { expect, type Page, test } from '@playwright/test';
import { clickMap, descentsFinished, open } from './explorer.ts';

const verdicts = (page: Page) => page.getByTestId('verdicts');

/** Whole, not cut by any box around it. */
async function expectWhole(page: Page, testId: string): Promise<void> {
  const cut = await page.getByTestId(testId).evaluate(element => {
    const box = element.getBoundingClientRect();
    for (let parent = element.parentElement; parent; parent = parent.parentElement) {
      const around = parent.getBoundingClientRect();
      if (parent === document.body) break;
      // what scrolls hides nothing for good
      if (!/hidden|clip/.test(getComputedStyle(parent).overflow)) continue;
      if (box.right > around.right + 1 || box.bottom > around.bottom + 1) return parent.className;
    }
    const hides = getComputedStyle(element).overflow !== 'visible';
    return hides && element.scrollWidth > element.clientWidth ? 'itself' : null;
  });
  expect(cut).toBeNull();
}

test('every descent has a verdict over the table, on the map and under it; its why shows the pattern there', async ({
  page,
}) => {
  await open(page, 'v=1&n=61');
  await clickMap(page, (4.5 - 4.3452) / (5.3108 - 4.3452), 1 - (3.08 - 2.5623) / (3.1317 - 2.5623));
  await descentsFinished(page);
  await expect(verdicts(page)).toContainText('stuck in minimum 2: 110 lies under 101');
  await expect(verdicts(page)).toContainText('stuck in minimum 1: 110 lies under 101');
  await expect(verdicts(page).locator('[data-good=true]')).toContainText('reached the truth');

  await page.getByTestId('descents').getByRole('button', { name: 'unconstrained' }).click();
  const line = page.getByTestId('verdict-line');
  await expect(line).toContainText('unconstrained: stuck in minimum 2: 110 lies under 101.');
  await expect(
    page.locator('[data-part="map-overlay"] text').filter({ hasText: 'stuck in minimum 2' }),
  ).toBeVisible();
  for (const [width, height] of [
    [1440, 900],
    [1024, 768],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expectWhole(page, 'verdict-line');
    await expectWhole(page, 'tally');
  }
  await page.setViewportSize({ width: 1440, height: 900 });

  await line.getByRole('button', { name: 'why' }).click();
  await expect(page.getByTestId('tally')).toContainText('110 now lies under 101');
  await expect(page).toHaveURL(/zoom=33\.\d+~42\.\d+/);
});

test('MSE at the rate of the paper is thrown out of the box, and comes back at the stable one by a click', async ({
  page,
}) => {
  await open(page, 'v=1&n=61&loss=mse&at=4.86~2.87');
  await descentsFinished(page);
  await expect(verdicts(page)).toContainText(/thrown out of the box: rate above 2\.0\s·\s10⁻⁵/);
  await verdicts(page)
    .getByRole('button', { name: /Descend at 1\.0\s·\s10⁻⁵/ })
    .click();
  await expect(verdicts(page)).not.toContainText('thrown');
  await descentsFinished(page);
  await expect(verdicts(page).locator('[data-good=true]')).toContainText('unconstrained');
  await page.getByRole('radio', { name: 'Cosine' }).check({ force: true });
  await expect(page.getByRole('textbox', { name: 'Learning rate' })).toHaveValue('0.0005');
});

test('steps that are too long bounce, with the rate above which they do', async ({ page }) => {
  await open(page, 'v=1&n=31&lr=0.004&at=4.86~2.87');
  await descentsFinished(page);
  await expect(verdicts(page)).toContainText('bouncing: rate above 0.0026');
});

test('descents run from under the map; what is folded away is told in a line; analysis tools unfold in view', async ({
  page,
}) => {
  await open(page, 'v=1&n=31&mom=0.5');
  await page.getByRole('textbox', { name: 'Start a' }).fill('4.5');
  await page.getByRole('textbox', { name: 'Start c' }).fill('3.08');
  await page.getByRole('button', { name: 'Run from start' }).click();
  await expect(verdicts(page)).toContainText('unconstrained');
  const momentum = page.getByRole('textbox', { name: 'Momentum' });
  await expect(momentum).toBeHidden();
  const fold = page.locator('summary').filter({ hasText: 'momentum 0.5' });
  await expect(fold).toContainText('differs from the paper');
  await fold.click();
  await expect(momentum).toHaveValue('0.5');
  await page.getByRole('button', { name: 'Open the analysis tools' }).click();
  await expect(page.getByRole('heading', { name: 'Why is it rough' })).toBeInViewport();
});
