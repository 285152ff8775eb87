import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, type Page, test } from '@playwright/test';
import { findings } from './axe.ts';
import { COPPER, clickMap, descentsFinished, drop, mapFinished, open } from './explorer.ts';

const LINK = 'v=1&n=31&it=300&engine=worker';

const QUARTZ = `data_quartz
_cell_length_a 4.9133(2)
_cell_length_b 4.9133(2)
_cell_length_c 5.4053(4)
_cell_angle_alpha 90
_cell_angle_beta 90
_cell_angle_gamma 120
_symmetry_space_group_name_H-M 'P 32 2 1'
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
Si1 Si 0.4697 0.0000 0.66667
O1 O 0.4135 0.2669 0.7858
`;

/** A scan of SrTiO3 as a diffractometer would give it: its peaks 0.05° too high, on a sloping background. */
function scan(): string {
  const peaks = [
    [22.754, 4],
    [32.397, 100],
    [39.957, 21],
    [46.472, 41],
    [57.787, 38],
    [67.826, 23],
    [77.187, 16],
    [86.4, 8],
  ] as const;
  const rows = Array.from({ length: 3500 }, (_, i) => {
    const x = 20 + 0.02 * i;
    const net = peaks.reduce(
      (sum, [at, height]) => sum + height / (1 + (4 * (x - at - 0.05) ** 2) / 0.12),
      0,
    );
    return `${x.toFixed(2)} ${(20 * net + 300 - 2 * x).toFixed(1)}`;
  });
  return `# a scan of SrTiO3\n${rows.join('\n')}\n`;
}

async function pick(page: Page, files: readonly { name: string; content: string | Buffer }[]): Promise<void> {
  await page.getByRole('button', { name: 'Files' }).click();
  await page
    .getByLabel('Choose files')
    .setInputFiles(
      files.map(({ name, content }) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(content) })),
    );
}
const dialog = (page: Page) => page.getByRole('dialog');

/** Saves through the Files dialog. */
async function saved(page: Page, item: string): Promise<string> {
  await page.getByRole('button', { name: 'Files' }).click();
  const download = page.waitForEvent('download');
  await dialog(page).getByRole('button', { name: item, exact: true }).click();
  const text = readFileSync(await (await download).path(), 'utf8');
  await dialog(page).getByRole('button', { name: 'Close' }).click();
  return text;
}

const shownCrystal = (page: Page) => page.getByRole('button', { name: /^Crystal: / });
const cell = (page: Page) => page.getByTestId('true-cell');

test('a dropped CIF with two crystals: chooser, assumptions, symmetry, another cell, and the link that carries it', async ({
  page,
  browser,
}) => {
  await open(page, LINK);
  await drop(page, 'two.cif', QUARTZ + COPPER);
  await expect(dialog(page)).toContainText('2 crystals');
  await expect(dialog(page).getByTestId('space-group')).toContainText('No. 154, hexagonal');
  await expect(dialog(page)).toContainText('symmetry operators');
  expect(await findings(page)).toEqual([]);
  await dialog(page).getByLabel('Crystal of the file').selectOption('1');
  await expect(dialog(page).getByTestId('space-group')).toContainText('No. 225, cubic, 192 operations');
  await dialog(page).getByRole('radio', { name: 'A primitive cell' }).check();
  await expect(dialog(page)).toContainText('1 atom, about');
  await dialog(page).getByRole('radio', { name: 'The conventional cell of the space group' }).check();
  await expect(dialog(page)).toContainText('4 atoms, about');
  await dialog(page).getByRole('button', { name: 'Explore', exact: true }).click();
  await expect(shownCrystal(page)).toContainText('Cu');
  await mapFinished(page);
  await page.getByRole('button', { name: 'Share this picture' }).click();
  const field = page.getByRole('textbox', { name: 'Link' });
  await expect(field).toHaveValue(/own=own-/);
  const link = await field.inputValue();
  expect(link.length).toBeLessThan(600);

  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const fresh = await context.newPage();
  await fresh.goto(link);
  await mapFinished(fresh);
  await expect(shownCrystal(fresh)).toContainText('Cu');
  await expect(cell(fresh)).toContainText('3.615');
  await context.close();
});

