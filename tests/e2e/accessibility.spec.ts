import { expect, test } from '@playwright/test';
import { findingsInBoth, SCREENS } from './axe.ts';
import { clickMap, descentsFinished, open } from './explorer.ts';

for (const [width, height] of SCREENS)
  test(`axe finds nothing serious in a window of ${width} × ${height}`, async ({ browser }) => {
    const context = await browser.newContext({ viewport: { width, height } });
    const page = await context.newPage();
    await open(page, 'v=1&n=31&it=400');
    expect(await findingsInBoth(page)).toEqual([]);
    await clickMap(page, 0.3, 0.4);
    await descentsFinished(page);
    expect(await findingsInBoth(page)).toEqual([]);
    if (width === 1024) {
      await page.getByRole('tab', { name: 'Unit cell' }).click();
      expect(await findingsInBoth(page)).toEqual([]);
    }
    if (width === 390) {
      await page.getByRole('button', { name: 'Controls' }).last().click();
      expect(await findingsInBoth(page)).toEqual([]);
    } else {
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
      expect(await findingsInBoth(page)).toEqual([]);
      await page.keyboard.press('Escape');
      for (const menu of [/^Crystal: /, /^Engine: /, 'Share this picture', 'About the loss']) {
        await page.getByRole('button', { name: menu }).first().click();
        expect(await findingsInBoth(page)).toEqual([]);
        await page.keyboard.press('Escape');
      }
    }
    await context.close();
  });
