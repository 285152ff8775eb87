import { expect, type Locator, type Page, test } from '@playwright/test';
import { findingsInBoth } from './axe.ts';

/** The laboratory on a small crystal; the map of the explorer stays out of the way. */
async function open(page: Page, link: string): Promise<void> {
  await page.goto(`/#v=1&n=11&engine=worker&p=phases&${link}`);
  await expect(page.getByRole('tablist', { name: 'Experiments' })).toBeVisible();
}

const textOf = async (at: Locator): Promise<string> => (await at.textContent()) ?? '';
const link = (page: Page): string => decodeURIComponent(new URL(page.url()).hash);
const factor = (page: Page, row: string): Promise<string> =>
  textOf(page.getByTestId('factors').locator('tbody tr', { hasText: row }).locator('td').first());

test('1: an atom is dragged by mouse and by keys; arrows, |F| and pattern follow, and the link keeps it', async ({
  page,
}) => {
  await open(page, 's=SrTiO3&ph.hkl=1~1~1');
  const cell = page.getByRole('application', { name: /^Unit cell of/ });
  await expect(page.getByRole('img', { name: /^Argand diagram/ })).toBeVisible();
  await expect(page.getByTestId('pattern-difference')).toContainText('difference 0');
  const box = await cell.boundingBox();
  if (!box) throw new Error('the cell is not on screen');
  // Titanium sits in the middle of the cell, and so of the picture.
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 30, y - 20, { steps: 4 });
  await page.mouse.up();
  await expect(page.getByRole('button', { name: /^Put .*back$/ })).toBeEnabled();
  expect(await factor(page, 'now')).not.toBe(await factor(page, 'as loaded'));
  await expect(page.getByTestId('pattern-difference')).toContainText('largest difference');
  await expect.poll(() => link(page)).toContain('ph.moves=1~');

  const before = await factor(page, 'now');
  await cell.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('atom-spoken')).toContainText('held');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => factor(page, 'now')).not.toBe(before);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('atom-spoken')).not.toContainText('held');
  await page.getByRole('button', { name: /^Put .*back$/ }).click();
  await expect(page.getByTestId('pattern-difference')).toContainText('difference 0');
});

test('1: the lesson leads to the mate, to an absence and to another origin', async ({ page }) => {
  await open(page, 's=BPO4&ph.hkl=1~1~2');
  const next = page.getByRole('button', { name: /^Next:/ });
  await expect(page.getByTestId('reflections').locator('tbody tr')).not.toHaveCount(0);
  await next.click();
  await next.click();
  expect(await factor(page, 'mate')).toBe(await factor(page, 'F'));
  await next.click();
  await expect(page.getByText('I centring')).toBeVisible();
  expect(await factor(page, 'F')).toBe('0.00');
  await next.click();
  await expect.poll(() => factor(page, 'now')).toBe(await factor(page, 'as loaded'));
  await expect(page.getByTestId('pattern-difference')).toContainText('difference 0');
  await page.getByRole('textbox', { name: 'Reflection h k l' }).fill('1 2');
  await page.keyboard.press('Enter');
  await expect(page.getByText('is not three whole numbers')).toBeVisible();
  await page.getByRole('textbox', { name: 'Reflection h k l' }).fill('2 1 -1');
  await page.keyboard.press('Enter');
  await expect.poll(() => link(page)).toContain('ph.hkl=2~1~-1');
});

test('1: the list of reflections shows whole rows under its head, whichever is chosen', async ({ page }) => {
  await open(page, 's=BPO4&ph.hkl=2~1~-1');
  const box = page.getByRole('region', { name: 'List of reflections' });
  const cut = (): Promise<number> =>
    box.evaluate(element => {
      // The cells of the head stay at the top; its row moves.
      const head = element.querySelector('th')!.getBoundingClientRect();
      const rows = [...element.querySelectorAll('tbody tr')].map(row => row.getBoundingClientRect());
      return Math.abs(rows.find(row => row.bottom > head.bottom + 1)!.top - head.bottom);
    });
  await expect(box.locator('tr[data-chosen=true]')).toBeVisible();
  for (let row = 0; row < 60; row += 7) {
    await expect.poll(cut, `row ${row}`).toBeLessThan(1.5);
    await box.getByRole('radio').nth(row).click({ force: true });
  }
});