test('pasted text and packed files are read; what cannot be read is refused, and the work on screen stays', async ({
  page,
}) => {
  await open(page, LINK);
  await page.evaluate(text => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
  }, QUARTZ);
  await expect(dialog(page)).toContainText('9 atoms in the cell');
  await page.keyboard.press('Escape');
  await pick(page, [{ name: 'quartz.cif.gz', content: gzipSync(QUARTZ) }]);
  await expect(dialog(page)).toContainText('unpacked from gzip');
  await dialog(page).getByRole('button', { name: 'Cancel' }).click();
  await pick(page, [{ name: 'bad.cif', content: QUARTZ.replace('4.9133(2)', 'four') }]);
  await expect(dialog(page)).toContainText('bad.cif, line 2: _cell_length_a');
  await expect(dialog(page)).toContainText('What is on screen stays as it is');
  await dialog(page).getByRole('button', { name: 'Close' }).last().click();
  await pick(page, [{ name: 'noise.bin', content: Buffer.from([0, 255, 3, 7]) }]);
  await expect(dialog(page).getByRole('alert').first()).toContainText('noise.bin');
  await page.keyboard.press('Escape');
  await expect(shownCrystal(page)).toContainText('U');
  await mapFinished(page);
});

test('a crystal saved as CIF, POSCAR and pymatgen JSON opens again with the same cell', async ({ page }) => {
  await open(page, `${LINK}&s=MoS2`);
  const text = await cell(page).textContent();
  for (const [item, name] of [
    ['CIF', 'again.cif'],
    ['POSCAR', 'POSCAR'],
    ['pymatgen JSON', 'again.json'],
  ] as const) {
    const content = await saved(page, item);
    await pick(page, [{ name, content }]);
    await expect(dialog(page).getByTestId('space-group')).toContainText('No. 194, hexagonal');
    await dialog(page).getByRole('button', { name: 'Explore', exact: true }).click();
    await expect(dialog(page)).toHaveCount(0);
    await mapFinished(page);
    expect(await cell(page).textContent()).toBe(text);
  }
  const script = await saved(page, 'Script for pymatgen (Python)');
  expect(script).toContain('from pymatgen.core import');
  expect(script).toContain('1.5406');
});

test('a measured pattern: the wavelength is asked, it becomes the target, its zero shift is found, a region is left out', async ({
  page,
}) => {
  await open(page, `${LINK}&s=SrTiO3`);
  await pick(page, [{ name: 'scan.xy', content: scan() }]);
  await expect(dialog(page)).toContainText('3 500 points from 20.000° to 89.980°'.replace(' ', '\u202f'));
  await expect(dialog(page).getByRole('button', { name: 'Use as target' })).toBeDisabled();
  await dialog(page).getByLabel('Wavelength of the pattern').selectOption('CuKa1');
  await dialog(page).getByRole('button', { name: 'Use as target' }).click();
  const section = page.getByRole('region', { name: 'Measured target' });
  await expect(section).toContainText('fitted, ');
  await mapFinished(page);
  await section.getByRole('button', { name: 'Fit' }).click();
  await expect(async () => {
    const shift = Number(await section.getByRole('textbox', { name: 'Zero shift, °' }).inputValue());
    expect(Math.abs(shift - 0.05)).toBeLessThan(0.005);
  }).toPass();
  await mapFinished(page);
  await expect(page.getByTestId('current-loss')).toContainText('0.9');
  await section.getByRole('button', { name: 'Leave out', exact: true }).click();
  await expect(page).toHaveURL(/excl=30~31/);
  await section.getByLabel('Background').selectOption('chebyshev');
  await mapFinished(page);
  await clickMap(page, 0.45, 0.45);
  await descentsFinished(page);
  expect(await findings(page)).toEqual([]);

  await page.reload();
  await expect(section).toContainText('fitted, ');
  await section.getByRole('button', { name: 'Use the simulated pattern' }).click();
  await expect(section).toHaveCount(0);
  await mapFinished(page);
});

