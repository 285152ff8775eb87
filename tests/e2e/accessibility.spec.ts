import { expect, test } from '@playwright/test';
import { findings } from './axe.ts';
import { clickMap, descentsFinished, open } from './explorer.ts';

for (const colorScheme of ['light', 'dark'] as const)
  for (const [name, width, height] of [
    ['workbench', 1440, 900],
    ['small screen', 1024, 768],
    ['phone', 390, 844],
  ] as const)
    test(`axe finds nothing serious: ${name}, ${colorScheme}`, async ({ browser }) => {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme });
      const page = await context.newPage();
      await open(page, 'v=1&n=31&it=400');
      expect(await findings(page)).toEqual([]);
      await clickMap(page, 0.3, 0.4);
      await descentsFinished(page);
      expect(await findings(page)).toEqual([]);
      if (name === 'small screen') {
        await page.getByRole('tab', { name: 'Unit cell' }).click();
        expect(await findings(page)).toEqual([]);
      }
      if (name === 'phone') {
        await page.getByRole('button', { name: 'Controls' }).last().click();
        expect(await findings(page)).toEqual([]);
      } else {
        await page.keyboard.press('?');
        await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
        expect(await findings(page)).toEqual([]);
        await page.keyboard.press('Escape');
        for (const menu of [/^Crystal: /, /^Engine: /, 'Share this picture', 'About the loss']) {
          await page.getByRole('button', { name: menu }).first().click();
          expect(await findings(page)).toEqual([]);
          await page.keyboard.press('Escape');
        }
      }
      await context.close();
    });