test('a tab opens its lesson on a crystal that shows it, with nothing of the last lesson; undo brings all back', async ({
  page,
}) => {
  await open(page, 's=U2Ti&ph.exp=swap&ph.d=2&ph.height=0.3');
  await page.getByRole('tab', { name: /Without phases/ }).click();
  await expect.poll(() => link(page)).toContain('s=Ga2O3');
  expect(link(page)).not.toMatch(/ph\.(d|height)=/);
  await expect(
    page.getByText(/^Without phases .* \d+ of the vectors listed end in this section/),
  ).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect.poll(() => link(page)).toContain('ph.d=2');
  await expect.poll(() => link(page)).not.toContain('s=Ga2O3');
});

test('2: phases are swapped by mouse and by keys; the pattern does not change, the correlation does', async ({
  page,
}) => {
  await open(page, 's=SrTiO3&ph.exp=swap&ph.phi=true&ph.lender=BPO4');
  const correlation = page.getByTestId('correlation');
  await expect(correlation).toHaveText('1.00');
  await page.getByRole('radio', { name: /^Random/ }).check();
  await expect
    .poll(async () => Math.abs(Number((await textOf(correlation)).replace('−', '-'))))
    .toBeLessThan(0.6);
  await expect(page.getByTestId('pattern-difference')).toContainText('difference 0');
  const random = await textOf(correlation);
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('radio', { name: /^Swapped/ })).toBeChecked();
  await expect(correlation).not.toHaveText(random);
  await expect(page.getByTestId('pattern-difference')).toContainText('difference 0');
  await page.getByRole('slider', { name: 'Height of the section' }).focus();
  await page.keyboard.press('End');
  await expect.poll(() => link(page)).toContain('ph.height=1');
  await page.getByRole('radio', { name: '3-D isosurface in the cell' }).check();
  await expect(page.getByRole('application', { name: /Surface at/ })).toHaveCount(2);
  const shown = await textOf(correlation);
  await expect.poll(() => link(page)).toContain('ph.view=surface');
  await page.reload();
  await expect(correlation).toHaveText(shown);
});

test('3: the Patterson map loses its origin peak; vectors are chosen by mouse and by keys', async ({
  page,
}) => {
  await open(page, 's=SrTiO3&ph.exp=patterson');
  await expect(page.getByRole('img', { name: /^Patterson map/ })).toBeVisible();
  const before = await page.getByRole('img', { name: /^Patterson map/ }).getAttribute('aria-label');
  await page.getByRole('checkbox', { name: 'No origin peak' }).press('Space');
  await expect(page.getByRole('img', { name: /^Patterson map/ })).not.toHaveAttribute(
    'aria-label',
    before ?? '',
  );
  await page
    .getByRole('radio', { name: /^Sr–Ti/ })
    .first()
    .click({ force: true });
  await expect.poll(() => link(page)).toContain('ph.height=0.5');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: /^Sr–Ti/ }).first()).not.toBeChecked();
});

test('4: the pair is equal in |F| and different in space; the search finds more', async ({ page }) => {
  await open(page, 's=SrTiO3&ph.exp=homometric&ph.d=1.5');
  await expect(page.getByTestId('pair-amplitudes')).toHaveText(/10⁻¹|^0$/);
  await expect(page.getByText('no match')).toBeVisible();
  await expect(page.getByText('{0, 3, 4, 5} and {0, 4, 5, 7} of 8')).toBeVisible();
  const divisions = page.getByRole('textbox', { name: 'Divisions of the circle' });
  await divisions.fill('12');
  await page.keyboard.press('Enter');
  const points = page.getByRole('textbox', { name: 'Points on the circle' });
  await points.fill('5');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: 'Homometric classes' }).getByRole('radio')).toHaveCount(3);
  await page.getByRole('group', { name: 'Homometric classes' }).getByRole('radio').nth(1).click();
  await expect.poll(() => link(page)).toContain('ph.pair=1');
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => link(page)).not.toContain('ph.pair=1');
});

