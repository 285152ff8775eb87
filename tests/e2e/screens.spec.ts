import { expect, test } from '@playwright/test';
import { PAGE_IDS } from '../../src/state/core/pages.ts';
import { faults, openStocked, SCREENS, settled } from './screens.ts';

for (const id of PAGE_IDS)
  for (const touch of [false, true])
    test(`nothing of ${id} is cut, covered, larger than its window or too small to press, ${touch ? 'by touch' : 'by mouse'}`, async ({
      browser,
    }) => {
      const screens = SCREENS.filter(screen => screen.touch === touch);
      const context = await browser.newContext({
        viewport: screens[0]!,
        serviceWorkers: 'block',
        ...(touch ? { hasTouch: true, isMobile: true } : {}),
      });
      const page = await context.newPage();
      await openStocked(page, id);
      for (const { width, height } of screens) {
        await page.setViewportSize({ width, height });
        await settled(page);
        expect(await faults(page), `${width} × ${height}`).toEqual([]);
      }
      await context.close();
    });
