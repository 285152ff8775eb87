import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { findingsInBoth } from './axe.ts';
import { chooseAxis, clickMap, descentsFinished, map, mapFinished, open, outcome } from './explorer.ts';

/** BPO4: its cell, and where its first oxygen is. */
const [A, X, Y] = [4.338, 0.24, 0.638];

const ranked = (page: Page) => page.getByTestId('ranked');

/** Chooses the parameter of an axis by the keys alone: opens the list, types what is sought, takes the first. */
async function typeAxis(page: Page, axis: 'Horizontal' | 'Vertical', words: string): Promise<void> {
  await page.getByRole('button', { name: `${axis} axis` }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('searchbox').locator('visible=true')).toBeFocused();
  await expect(page.locator('[data-parameter="x.O5"]:visible')).toBeVisible();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: `${axis} axis: ${words}` })).toBeVisible();
}

/** Numbers of a text, a real minus as a minus. */
const numbers = (text: string): number[] =>
  (text.replaceAll('\u2212', '-').match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);

/** The text of the parts that a link must bring back. */
const parts = async (page: Page): Promise<(string | null)[]> =>
  Promise.all(['descents', 'current', 'ranked'].map(id => page.getByTestId(id).textContent()));

test('the oxygen of BPO4 over x and y by keys alone: map, descents, worst atom, ranked reflections, link', async ({
  page,
  browser,
}) => {
  await open(page, 'v=1&s=BPO4&n=41&cont=0&lr=0.01&engine=worker');
  await typeAxis(page, 'Horizontal', 'x of O5');
  await typeAxis(page, 'Vertical', 'y of O5');
  await mapFinished(page);
  await map(page).focus();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Enter');
  await descentsFinished(page);

  // the cell keeps its size, and the atom is as far as x and y say
  await expect(page.getByTestId('current').locator('table')).toHaveCount(1);
  const { unconstrained = [] } = await outcome(page);
  const [x, y, distance] = [
    unconstrained[0]!,
    unconstrained[1]!,
    unconstrained[2]!.replace(/^O\d+ /, ''),
  ].map(text => numbers(text)[0]!) as [number, number, number];
  expect(Math.abs(x - X)).toBeLessThan(0.01);
  expect(Math.abs(distance - A * Math.hypot(x - X, y - Y))).toBeLessThan(0.006);

  await page.getByRole('button', { name: 'First step' }).focus();
  await page.keyboard.press('Enter');
  const label = page.getByRole('img', { name: /^Unit cell of BPO4.*Å from its true place/ });
  await expect(label).toBeVisible();
  const away = numbers((await label.getAttribute('aria-label'))!.split('; ')[1]!.replace(/^O\d+/, ''))[0]!;
  const off = await page.getByTestId('axes').locator('tbody tr').last().locator('td').allTextContents();
  const [dx, dxAngstrom] = numbers(off[0]!) as [number, number];
  expect(dxAngstrom).toBeCloseTo(A * Math.abs(dx), 1);
  expect(away).toBeCloseTo(numbers(off.at(-1)!)[0]!, 6);

  await page.getByRole('button', { name: 'Gradient' }).focus();
  await page.keyboard.press('Enter');
  const rows = ranked(page).locator('tbody tr');
  await expect(rows.first()).toBeVisible();
  await expect(ranked(page)).toContainText(/drives? the gradient here: \d+/);
  const shares = await rows.evaluateAll(found =>
    found.map(row => [...row.querySelectorAll('td')].slice(-2).map(cell => cell.textContent ?? '')),
  );
  const weights = shares.map(pair => pair.reduce((sum, text) => sum + Math.abs(numbers(text)[0]!), 0));
  expect(weights[0]! + weights[1]! + weights[2]!).toBeGreaterThan(100);
  for (const [i, weight] of weights.entries()) expect(weight).toBeLessThan((weights[i - 1] ?? 200) + 0.2);
  // the first line of the table is named in the sentence
  const first = await rows.first().locator('th, td').first().textContent();
  await expect(ranked(page).locator('p').first()).toContainText(first!);
  expect(await findingsInBoth(page)).toEqual([]);

  await page.getByRole('button', { name: 'Share this picture' }).focus();
  await page.keyboard.press('Enter');
  const field = page.getByRole('textbox', { name: 'Link' });
  await expect(field).toHaveValue(/x=x\.O5&y=y\.O5/);
  const link = await field.inputValue();
  await page.keyboard.press('Escape');
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const fresh = await context.newPage();
  await fresh.goto(link);
  await mapFinished(fresh);
  await descentsFinished(fresh);
  await expect(ranked(fresh).locator('tbody tr').first()).toBeVisible();
  expect(await parts(fresh)).toEqual(await parts(page));
  await context.close();
});