test('5: fewer numbers are left at every step; sharper peaks keep more', async ({ page }) => {
  await open(page, 's=BPO4&ph.exp=powder');
  const count = async (step: string): Promise<number> =>
    Number((await textOf(page.getByTestId(`count-${step}`))).replaceAll('\u202f', ''));
  await expect(page.getByTestId('count-resolved')).toBeVisible();
  const steps = await Promise.all(['complex', 'friedel', 'laue', 'shells', 'resolved'].map(count));
  for (let i = 1; i < steps.length; i++) expect(steps[i]).toBeLessThanOrEqual(steps[i - 1]!);
  const before = steps.at(-1)!;
  await page.getByRole('slider', { name: 'Scale of the peak widths' }).focus();
  await page.keyboard.press('Home');
  await expect.poll(() => count('resolved')).toBeGreaterThanOrEqual(before);
  await expect.poll(() => link(page)).toContain('ph.width=0.1');
  await page.getByRole('combobox', { name: 'Radiation' }).selectOption({ label: 'Mo Kα₁' });
  await expect.poll(() => count('complex')).toBeGreaterThan(steps[0]!);
});

test('6: charge flipping solves from one seed, fails with δ too high, and runs from powder amplitudes', async ({
  page,
}) => {
  await open(page, 's=SrTiO3&ph.exp=flipping');
  const verdict = page.getByTestId('flip-verdict');
  await page.getByRole('button', { name: 'Run', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(verdict).toHaveText(/^Solved: all 5 atoms/);
  await page.getByRole('button', { name: 'Next: a failure' }).click();
  await expect(verdict).toHaveText(/^Not solved/);
  await page.getByRole('button', { name: 'Next: from a powder' }).click();
  await expect(page.getByText('intensities the powder gives')).toBeVisible();
  await expect(verdict).toHaveAttribute('data-status', 'done');
  await page.getByRole('button', { name: 'Next seed' }).click();
  await expect.poll(() => link(page)).toContain('ph.fseed=2');
});

test('7: from every experiment one click leads to the landscape of the same crystal', async ({ page }) => {
  await open(page, 's=SrTiO3&ph.exp=powder');
  await page.getByRole('tab', { name: /Waves and arrows/ }).click();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: /another crystal/ })).toBeFocused();
  await expect(page.getByText('Phases φ')).toBeVisible();
  await page.getByRole('link', { name: /Back to the landscape/ }).click();
  await expect(page.getByRole('application', { name: /^Loss over/ })).toBeVisible();
  await expect.poll(() => link(page)).toContain('s=SrTiO3');
});

test('a teacher’s link hides controls and the bar; print has the questions', async ({ page }) => {
  await page.goto(
    '/#v=1&n=11&engine=worker&p=phases&ph.exp=swap&s=SrTiO3&hide=lesson,phases,experiments&embed=1',
  );
  await expect(page.getByTestId('correlation')).toBeVisible();
  await expect(page.getByRole('banner')).toHaveCount(0);
  await expect(page.getByRole('tablist', { name: 'Experiments' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Next:/ })).toHaveCount(0);
  await expect(page.getByText('Two crystals')).toHaveCount(0);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText('Which of the two maps can you compute')).toBeVisible();
});

test('axe finds nothing serious in any experiment', async ({ page }) => {
  for (const experiment of ['waves', 'swap', 'patterson', 'homometric', 'powder', 'flipping']) {
    await open(page, `s=SrTiO3&ph.exp=${experiment}&ph.cycles=20&ph.go=1`);
    await expect(page.getByTestId('experiment').locator('svg, canvas').first()).toBeVisible();
    expect(await findingsInBoth(page), experiment).toEqual([]);
  }
});
