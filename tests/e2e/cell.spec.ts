import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';

/** The unit cell of the explorer under pointers and fingers, and as a file; its pose is read from the letters of its axes. */

const pane = (page: Page) => page.getByRole('region', { name: 'Unit cell' });
const readout = (page: Page) => pane(page).getByRole('status').last();

type Box = { x: number; y: number; width: number; height: number };

async function open(page: Page): Promise<Box> {
  await page.goto('/#v=1&n=31');
  await expect(page.locator('[data-cell-picture] canvas')).toBeVisible();
  const box = await page.getByRole('img', { name: /^Unit cell of U2Ti/ }).boundingBox();
  if (!box) throw new Error('the cell is not on screen');
  return box;
}

/** Pixels of the letters a, b, c; hidden ones keep their last place. */
const letters = (page: Page): Promise<[number, number][]> =>
  page
    .locator('[data-axis]')
    .evaluateAll(all =>
      all.map(letter => (letter.style.transform.match(/-?[\d.]+(?=px)/g) ?? []).map(Number)),
    ) as Promise<[number, number][]>;

const moved = async (page: Page, before: [number, number][], dx: number, dy: number): Promise<void> => {
  const expected = before.map(([x, y]) => [Math.round(x + dx), Math.round(y + dy)]);
  await expect.poll(async () => (await letters(page)).map(place => place.map(Math.round))).toEqual(expected);
};

test('atoms are read out and measured; right and Shift drags move the cell, others turn it, and it comes back', async ({
  page,
}) => {
  const { x, y, width, height } = await open(page);
  const places: [number, number][] = [];
  for (let row = 0.15; row < 0.9 && places.length < 2; row += 0.06)
    for (let column = 0.15; column < 0.9 && places.length < 2; column += 0.05) {
      const at: [number, number] = [x + column * width, y + row * height];
      await page.mouse.move(...at);
      const found = !(await readout(page).textContent())?.startsWith('Drag to turn');
      if (found && places.every(([px]) => Math.abs(px - at[0]) > 60)) places.push(at);
    }
  expect(places).toHaveLength(2);
  await expect(readout(page)).toContainText(/^(U|Ti)\d/);
  for (const place of places) await page.mouse.click(...place);
  await expect(readout(page)).toContainText(/\d\.\d{3}\u202fÅtruth \d\.\d{3}\u202fÅ$/);
  await page.mouse.click(x + 3, y + 3);
  await page.mouse.move(x + 4, y + 3);
  await expect(readout(page)).toContainText('Drag to turn');

  const rest = await letters(page);
  const drag = async (button: 'left' | 'right', dx: number, dy: number): Promise<void> => {
    await page.mouse.move(x + 20, y + 20);
    await page.mouse.down({ button });
    await page.mouse.move(x + 20 + dx, y + 20 + dy, { steps: 4 });
    await page.mouse.up({ button });
  };
  await drag('right', 40, 25);
  await moved(page, rest, 40, 25);
  await page.keyboard.down('Shift');
  await drag('left', -10, -5);
  await page.keyboard.up('Shift');
  await moved(page, rest, 30, 20);
  const before = await letters(page);
  await drag('left', 60, 0);
  await expect.poll(() => letters(page)).not.toEqual(before);
  await pane(page).getByRole('button', { name: 'Reset the view' }).click();
  await moved(page, rest, 0, 0);
});

test('two fingers enlarge the cell about the place between them', async ({ browser }) => {
  const context = await browser.newContext({ hasTouch: true, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const { x, y, width, height } = await open(page);
  const session = await context.newCDPSession(page);
  const [middle, level] = [x + width / 2, y + height / 2];
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart?: number) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: apart ? [-apart, apart].map((by, id) => ({ x: middle + by, y: level, id })) : [],
    });
  const spread = async (): Promise<number> => {
    const [a, b] = await letters(page);
    return Math.hypot(a![0] - b![0], a![1] - b![1]);
  };
  const before = await spread();
  await touch('touchStart', 30);
  for (const apart of [36, 42, 48, 54, 60]) await touch('touchMove', apart);
  await touch('touchEnd');
  // Letters keep their distance from the edges, so the picture is a little more than they say.
  await expect.poll(async () => (await spread()) / before).toBeGreaterThan(1.5);
  expect((await spread()) / before).toBeLessThan(2.1);
  await context.close();
});

test('the cell is saved as PNG and as SVG in the colours of either theme', async ({ page }) => {
  const { width } = await open(page);
  const save = async (item: string): Promise<Buffer> => {
    await pane(page).getByRole('button', { name: 'Save a picture' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: item }).click();
    return readFileSync(await (await download).path());
  };
  for (const [theme, paper] of [
    ['light', /fill="#fff(fff)?"/],
    ['dark', /fill="#14181c"/],
  ] as const) {
    const svg = String(await save(`SVG, ${theme}`));
    expect(svg).toMatch(paper);
    expect(svg).toMatch(/<title>U2Ti: a 4\.828, b 4\.828, c 2\.847/);
    for (const word of ['U', 'Ti', 'current', 'a', 'b', 'c']) expect(svg).toContain(`>${word}</text>`);
    expect(svg).not.toMatch(/NaN|undefined/);
    const png = await save(`PNG, ${theme}`);
    // Width in the header of the file, two pixels to one of CSS.
    expect(png.readUInt32BE(16)).toBe(2 * Math.floor(width));
  }
});