test('a cell length and an oxygen: both move in every pane, and the crystal is saved as it stands', async ({
  page,
}) => {
  await open(page, 'v=1&s=BPO4&n=31&cont=0&lr=0.001&engine=worker&rank=1');
  await chooseAxis(page, 'Vertical', 'x.O5');
  await mapFinished(page);
  await clickMap(page, 0.56, 0.25);
  await descentsFinished(page);
  const { unconstrained = [] } = await outcome(page);
  expect(Number(unconstrained[0])).toBeCloseTo(A, 2);
  await page.getByRole('button', { name: 'First step' }).click();
  await page.mouse.move(2, 600);
  await expect(page.getByTestId('current').locator('table')).toHaveCount(2);
  const [now] = await page.getByTestId('axes').locator('tbody tr').first().locator('td').allTextContents();
  await expect(ranked(page)).toContainText('along a');
  await expect(ranked(page)).toContainText('along x of O5');

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CIF', exact: true }).click();
  const cif = readFileSync(await (await download).path(), 'utf8');
  const placeOf = (label: string): number[] =>
    cif
      .match(new RegExp(`^${label} O (.*)$`, 'm'))![1]!
      .split(' ')
      .map(Number);
  expect(placeOf('O5')[0]).toBeCloseTo(numbers(now!)[0]!, 4);
  // its mate on the other side of the axis goes the other way
  expect(placeOf('O5')[0]! + placeOf('O7')[0]!).toBeCloseTo(1, 9);
  expect(Number(/_cell_length_a (\S+)/.exec(cif)![1])).toBeGreaterThan(A + 0.01);

  const pattern = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  await page.getByRole('button', { name: 'Current (XY)' }).click();
  const [title = ''] = readFileSync(await (await pattern).path(), 'utf8').split('\n');
  expect(Number(/x\.O5 (\S+)$/.exec(title)![1])).toBeCloseTo(placeOf('O5')[0]!, 6);

  const saved = page.waitForEvent('download');
  await ranked(page).getByRole('button', { name: 'CSV' }).click();
  const table = readFileSync(await (await saved).path(), 'utf8')
    .trim()
    .split('\n');
  expect(table[0]).toBe('h,k,l,two_theta_deg,target,current,share along a,share along x of O5');
  expect(table.length).toBeGreaterThan(20);
  expect(await findingsInBoth(page)).toEqual([]);
});

test('tools that are about the cell say why they have nothing to show over atoms', async ({ page }) => {
  await open(page, 'v=1&s=BPO4&n=31&x=x.O5&y=y.O5&cont=0&ruler=1&help=soft,jitter&at=0.2~0.6');
  await expect(page.getByTestId('analysis')).toContainText('The ruler is Bragg’s law over the cell');
  await expect(page.getByTestId('ruler')).toHaveCount(0);
  await expect(page.getByTestId('analysis')).toContainText('these act on the shape of the cell');
  await expect(page.getByRole('checkbox', { name: 'Soft symmetry' })).toBeDisabled();
  await page.getByRole('button', { name: 'Energy', exact: true }).click();
  await expect(
    page.getByText('The interatomic energy is mapped over two parameters of the cell'),
  ).toBeVisible();
});

test('a false minimum over x and z of the oxygen is held by the reflections whose slopes cancel there', async ({
  page,
}) => {
  await open(page, 'v=1&s=BPO4&x=x.O5&y=z.O5&xr=-0.3~0.7&yr=-0.1~0.9&n=101&cont=0&rank=1&engine=worker');
  await expect(ranked(page)).toContainText('At the truth nothing pulls');
  await page
    .getByTestId('minima')
    .getByRole('button', { name: /Show minimum 1$/ })
    .click();
  await page.mouse.move(2, 600);
  await expect(ranked(page)).toContainText('This minimum is held by 101 and 110');
});
