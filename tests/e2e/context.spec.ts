import { expect, test } from '@playwright/test';
import { mapFinished, open, savedMap } from './explorer.ts';

test('losing every WebGL context: the map is finished all the same, the cell comes back, and the page says so', async ({
  page,
  browser,
}) => {
  // In software rendering a lost context is noticed by its deadline, which a busy machine stretches.
  test.setTimeout(240_000);
  await open(page, 'v=1&n=31');
  // Rendered in software it is only checked when somebody wants it.
  await page.getByRole('button', { name: /^Engine: CPU\. / }).click();
  await expect(page.getByTestId('engine-reason')).toContainText('rendered in software here');
  await page.getByRole('radio', { name: 'WebGL', exact: true }).check({ force: true });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /^Engine: WebGL\./ })).toBeVisible();
  const before = await savedMap(page);

  // The whole GPU process dies, as when a driver is updated: a new map is asked for at the same moment.
  const devtools = await browser.newBrowserCDPSession();
  await devtools.send('Browser.crashGpuProcess').catch(() => {
    // The command may report the crash it was asked for.
  });
  await page.getByRole('radio', { name: 'MSE', exact: true }).check({ force: true });
  await mapFinished(page);
  await page.getByRole('radio', { name: 'Cosine', exact: true }).check({ force: true });
  await mapFinished(page);
  const after = await savedMap(page);
  expect(after.rows.length).toBe(before.rows.length);
  let worst = 0;
  for (const [i, row] of after.rows.entries()) worst = Math.max(worst, Math.abs(row[2] - before.rows[i]![2]));
  expect(worst).toBeLessThan(2e-6);
  await expect(page.locator('[data-tone]').first()).toContainText(/WebGL|GPU/);
});
