import { createRequire } from 'node:module';
import { expect, type Page, test } from '@playwright/test';
import { clickMap, descentsFinished, open } from './explorer.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Finding {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** Findings of axe that are serious or critical, as text. */
async function findings(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: AXE });
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: Finding[] }> } };
    return (await axe.run()).violations;
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(node => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`),
    );
}

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
