import '../support/settings.ts';
import { expect, type Page, test } from '@playwright/test';
import type { PRESET_IDS } from '../../src/state/gallery/gallerySettings.ts';
import { groupsOf, presetLink, presetOf } from '../../src/state/gallery/presets.ts';
import { findings, findingsInBoth } from './axe.ts';
import { descentsFinished, mapFinished, meanDifference, outcome } from './explorer.ts';

/** As the page prints it, with plain minus signs and without thin spaces. */
const plain = (text: string): string => text.replaceAll('\u2212', '-').replaceAll('\u202f', '');

const finding = async (page: Page): Promise<string> => {
  const caption = page.getByTestId('caption-finding');
  await expect(caption).not.toContainText(/figures of this caption/, { timeout: 120_000 });
  return plain((await caption.textContent()) ?? '');
};

const cardDone = (page: Page, id: string): Promise<void> =>
  expect(page.locator(`[data-preset="${id}"]`)).toHaveAttribute('data-status', 'done', { timeout: 120_000 });

/** On a coarse map: what captions say of descents does not rest on it. */
const coarse = (id: (typeof PRESET_IDS)[number]): string => `/${presetLink(presetOf(id))}&n=31&engine=worker`;

/** Numbers of a caption that stand in the table of descents: both parameters, loss and steps of each run named. */
async function expectRuns(page: Page, text: string, modes: readonly string[]): Promise<void> {
  const table = await outcome(page);
  for (const mode of modes) {
    const [x = '', , , loss = ''] = table[mode] ?? [];
    expect(text, `${mode}: ${table[mode]?.join(' ')}`).toContain(loss);
    expect(text).toContain(x);
  }
}

test('a picture opens from its card, with the numbers that the explorer shows', async ({ page }) => {
  await page.goto('/#v=1&p=gallery&engine=worker');
  await cardDone(page, 'fig2');
  const card = page.locator('[data-preset="fig2"]');
  const said = plain((await page.getByTestId('finding-fig2').textContent()) ?? '');
  await card.getByRole('link').click();
  await mapFinished(page);
  await expect(page.getByRole('region', { name: 'About this picture' })).toBeVisible();
  expect(await finding(page)).toBe(said);
  const rows = page.getByTestId('minima').locator('tbody tr');
  const count = await rows.count();
  expect(said).toContain(['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six'][count]);
  const deepest = plain((await rows.first().locator('td').nth(2).textContent()) ?? '');
  expect(said).toContain(`reaches ${deepest} `);
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Gallery' })).toBeVisible();
});

test('the homometric crystal on the map and the laboratory lead to one another', async ({ page }) => {
  await page.goto('/#v=1&p=phases&ph.exp=homometric');
  await page.getByRole('link', { name: 'Both on a map' }).click();
  await mapFinished(page);
  await expect(page.getByTestId('minima').locator('tbody tr').first()).toContainText('=');
  await expect.poll(() => finding(page)).toContain('{0, 3, 4, 5}');
  await page
    .getByRole('region', { name: 'About this picture' })
    .getByRole('link', { name: 'Laboratory' })
    .click();
  await expect(page).toHaveURL(/p=phases.*ph\.exp=homometric/);
  await expect(page).toHaveURL(/s=cyclotomic/);
  await expect(page.getByRole('heading', { name: 'Two crystals' })).toBeVisible();
});

test('g opens the gallery, Enter on a card opens the explorer, and the filter is in the link', async ({
  page,
}) => {
  await page.goto('/#v=1&n=11');
  await mapFinished(page);
  await page.locator('body').press('g');
  await expect(page.getByRole('heading', { name: 'Gallery' })).toBeVisible();
  await page.getByRole('radio', { name: 'Landscapes' }).check({ force: true });
  await expect(page.locator('[data-preset="fig5"]')).toHaveCount(0);
  await expect.poll(() => page.url()).toContain('gf=landscapes');
  await page.getByRole('link', { name: 'Why does descent stop here?' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'About this picture' })).toBeVisible();
});

