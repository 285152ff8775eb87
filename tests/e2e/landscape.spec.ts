import { expect, test } from '@playwright/test';
import { chooseAxis, chooseCrystal, currentLoss, map, mapFinished, open, savedMap } from './explorer.ts';

/** Grid points lower than all eight neighbours, by value. */
function localMinima(rows: readonly [number, number, number][]): [number, number, number][] {
  const nx = new Set(rows.map(([x]) => x)).size;
  const ny = rows.length / nx;
  const at = (ix: number, iy: number): number => rows[iy * nx + ix]![2];
  const found: [number, number, number][] = [];
  for (let iy = 1; iy < ny - 1; iy++)
    for (let ix = 1; ix < nx - 1; ix++) {
      const here = at(ix, iy);
      const lower = [-1, 0, 1].every(dy =>
        [-1, 0, 1].every(dx => (dx === 0 && dy === 0) || at(ix + dx, iy + dy) > here),
      );
      if (lower) found.push(rows[iy * nx + ix]!);
    }
  return found.sort((p, q) => p[2] - q[2]);
}

test('the page opens with the map of U2Ti over a and c: −1 at the true cell, further minima elsewhere', async ({
  page,
}) => {
  await open(page);
  const { header, rows } = await savedMap(page);
  expect(header).toBe('a/angstrom,c/angstrom,cosine loss');
  const minima = localMinima(rows);
  const [best] = minima;
  expect(best?.[2]).toBeLessThan(-0.999);
  expect(Math.abs(best![0] - 4.828)).toBeLessThan(0.006);
  expect(Math.abs(best![1] - 2.847)).toBeLessThan(0.004);
  const others = minima.slice(1).filter(([, , loss]) => loss < -0.6);
  expect(others.length).toBeGreaterThanOrEqual(3);
  expect(await currentLoss(page)).toBeCloseTo(-1, 3);
  // The table lists what the grid shows.
  const listed = page.getByTestId('minima').locator('tbody tr');
  expect(await listed.count()).toBeGreaterThanOrEqual(3);
  await listed.first().getByRole('button').click();
  const loss = Number((await listed.first().locator('td').nth(2).textContent())?.replace('\u2212', '-'));
  await expect.poll(() => currentLoss(page)).toBeCloseTo(loss, 2);
});

test('Au2S over a and b is symmetric about a = b', async ({ page }) => {
  await open(page, 'v=1&n=61');
  await chooseCrystal(page, 'Au2S');
  await chooseAxis(page, 'Vertical', 'b');
  await mapFinished(page);
  await expect(map(page)).toHaveAccessibleName(/Loss over a and b/);
  const { header, rows } = await savedMap(page);
  expect(header).toBe('a/angstrom,b/angstrom,cosine loss');
  const n = Math.round(Math.sqrt(rows.length));
  let worst = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) worst = Math.max(worst, Math.abs(rows[i * n + j]![2] - rows[j * n + i]![2]));
  expect(worst).toBeLessThan(2e-6);
  expect(Math.min(...rows.map(row => row[2]))).toBeLessThan(-0.999);
});

test('Na3MnCoNiO6 over a and γ has its minimum at the truth and γ = 90° as a line of symmetry', async ({
  page,
}) => {
  await open(page, 'v=1&n=61');
  await chooseCrystal(page, 'Na3MnCoNiO6');
  await chooseAxis(page, 'Vertical', 'gamma');
  await mapFinished(page);
  await expect(page.locator('[data-part=map-overlay]')).toContainText('γ = 90°');
  const { header, rows } = await savedMap(page);
  expect(header).toBe('a/angstrom,gamma/degree,cosine loss');
  const [best] = localMinima(rows);
  expect(best?.[2]).toBeLessThan(-0.999);
  expect(best?.[1]).toBeCloseTo(90, 6);
});

test('every loss and another instrument give a map; a refused value keeps what is on screen', async ({
  page,
}) => {
  await open(page, 'v=1&n=31');
  for (const [name, best] of [
    ['MSE', 0],
    ['Entropy', -1],
  ] as const) {
    await page.getByRole('radio', { name, exact: true }).check({ force: true });
    await mapFinished(page);
    await expect.poll(() => currentLoss(page)).toBeCloseTo(best, 3);
    const { rows } = await savedMap(page);
    const low = Math.min(...rows.map(row => row[2]));
    expect(Math.abs(low - best)).toBeLessThan(0.05);
  }
  await page.getByLabel('Radiation').selectOption('MoKa1');
  await mapFinished(page);
  await expect(page.getByLabel('Wavelength, Å')).toHaveValue('0.7093');
  await page.getByLabel('Wavelength, Å').fill('77');
  await page.keyboard.press('Enter');
  await expect(page.getByText('wavelength 77 Å is outside 0.1–10 Å')).toBeVisible();
  await expect(map(page).getByRole('img', { name: 'Map of the loss over a and c' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByLabel('Wavelength, Å')).toHaveValue('0.7093');
});

test('where angles close into no cell there are no numbers, and those that are told are short', async ({
  page,
}) => {
  await open(page, 'v=1&n=21&s=Ga2O3&x=alpha&y=gamma&xr=30~150&yr=30~150');
  await mapFinished(page);
  const box = (await map(page).boundingBox())!;
  await page.mouse.move(box.x + 0.85 * box.width, box.y + 0.2 * box.height);
  await expect(page.getByTestId('current')).toContainText('no such crystal');
  await expect(page.getByTestId('current-loss')).toHaveText('–');
  const told = page.getByText(/^No such crystal: angles/);
  await expect(told).toBeVisible();
  expect(await told.textContent()).not.toMatch(/\d\.\d{3}/);
  // The lowest minima have room, the truth among them; the rest is counted.
  const scale = (await page.locator('[data-part=minima-scale]').boundingBox())!;
  const marks = page.locator('[data-part=minima-scale] text');
  for (const mark of await marks.all()) {
    const place = (await mark.boundingBox())!;
    expect(place.y).toBeGreaterThanOrEqual(scale.y);
    expect(place.y + place.height).toBeLessThanOrEqual(scale.y + scale.height);
  }
});

test('a map can be cancelled and taken up again', async ({ page }) => {
  await page.goto('/#v=1&s=NdAl8Cu4&n=201&loss=entropy');
  await page.getByTestId('map-status').getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByTestId('map-status')).toHaveAttribute('data-status', 'cancelled');
  await expect(page.getByTestId('map-status')).toContainText('Stopped at');
  await page.getByTestId('map-status').getByRole('button', { name: 'Compute the rest' }).click();
  await expect(page.getByTestId('map-status')).toHaveAttribute('data-status', 'computing');
});

test('what changes the pattern alone leaves the map as it is drawn', async ({ page }) => {
  await open(page, 'v=1&n=41');
  const drawn = page.locator('[data-drawn-by]').first();
  await expect(drawn).toHaveAttribute('data-drawn-by', 'plotly', { timeout: 30_000 });
  await drawn.evaluate(element => {
    const seen = window as unknown as { redrawn: number };
    seen.redrawn = 0;
    new MutationObserver(changes => {
      seen.redrawn += changes.length;
    }).observe(element, { attributes: true, childList: true, subtree: true });
  });
  const plot = page.getByRole('application', { name: /^Powder pattern plot/ });
  await plot.focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('+');
  await expect.poll(() => page.url()).toContain('zoom=');
  await page.waitForTimeout(500);
  expect(await page.evaluate(() => (window as unknown as { redrawn: number }).redrawn)).toBe(0);
});
