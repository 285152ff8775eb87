import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { findings } from './axe.ts';

/** Opens the page and waits until every loss is there. */
async function openCompare(page: Page, link = ''): Promise<void> {
  await page.goto(`/#v=1&p=compare${link}`);
  await ready(page);
}
const ready = (page: Page): Promise<void> =>
  expect(page.getByRole('region', { name: 'Similarities' })).not.toContainText('…');

const plot = (page: Page) => page.getByRole('application', { name: 'Plot of the compared patterns' });

async function saved(page: Page, item: string): Promise<string> {
  await page.getByRole('button', { name: 'Save the comparison' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: item }).click();
  return readFileSync(await (await download).path(), 'latin1');
}

test('the three cubic lattices: losses, a pair opened from the table, peaks that match, and the link', async ({
  page,
  browser,
}) => {
  await openCompare(page);
  await expect(page.getByText('at the same angles in all three')).toBeVisible();
  const peaks = page.getByRole('region', { name: 'Peaks', exact: true });
  // Of 12 forms of P below 90° with a = 4 Å, 6 have h + k + l even and 5 have indices all even or all odd.
  await expect(peaks).toContainText('6 of 12');
  await expect(peaks).toContainText('5 of 12');

  await page.getByRole('button', { name: /^Cosine of Body-centred cubic, Cu and Face-centred/ }).click();
  await expect(page.getByRole('radio', { name: /^Mirror/ })).toBeChecked();
  await expect(
    page.getByRole('img', { name: /^Powder patterns of Body-centred cubic; Face-centred/ }),
  ).toBeVisible();

  await peaks.getByRole('button', { name: /^Zoom to 200 at/ }).click();
  await expect(page).toHaveURL(/czoom=43\.8/);
  const fresh = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await fresh.goto(page.url());
  await ready(fresh);
  await expect(fresh.getByRole('radio', { name: /^Mirror/ })).toBeChecked();
  expect(await fresh.getByRole('region', { name: 'Similarities' }).textContent()).toBe(
    await page.getByRole('region', { name: 'Similarities' }).textContent(),
  );
  await fresh.context().close();
});

test('a crystal is added, strained, hidden and taken away, and undo brings it back', async ({ page }) => {
  await openCompare(page, '&cmp=NaCl');
  await expect(page.getByText('Two patterns are needed')).toBeVisible();
  await page.getByLabel('Crystal to add').selectOption('KCl');
  await page.getByRole('button', { name: 'Add' }).click();
  await ready(page);
  await page.getByRole('button', { name: 'Settings of Sylvite, KCl' }).click();
  const strain = page.getByRole('textbox', { name: 'Strain, %' });
  await strain.fill('1');
  await strain.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'In the picture' })).toContainText('a, b, c +\u202f1\u202f%');
  await ready(page);
  await page.getByRole('checkbox', { name: /^Show 2/ }).uncheck();
  await expect(page.getByRole('img', { name: /^Powder patterns of Halite, with/ })).toBeVisible();
  await page.getByRole('button', { name: /^Remove 2/ }).click();
  await expect(page.getByRole('checkbox', { name: /^Show \d/ })).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('checkbox', { name: /^Show \d/ })).toHaveCount(2);
});

test('the keyboard walks from peak to peak and zooms; what is there is read out', async ({ page }) => {
  await openCompare(page, '&cmp=rutile,anatase~~~~~~1');
  await plot(page).focus();
  await page.keyboard.press('.');
  const spoken = page.getByTestId('spoken-peaks');
  await expect(spoken).toContainText('Rutile: 1 1 0 at 27.49°');
  await expect(spoken).toContainText('Anatase: 1 0 1 at 25.3');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/czoom=25\.99/);
  await page.keyboard.press('Home');
  await expect(page).not.toHaveURL(/czoom/);
});

test('the comparison is saved as picture and as tables', async ({ page }) => {
  await openCompare(page, '&cmp=NaCl,KCl~~~~~~1');
  const [head = '', ...rows] = (await saved(page, 'Patterns (CSV)')).trim().split('\n');
  expect(head).toBe('two_theta_deg,Halite,Sylvite,Halite minus Sylvite');
  expect(rows).toHaveLength(9000);
  expect(Math.max(...rows.map(row => Number(row.split(',')[1])))).toBeCloseTo(100, 6);
  const reflections = (await saved(page, 'Reflections (CSV)')).trim().split('\n');
  // NaCl 200 at d = 5.6402 / 2 Å
  expect(reflections.some(row => /^Halite,2,0,0,31\.7\d+,2\.820100,/.test(row))).toBe(true);
  expect((await saved(page, 'Picture (PNG)')).slice(1, 4)).toBe('PNG');
  const svg = Buffer.from(await saved(page, 'Picture (SVG)'), 'latin1').toString('utf8');
  for (const text of ['1 Halite; 2 Sylvite', 'Intensity / % of the highest point', '111', '2θ'])
    expect(svg).toContain(text);
  const size = await page.evaluate(async text => {
    const image = new Image();
    image.src = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  }, svg);
  expect(Math.min(...size)).toBeGreaterThan(300);
});

for (const [name, width, height, colorScheme] of [
  ['workbench, light', 1440, 900, 'light'],
  ['phone, dark', 390, 844, 'dark'],
] as const)
  test(`axe finds nothing serious in the comparison: ${name}`, async ({ browser }) => {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme });
    const page = await context.newPage();
    await openCompare(page);
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Settings of Primitive cubic, Cu' }).click();
    expect(await findings(page)).toEqual([]);
    await context.close();
  });
