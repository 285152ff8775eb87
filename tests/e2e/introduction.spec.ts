import { expect, type Page, test } from '@playwright/test';

const told = (page: Page) => page.getByTestId('introduction');
const FAILED = /None of the 3 arrives; the unconstrained one is stuck in minimum \d: 110 lies under 101/;
const ARRIVES = /The continued descent arrives: smoothed by \d+° .* one bowl/;

test('a first visit plays once: three descents fail, the continued one arrives, a sentence each', async ({
  page,
}) => {
  await page.goto('/');
  await expect(told(page)).toContainText('three descents follow the slope of the loss');
  await expect(told(page)).toContainText(FAILED);
  await expect(told(page)).toContainText(ARRIVES);
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();

  await page.goto('about:blank');
  await page.goto('/');
  await expect(page.getByTestId('map-status')).toHaveAttribute('data-status', 'done');
  await expect(page.getByText('No descent yet.')).toBeVisible();
  await expect(told(page)).toHaveCount(0);

  await page.getByRole('button', { name: 'Keys' }).click();
  await page.getByRole('button', { name: 'Play the introduction' }).click();
  await expect(told(page)).toContainText('three descents');
});

test('any input stops it', async ({ page }) => {
  await page.goto('/');
  await expect(told(page)).toBeVisible();
  await page.keyboard.press('Shift');
  await expect(told(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
});

test('who asks for less motion gets the end with its sentences; a link is left as it is', async ({
  browser,
}) => {
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    viewport: { width: 390, height: 844 },
  });
  const page = await context.newPage();
  await page.goto('/#v=1&n=31');
  await expect(page.getByTestId('map-status')).toHaveAttribute('data-status', 'done');
  await expect(page.getByText('No descent yet.')).toBeVisible();
  await page.goto('about:blank');
  await page.goto('/');
  await expect(told(page)).toContainText(FAILED);
  await expect(told(page)).toContainText(ARRIVES);
  await context.close();
});
