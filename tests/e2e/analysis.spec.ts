import { expect, type Page, test } from '@playwright/test';
import { findings } from './axe.ts';
import { clickMap, map, mapFinished, open } from './explorer.ts';

/** Small maps: what is tested does not depend on how fine they are. */
const SMALL = 'v=1&n=31&engine=worker';

const panel = (page: Page) => page.getByTestId('analysis');

test.describe('the analysis tools', () => {
  test('unfold in the rail and measure the slice, with the curvature at the truth', async ({ page }) => {
    await open(page, SMALL);
    await expect(panel(page)).toHaveCount(0);
    await page.getByRole('button', { name: 'Open the analysis tools' }).click();
    const rows = page.getByTestId('roughness').getByRole('row');
    await expect(rows.nth(1)).toContainText('Cosine');
    await expect(rows.nth(1)).toContainText('%');
    await expect(page.getByTestId('stable-rate')).toContainText('0.0026');
    // the rate of the paper's upper end is above it
    await page
      .getByRole('spinbutton', { name: 'Learning rate' })
      .or(page.getByLabel('Learning rate'))
      .first()
      .fill('0.005');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('stable-rate')).toContainText('bounce');
  });

  test('show the quartic valley across the symmetry axis of a slice over a and b', async ({ page }) => {
    await open(page, `${SMALL}&x=a&y=b&ruler=1`);
    await expect(page.getByTestId('quartic')).toContainText('fourth power');
    await expect(page.getByTestId('ruler').locator('[data-part=line]')).toHaveAttribute('d', /M.*L/);
  });

  test('draw a profile along the symmetry axis by one click, along any line by dragging, and by numbers', async ({
    page,
  }) => {
    await open(page, SMALL);
    await page.getByRole('button', { name: 'Open the analysis tools' }).click();
    await panel(page).getByRole('button', { name: 'a = b' }).click();
    await expect(page.getByTestId('profile')).toBeVisible();
    const path = page.getByTestId('profile').locator('[data-line=loss]');
    const along = await path.getAttribute('d');
    await panel(page).getByRole('button', { name: 'Draw' }).click();
    const box = await page.getByTestId('map-area').boundingBox();
    if (!box) throw new Error('the map is not on screen');
    await page.mouse.move(box.x + 0.2 * box.width, box.y + 0.3 * box.height);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.8 * box.width, box.y + 0.6 * box.height, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => path.getAttribute('d')).not.toBe(along);
    await expect(page).toHaveURL(/line=/);
    const drawn = await path.getAttribute('d');
    await panel(page).getByLabel('From a').fill('4.5');
    await page.keyboard.press('Enter');
    await expect.poll(() => path.getAttribute('d')).not.toBe(drawn);
    await panel(page).getByRole('button', { name: 'Remove' }).click();
    await expect(page.getByTestId('profile')).toHaveCount(0);
  });

  test('put all losses side by side under one cursor, each with its minima', async ({ page }) => {
    await open(page, `${SMALL}&mv=wall`);
    const wall = page.getByTestId('wall');
    await expect(wall.getByRole('article')).toHaveCount(6);
    await expect(wall.locator('[data-part=figures] b')).toHaveCount(6, { timeout: 60_000 });
    await expect(wall.getByText('not in the paper')).toHaveCount(3);
    await wall
      .getByRole('article', { name: 'Wasserstein loss' })
      .getByTestId('wall-map')
      .click({ position: { x: 40, y: 40 } });
    await expect(page).toHaveURL(/focus=probe/);
    const places = await wall
      .getByTestId('wall-cursor')
      .evaluateAll(rings => rings.map(ring => ring.getAttribute('style')));
    expect(places).toHaveLength(6);
    expect(new Set(places).size).toBe(1);
    // α has a slider on the wall: wide, GPWDF is one bowl, and the maps beside it stay
    const gpwdf = wall.getByRole('article', { name: 'GPWDF loss' });
    const pits = gpwdf.locator('[data-part=figures] b');
    const rough = Number(await pits.textContent());
    await gpwdf.getByRole('slider', { name: 'Width α of GPWDF' }).fill('0.5');
    await expect(page).toHaveURL(/la=3\.2/);
    await expect(pits).toHaveText('1');
    expect(rough).toBeGreaterThan(1);
    await expect(wall.locator('[data-part=figures] b')).toHaveCount(6);
    await wall.getByRole('button', { name: 'Open Wasserstein' }).click();
    await mapFinished(page);
    await expect(page).toHaveURL(/loss=wasserstein/);
    await expect(page.getByRole('button', { name: /CPU/ })).toBeVisible();
  });

  test('colour every start by what it reaches, with the share of the truth, and can be stopped', async ({
    page,
  }) => {
    await open(page, `${SMALL}&catch=constrained&cn=7&cs=300`);
    await expect(page.getByTestId('catchment-share')).toContainText('n = 49', { timeout: 60_000 });
    await expect(page.getByTestId('catchment-legend').getByRole('row').first()).toBeVisible();
    await expect(page.getByTestId('analysis-overlay').locator('g[data-mark]').first()).toBeAttached();
    // long enough to be stopped on any machine
    await open(page, `${SMALL}&catch=unconstrained&cn=61&cs=30000`);
    await panel(page).getByRole('button', { name: 'Cancel' }).click();
    await expect(panel(page).getByText('Stopped; what was computed stays.')).toBeVisible();
  });

  test('descend on WebGL where it was chosen, and say so with both times', async ({ page }) => {
    await open(page, 'v=1&n=31&engine=webgl&cn=16&cs=10');
    await page.getByRole('button', { name: /^Engine: WebGL\./ }).click();
    await expect(page.getByTestId('engine-walkers')).toContainText(/on WebGL, .*ms on \d+ CPU worker/);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Open the analysis tools' }).click();
    await panel(page)
      .getByRole('radio', { name: 'Constrained descents', exact: true })
      .check({ force: true });
    await expect(page.getByTestId('catchment-share')).toContainText('n = 256');
    await expect(page.getByTestId('catchment-how')).toContainText(
      /^WebGL, float32: you chose it; a step of 256 descents takes .*ms on WebGL, .*ms on \d+ CPU worker/,
    );
    // the other engine at once, in float64
    await page.getByRole('button', { name: /^Engine: WebGL\./ }).click();
    await page.getByRole('radio', { name: 'CPU', exact: true }).check({ force: true });
    await expect(page.getByTestId('catchment-how')).toContainText('float64: you chose the CPU');
    await expect(page.getByTestId('catchment-share')).toContainText('n = 256');
  });

  test('render the landscape anew while the peak width moves, by keyboard, as one step of undo', async ({
    page,
  }) => {
    await open(page, SMALL);
    await page.getByRole('button', { name: 'Open the analysis tools' }).click();
    const slider = panel(page).getByRole('slider', { name: 'Peak-width factor' });
    await slider.focus();
    await page.keyboard.press('End');
    await expect(page.getByTestId('blur')).toContainText('× 10.0');
    await mapFinished(page);
    await expect(page.getByTestId('roughness').getByRole('row').nth(1)).toContainText('Cosine');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByTestId('blur')).toContainText('× 1.0');
  });

  test('descend beyond the paper beside the plain descent, and count successes', async ({ page }) => {
    await open(page, `${SMALL}&help=momentum,annealed&it=200&gain=1`);
    await clickMap(page, 0.8, 0.3);
    const runs = page.getByTestId('strategy-runs').locator('tbody tr');
    await expect(runs).toHaveCount(2);
    for (const run of await runs.all())
      await expect(run).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
    await expect(page.locator('[data-strategy]')).toHaveCount(2);
    await expect(page.locator('[data-strategy=momentum] text')).toHaveText('M');
    const places = await page
      .locator('[data-strategy] circle')
      .evaluateAll(marks =>
        marks.map(mark => [mark.getAttribute('cx'), mark.getAttribute('cy')].map(Number)),
      );
    expect(Math.hypot(places[0]![0]! - places[1]![0]!, places[0]![1]! - places[1]![1]!)).toBeGreaterThan(14);
    await panel(page).getByRole('checkbox', { name: 'Annealed width' }).uncheck();
    await expect(page.locator('[data-strategy]')).toHaveCount(1);
    await panel(page).getByRole('button', { name: 'Count successes' }).click();
    const rows = page.getByTestId('successes').locator('tbody tr');
    await expect(rows).toHaveCount(2, { timeout: 90_000 });
    for (const row of await rows.all()) await expect(row).toContainText('n = 100');
  });

  test('show the map as a surface that the keyboard turns', async ({ page }) => {
    await open(page, `${SMALL}&mv=surface&at=5.1~2.9`);
    const stage = page.getByRole('application', { name: /^Surface of the loss/ });
    await expect(stage).toBeVisible();
    await page.waitForTimeout(1500);
    const before = await stage.screenshot();
    await stage.focus();
    for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(800);
    expect((await stage.screenshot()).equals(before)).toBe(false);
    await page.goto(`/#${SMALL}`);
    await expect(map(page)).toBeVisible();
  });
});

for (const [name, width, height, colorScheme] of [
  ['workbench', 1440, 900, 'light'],
  ['small screen', 1024, 768, 'dark'],
] as const)
  test(`nothing is wrong for those who see or point otherwise with the tools open: ${name}`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    await open(
      page,
      `${SMALL}&ruler=1&catch=unconstrained&cn=5&cs=100&line=4.4~2.9~5.2~2.9&help=annealed,soft`,
    );
    if (width < 1200) await page.getByRole('tab', { name: 'Controls' }).click();
    await expect(page.getByTestId('profile')).toBeVisible();
    await expect(page.getByTestId('curvature')).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await panel(page).getByRole('radio', { name: 'The same slice under all losses' }).check();
    await expect(page.getByTestId('wall').locator('[data-part=figures] b')).toHaveCount(6, {
      timeout: 60_000,
    });
    expect(await findings(page)).toEqual([]);
  });
