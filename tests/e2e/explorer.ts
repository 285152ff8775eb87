import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';

/** Parts and actions of the explorer page, named as they would name it. */

export const map = (page: Page): Locator => page.getByRole('application', { name: /^Loss over/ });

/** Opens the page with a link, for which no introduction plays, and waits for the finished map. */
export async function open(page: Page, link = 'v=1'): Promise<void> {
  await page.goto(`/#${link}`);
  await mapFinished(page);
}

export const mapFinished = (page: Page): Promise<void> =>
  expect(page.getByTestId('map-status')).toHaveAttribute('data-status', 'done', { timeout: 90_000 });

export async function chooseCrystal(page: Page, formula: string): Promise<void> {
  await page.getByRole('button', { name: /^Crystal: / }).click();
  await page.getByTestId('crystals').getByRole('button', { name: formula }).click();
}

/** Saves the map as CSV through the menu and reads it. */
export async function savedMap(page: Page): Promise<{ header: string; rows: [number, number, number][] }> {
  await page.getByRole('button', { name: 'Save the map' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Values (CSV)' }).click();
  const [header = '', ...lines] = readFileSync(await (await download).path(), 'utf8')
    .trim()
    .split('\n');
  await page.keyboard.press('Escape');
  return {
    header,
    rows: lines.map(line => {
      const [x, y, loss] = line.split(',');
      return [Number(x), Number(y), loss === '' ? Number.NaN : Number(loss)];
    }),
  };
}

/** Clicks the map at a share of its plot area, from the left and from the top. */
export async function clickMap(page: Page, fromLeft: number, fromTop: number, shift = false): Promise<void> {
  const box = await page.getByTestId('map-area').first().boundingBox();
  if (!box) throw new Error('the map is not on screen');
  if (shift) await page.keyboard.down('Shift');
  await page.mouse.click(box.x + fromLeft * box.width, box.y + fromTop * box.height);
  if (shift) await page.keyboard.up('Shift');
}

/** The outcome table as text, one row a descent. */
export async function outcome(page: Page): Promise<Record<string, string[]>> {
  const rows = page.getByTestId('descents').locator('tr[data-mode]');
  const found: Record<string, string[]> = {};
  for (const row of await rows.all())
    found[(await row.getAttribute('data-mode')) ?? ''] = (await row.locator('td').allTextContents()).map(
      text => text.replaceAll('\u2212', '-').replaceAll('\u202f', ''),
    );
  return found;
}

export const descentsFinished = (page: Page): Promise<void> =>
  expect(page.getByTestId('reasons')).not.toContainText('Still descending', { timeout: 90_000 });

/** The loss of the current crystal as a number. */
export async function currentLoss(page: Page): Promise<number> {
  const text = await page.getByTestId('current-loss').textContent();
  return Number((text ?? '').replace('\u2212', '-'));
}

/** Differences of two pictures, 0–255 a channel: the largest, and the mean; 256 where their sizes differ. */
const differences = (page: Page, one: Buffer, other: Buffer): Promise<{ largest: number; mean: number }> =>
  page.evaluate(
    async pictures => {
      const [p, q] = await Promise.all(
        pictures.map(async picture => {
          const image = new Image();
          image.src = `data:image/png;base64,${picture}`;
          await image.decode();
          const canvas = new OffscreenCanvas(image.width, image.height);
          const context = canvas.getContext('2d');
          context?.drawImage(image, 0, 0);
          return context?.getImageData(0, 0, image.width, image.height);
        }),
      );
      if (!p || !q || p.width !== q.width || p.height !== q.height) return { largest: 256, mean: 256 };
      const apart = p.data.map((value, i) => Math.abs(value - q.data[i]!));
      return {
        largest: apart.reduce((most, value) => Math.max(most, value), 0),
        mean: apart.reduce((sum, value) => sum + value, 0) / apart.length,
      };
    },
    [one.toString('base64'), other.toString('base64')],
  );

export const largestDifference = async (page: Page, one: Buffer, other: Buffer): Promise<number> =>
  (await differences(page, one, other)).largest;

export const meanDifference = async (page: Page, one: Buffer, other: Buffer): Promise<number> =>
  (await differences(page, one, other)).mean;

/** Drops a file on the page as the system's file manager does. */
export const drop = (page: Page, name: string, content: string): Promise<void> =>
  page.evaluate(
    ([file, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text!], file!));
      for (const type of ['dragover', 'drop'])
        document.body.dispatchEvent(
          new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }),
        );
    },
    [name, content],
  );

/** A CIF file of copper. */
export const COPPER = `data_copper
_cell_length_a 3.615
_cell_length_b 3.615
_cell_length_c 3.615
_cell_angle_alpha 90
_cell_angle_beta 90
_cell_angle_gamma 90
_symmetry_space_group_name_H-M 'F m -3 m'
loop_
_atom_site_label
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
Cu 0 0 0
`;

/** Chooses the parameter of an axis by its name in links. */
export async function chooseAxis(page: Page, axis: 'Horizontal' | 'Vertical', id: string): Promise<void> {
  await page.getByRole('button', { name: `${axis} axis` }).click();
  await page.locator(`[data-parameter="${id}"]:visible`).click();
}
