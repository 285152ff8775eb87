import { expect, type Page, test } from '@playwright/test';
import { PRESETS } from '../../src/state/gallery/presets.ts';
import { readPdf } from '../support/pdfText.ts';
import { descentsFinished, open } from './explorer.ts';

const printed = async (page: Page): Promise<ReturnType<typeof readPdf>> =>
  readPdf(await page.pdf({ preferCSSPageSize: true, printBackground: true }));

/** Every one of some words, as they stand in the print; those that are missing. */
const missing = (text: string, words: readonly string[]): string[] =>
  words.filter(word => !text.includes(word.replace(/\s/g, '')));

test('the explorer prints all panes, with caption, numbers and settings', async ({ page }) => {
  await open(page, 'v=1&s=Au2S&y=b&n=11&engine=worker&at=4.569~4.728&cont=0&lr=0.001');
  await descentsFinished(page);
  const caption = await page.getByText(/Each pixel is this crystal/).textContent();
  const { text, sheets } = await printed(page);
  expect(
    missing(text, [
      'Loss over',
      caption!,
      'Unit cell',
      'Current crystal',
      'unconstrained',
      'constrained start',
      'Minima',
      'Powder pattern',
      'Settings: structure Au2S',
      'learning rate 0.001',
      '/#v=1&s=Au2S&y=b&n=11',
    ]),
  ).toEqual([]);
  expect(text).not.toContain('Runfromstart');
  expect(sheets).toBeLessThan(4);
});

test('the gallery prints all cards, also those that were never in view', async ({ page }) => {
  await page.goto('/#v=1&p=gallery&engine=worker');
  await expect(page.locator('[data-preset="fig2"]')).toHaveAttribute('data-status', 'done');
  const questions = await page.locator('[data-preset] h3').allTextContents();
  const { text, sheets } = await printed(page);
  expect(questions.length).toBe(PRESETS.length);
  expect(missing(text, [...questions, 'Braggscape, Gallery'])).toEqual([]);
  expect(sheets).toBeGreaterThan(2);
});

test('the comparison prints the list, the picture, the similarities and the peaks', async ({ page }) => {
  await page.goto('/#v=1&p=compare&engine=worker');
  await expect(page.getByRole('region', { name: 'Compared patterns' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Peaks' }).locator('tbody tr').first()).toBeVisible();
  const { text } = await printed(page);
  const words = ['Face-centred cubic, Cu', 'Losses between all', 'Wasserstein', 'Peaks of 1'];
  expect(missing(text, [...words, 'Braggscape, Compare', page.url()])).toEqual([]);
  const last = await page
    .locator('main table')
    .last()
    .locator('tbody tr')
    .last()
    .locator('td')
    .allTextContents();
  expect(last.length).toBeGreaterThan(3);
  expect(missing(text, last)).toEqual([]);
});