for (const [id, modes] of [
  ['fig3a', ['unconstrained', 'constrainedStart']],
  ['fig3b', ['unconstrained']],
  ['fig3a-alpha', ['unconstrained']],
  ['readings', ['constrained']],
  ['trade', ['unconstrained']],
  ['window', []],
  ['long-steps', ['unconstrained']],
  ['early', ['unconstrained']],
  ['family', ['constrained']],
] as const)
  test(`${id} opens from a bare link, and its caption says what the table of descents says`, async ({
    page,
  }) => {
    await page.goto(coarse(id));
    await mapFinished(page);
    await descentsFinished(page);
    const text = await finding(page);
    await expectRuns(page, text, modes);
    await expect(page.getByText(presetOf(id).question)).toBeVisible();
  });

test('Fig. S3 opens with all six parameters, and its caption says the similarities of the table', async ({
  page,
}) => {
  await page.goto(coarse('figS3'));
  await mapFinished(page);
  await descentsFinished(page);
  const text = await finding(page);
  const table = await outcome(page);
  for (const mode of ['unconstrained', 'constrained']) {
    const loss = Number(table[mode]?.[3]);
    expect(text).toContain((-loss).toFixed(2));
  }
  await expect(page.getByText('This start lies off the map')).toBeVisible();
});

test('the wall is a page of its own with a link for every slice', async ({ page }) => {
  await page.goto('/#v=1&p=gallery&gv=figS2&engine=worker');
  await expect(page.getByRole('link', { name: /Open in the explorer\.$/ })).toHaveCount(15, {
    timeout: 120_000,
  });
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Gallery' })).toBeVisible();
});

/** A picture is there and has been decoded. */
const stored = (page: Page, id: string): Promise<string[]> =>
  page
    .locator(`[data-preset="${id}"] img:visible`)
    .evaluateAll(images =>
      (images as HTMLImageElement[]).filter(image => image.naturalWidth > 300).map(image => image.src),
    );

test('a card shows its stored picture until the live one, which looks the same, is computed', async ({
  page,
}) => {
  await page.goto('/#v=1&p=gallery&engine=worker');
  // Nothing is computed: the second card in the queue shows its picture already.
  await expect.poll(() => stored(page, 'fig3b')).toEqual([expect.stringMatching(/fig3b-light\.webp$/)]);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('button', { name: 'Use the dark theme' }).click();
  await expect.poll(() => stored(page, 'fig3b')).toEqual([expect.stringMatching(/fig3b-dark\.webp$/)]);
  await page.getByRole('button', { name: 'Use the light theme' }).click();
  const card = page.locator('[data-preset="fig3b"]');
  const picture = card.locator('[data-part="picture"]');
  await page.mouse.move(0, 0);
  const before = await picture.screenshot();
  await card.getByRole('button', { name: 'Compute' }).click();
  await cardDone(page, 'fig3b');
  await page.mouse.move(0, 0);
  await expect(card.locator('img')).toHaveCount(0);
  expect(await meanDifference(page, before, await picture.screenshot())).toBeLessThan(8);
});

test('a presented picture fills the window, and keys and presenter remotes go through all of them', async ({
  page,
}) => {
  await page.goto('/#v=1&p=gallery&gf=descents&engine=worker');
  await page.getByRole('button', { name: 'Present' }).click();
  const heading = page.getByRole('heading', { level: 2 });
  const all = Object.values(groupsOf('descents')).flat();
  await expect(heading).toHaveText(presetOf('fig3a').question);
  await expect(page.getByRole('navigation', { name: 'Pages' })).toHaveCount(0);
  expect(await heading.evaluate(node => Number.parseFloat(getComputedStyle(node).fontSize))).toBeGreaterThan(
    40,
  );
  await expect(page.getByRole('status')).toContainText('reaches the truth', { timeout: 120_000 });
  expect(await findings(page)).toEqual([]);
  for (const key of ['PageDown', 'ArrowRight', ' ']) await page.keyboard.press(key);
  await expect(heading).toHaveText(all[3]!.question);
  await expect.poll(() => page.url()).toContain(`pr=${all[3]!.id}`);
  await page.keyboard.press('PageUp');
  await expect(heading).toHaveText(all[2]!.question);
  await page.keyboard.press('End');
  await page.keyboard.press('PageDown');
  await expect(page.getByText(`${all.length} of ${all.length}`)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(heading.first()).toHaveText('Gallery');
});

test('axe finds nothing serious in the gallery', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await page.goto('/#v=1&p=gallery&gf=landscapes&engine=worker');
  await cardDone(page, 'fig2');
  expect(await findingsInBoth(page)).toEqual([]);
  await context.close();
});
