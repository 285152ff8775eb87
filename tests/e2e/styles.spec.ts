import { expect, test } from '@playwright/test';

test('a notice is as wide as its sentence: the style of the (i) button made a pill of one letter a line of it', async ({
  page,
}) => {
  await page.goto('/#v=1&n=11&engine=worker&modes=constrained');
  const last = page
    .getByRole('region', { name: 'Descent' })
    .getByRole('checkbox', { name: 'constrained', exact: true });
  await expect(last).toBeChecked();
  await last.click();
  const notice = page.getByRole('status').filter({ hasText: 'At least one of the three descents stays' });
  await expect(notice).toBeVisible();
  const box = (await notice.boundingBox())!;
  expect(box.width).toBeGreaterThan(240);
  expect(box.height).toBeLessThan(80);
  const size = await page.getByRole('button', { name: 'About the descents' }).boundingBox();
  expect([size!.width, size!.height]).toEqual([16, 16]);
});

test('a notice that asks keeps its sentence readable on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/#v=1&n=11&wl=0.1&tt1=170');
  const sentence = page.getByRole('status').getByText(/reflections of 3 atoms/);
  await expect(sentence).toBeVisible();
  expect((await sentence.boundingBox())!.width).toBeGreaterThan(240);
  await expect(page.getByRole('button', { name: 'Compute it' })).toBeInViewport();
});

test('the study looks the same after a visit to Explore, whose notes had the same class name', async ({
  page,
}) => {
  await page.goto('/#v=1&n=11&engine=worker&p=study');
  const text = page.getByText('Every result is kept on this device');
  const style = () =>
    text.evaluate(element => {
      const { color, fontSize, lineHeight, padding, margin } = getComputedStyle(element);
      return { color, fontSize, lineHeight, padding, margin };
    });
  await expect(text).toBeVisible();
  const before = await style();
  await page.getByRole('link', { name: 'Explore' }).click();
  await expect(page.getByText('Click the map to start three descents')).toBeVisible();
  await page.getByRole('link', { name: 'Study' }).click();
  await expect(text).toBeVisible();
  expect(await style()).toEqual(before);
});
