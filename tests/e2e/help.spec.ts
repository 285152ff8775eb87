import '../support/settings.ts';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { DOCUMENT_IDS } from '../../src/state/help/helpSettings.ts';
import { findings } from './axe.ts';
import { open } from './explorer.ts';

test('the documentation opens from the list of keys, is searched, and its links lead on', async ({
  page,
}) => {
  await open(page, 'v=1&n=11&engine=worker');
  await page.locator('body').press('?');
  await page.getByRole('link', { name: /^Documentation/ }).click();
  const contents = page.getByRole('navigation', { name: 'Contents' });
  await expect(page.getByRole('heading', { name: 'What Braggscape is not' })).toBeVisible();
  await expect(page.getByRole('cell', { name: /^indexing/ })).toBeVisible();
  await expect(contents.getByRole('link', { name: /10\.1039\/D6DD00017G/ })).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await contents.getByRole('searchbox').fill('caglioti widths');
  await page
    .getByRole('article')
    .getByRole('button', { name: /What Braggscape is not/ })
    .waitFor();
  await contents.getByRole('searchbox').fill('sandboxed frame allow-scripts');
  await page
    .getByRole('article')
    .getByRole('button', { name: /: Sandboxed frames$/ })
    .click();
  await expect(page.getByRole('heading', { name: 'Sandboxed frames' })).toBeInViewport();
  await expect.poll(() => page.url()).toContain('doc=embed');
  await page.getByRole('article').getByRole('link', { name: 'hosting.md' }).click();
  await expect(page.getByRole('heading', { name: 'Hosting Braggscape' })).toBeVisible();
  await contents.getByRole('searchbox').fill('zebra crossing');
  await expect(page.getByText('Nothing has all of these words.')).toBeVisible();
});

test('every file of the documentation is a page without a mark left over', async ({ page }) => {
  const files = readdirSync(join(import.meta.dirname, '../../docs')).filter(name => name.endsWith('.md'));
  expect(files.map(name => name.replace('.md', '')).sort()).toEqual([...DOCUMENT_IDS].sort());
  const left: string[] = [];
  await page.goto('/#v=1&p=help');
  for (const id of DOCUMENT_IDS) {
    await page.goto(`/#v=1&p=help&doc=${id}`);
    await expect(page.locator('nav [aria-current="page"]')).toHaveAttribute(
      'href',
      new RegExp(id === 'not' ? 'p=help' : `doc=${id}`),
    );
    const text = await page.getByRole('article').evaluate(node =>
      [...node.querySelectorAll('h2, h3, p, li, th, td')]
        .map(part => {
          const copy = part.cloneNode(true) as Element;
          for (const code of copy.querySelectorAll('code')) code.remove();
          return copy.textContent ?? '';
        })
        .join('\n'),
    );
    for (const mark of text.match(/.{0,20}(\*\*|```|\]\(|^#|\| ?---).{0,20}/gm) ?? [])
      left.push(`${id}: ${mark}`);
  }
  expect(left).toEqual([]);
});