test('a project brings crystal and pattern to a device that has neither', async ({ page, browser }) => {
  await open(page, `${LINK}&s=SrTiO3`);
  await pick(page, [{ name: 'scan.xy', content: scan() }]);
  await dialog(page).getByLabel('Wavelength of the pattern').selectOption('CuKa1');
  await dialog(page).getByRole('button', { name: 'Add to Compare' }).click();
  await expect(page.getByRole('checkbox', { name: /^Show 4, a scan of SrTiO3/ })).toBeVisible();
  await pick(page, [{ name: 'copper.cif', content: COPPER }]);
  await dialog(page).getByRole('button', { name: 'Add to Compare' }).click();
  await expect(page.getByRole('checkbox', { name: /^Show 5, Cu/ })).toBeVisible();
  const project = await saved(page, 'Project (JSON)');

  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const fresh = await context.newPage();
  await fresh.goto(page.url());
  await expect(fresh.getByRole('region', { name: 'In the picture' })).toContainText(
    'was kept on another device',
  );
  await pick(fresh, [{ name: 'braggscape-project.json', content: project }]);
  await expect(dialog(fresh)).toContainText('1 own crystal and 1 measured pattern');
  await dialog(fresh).getByRole('button', { name: 'Open the project' }).click();
  await expect(fresh.getByRole('region', { name: 'In the picture' })).not.toContainText('another device');
  await expect(fresh.getByRole('region', { name: 'Similarities' })).not.toContainText('…');
  await pick(fresh, [{ name: 'broken.json', content: project.replace('"version":1', '"version":7') }]);
  await expect(dialog(fresh)).toContainText('the project has version 7');
  await context.close();
});

test('descents and reflections are saved as tables, pictures as SVG', async ({ page }) => {
  await open(page, LINK);
  await clickMap(page, 0.4, 0.4);
  await descentsFinished(page);
  const rows = (await saved(page, 'Descents, every step (CSV)')).trim().split('\n');
  expect(rows[0]).toContain('start,setting,step,a_angstrom');
  expect(new Set(rows.slice(1).map(row => row.split(',')[1])).size).toBe(4);
  const reflections = await saved(page, 'Reflections, target and current (CSV)');
  // U2Ti 100 at d = 4.828 cos 30° Å
  expect(reflections).toMatch(/^target,1,0,0,21\.2\d+,4\.181/m);
  for (const [menu, item] of [
    ['Save the map', 'Picture (SVG)'],
    ['Save a picture', 'SVG, light'],
    ['Download', 'Picture (SVG)'],
  ] as const) {
    await page.getByRole('button', { name: menu, exact: true }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: item, exact: true }).click();
    const svg = readFileSync(await (await download).path(), 'utf8');
    await page.keyboard.press('Escape');
    const size = await page.evaluate(async text => {
      const image = new Image();
      image.src = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
      await image.decode();
      return [image.naturalWidth, image.naturalHeight];
    }, svg);
    expect(Math.min(...size)).toBeGreaterThan(150);
    expect(svg).toContain('U2Ti');
  }
});

test('recent work comes back; where storage is full the page says so and goes on', async ({ page }) => {
  await open(page, `${LINK}&s=Au2S`);
  await page.waitForTimeout(8000);
  await page.goto(`/#${LINK}&s=SrTiO3`);
  await page.reload();
  await mapFinished(page);
  await page.getByRole('button', { name: 'Files' }).click();
  await dialog(page)
    .getByRole('button', { name: /^Restore Au2S over a and c/ })
    .click();
  await expect(shownCrystal(page)).toContainText('Au');
  await mapFinished(page);
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await pick(page, [{ name: 'scan.xy', content: scan() }]);
  await dialog(page).getByLabel('Wavelength of the pattern').selectOption('CuKa1');
  await dialog(page).getByRole('button', { name: 'Add to Compare' }).click();
  await expect(page.locator('[data-tone=warning]')).toContainText(
    'the storage that the browser allows is full',
  );
  await expect(page.getByRole('checkbox', { name: /a scan of SrTiO3/ })).toBeVisible();
});
