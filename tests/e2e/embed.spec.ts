import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import { findings } from './axe.ts';
import { open } from './explorer.ts';

/** A page of somebody else: another origin than the one that serves Braggscape. */
let server: Server;
let body = '';
test.beforeAll(async () => {
  server = createServer((_, response) =>
    response.setHeader('Content-Type', 'text/html; charset=utf-8').end(`<!doctype html>${body}`),
  );
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
});
test.afterAll(() => server.close());

async function host(page: Page, html: string): Promise<void> {
  body = html;
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

const frameOf = (address: string, attributes = ''): string =>
  `<iframe id="xrd" src="${address}" width="800" height="600" ${attributes}></iframe>`;

/** Lines of a page that keeps what the frame says, and asks. */
const SCRIPT = `<script>
  const heard = [];
  const frame = document.getElementById('xrd').contentWindow;
  addEventListener('message', ({ source, data }) => source === frame && heard.push(data));
  const ask = (message) => frame.postMessage(message, '*');
</script>`;

interface Heard {
  readonly braggscape: string;
  readonly id?: number;
  readonly link?: string;
  readonly refused?: readonly string[];
  readonly current?: { readonly loss: number; readonly cell: readonly number[] } | null;
  readonly ends?: readonly { readonly mode: string; readonly loss: number; readonly reached: boolean }[];
}
declare const heard: Heard[];
declare const ask: (message: object) => void;

/** Asks and waits for the answer, which carries the number of the question. */
async function answered(page: Page, message: object): Promise<Heard> {
  const id = Math.round(1e9 * Math.random());
  await page.evaluate(question => ask(question), { ...message, id });
  await expect.poll(() => page.evaluate(number => heard.some(entry => entry.id === number), id)).toBe(true);
  return page.evaluate(number => heard.find(entry => entry.id === number)!, id);
}

test.beforeEach(({ baseURL }) => expect(baseURL).toBeTruthy());

test('another page sets the state of its frame, asks for it, and hears of ends', async ({
  page,
  baseURL,
}) => {
  await host(page, frameOf(`${baseURL}/#v=1&n=11&engine=worker&embed=1&hide=controls`) + SCRIPT);
  await expect.poll(() => page.evaluate(() => heard.map(({ braggscape }) => braggscape))).toEqual(['ready']);
  const frame = page.frameLocator('#xrd');
  const set = await answered(page, { braggscape: 'set', link: 'v=1&s=Au2S&y=b&n=11&engine=worker&cont=0' });
  expect(set).toMatchObject({ braggscape: 'state', refused: [], link: expect.stringContaining('embed=1') });
  expect(set.link).toContain('hide=controls');
  await expect(frame.getByTestId('map-status')).toHaveAttribute('data-status', 'done');
  const now = await answered(page, { braggscape: 'get' });
  expect(now.current?.loss).toBeCloseTo(-1, 6);

  const change = await answered(page, { braggscape: 'change', link: 'at=4.569~4.728&lr=9&zoo=1' });
  expect(change.link).toContain('s=Au2S');
  expect(change.refused).toEqual([
    'The link\u2019s learning rate \u201c9\u201d is outside 0.000001 to 1.'.replace('\u2019', "'"),
    '\u201czoo\u201d in the link is not a setting of Braggscape.',
  ]);
  await expect(frame.getByText('is not a setting of Braggscape')).toBeVisible();
  await expect
    .poll(() => page.evaluate(() => heard.filter(({ braggscape }) => braggscape === 'ends').length), {
      timeout: 90_000,
    })
    .toBe(1);
  const [told] = await page.evaluate(() => heard.filter(({ braggscape }) => braggscape === 'ends'));
  expect(told!.ends!.map(({ mode, reached }) => [mode, reached])).toEqual([
    ['unconstrained', false],
    ['constrainedStart', false],
    ['constrained', true],
  ]);
});

test('a message that is none is refused, and one of somebody else is not answered', async ({
  page,
  baseURL,
}) => {
  await host(page, frameOf(`${baseURL}/#v=1&n=11&embed=1`) + SCRIPT);
  await expect.poll(() => page.evaluate(() => heard.length)).toBe(1);
  await page.evaluate(() => ask({ type: 'resize', height: 3 }));
  expect((await answered(page, { braggscape: 'dance' })).refused).toEqual([
    'The message \u201cdance\u201d is not one of get, set, change.',
  ]);
  expect((await answered(page, { braggscape: 'set' })).refused).toEqual([
    'The message \u201cset\u201d has no link.',
  ]);
  expect((await answered(page, { braggscape: 'set', link: 'v=2' })).refused).toEqual([
    'The link has version \u201c2\u201d; this Braggscape reads version 1.',
  ]);
  await page.evaluate(() => ask({ braggscape: 'set', link: 7 }));
  await expect.poll(() => page.evaluate(() => heard.at(-1)?.braggscape)).toBe('refused');
  expect(await page.evaluate(() => heard.length)).toBe(5);
});

test('a sandboxed frame works, or says what it has to be allowed', async ({ page, baseURL }) => {
  const address = `${baseURL}/#v=1&n=11&engine=worker&embed=1`;
  const frame = page.frameLocator('#xrd');
  await host(page, frameOf(address, 'sandbox="allow-scripts allow-same-origin"'));
  await expect(frame.getByTestId('map-status')).toHaveAttribute('data-status', 'done');
  for (const sandbox of ['', 'allow-scripts']) {
    await host(page, frameOf(address, `sandbox="${sandbox}"`));
    await expect(frame.getByText('allow-scripts allow-same-origin').filter({ visible: true })).toBeVisible();
  }
});

for (const [width, height] of [
  [480, 360],
  [1000, 420],
] as const)
  test(`${width} × ${height} holds each pane by itself and all of them, no rail where it is hidden`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    const panes = ['map', 'player', 'cell', 'numbers', 'pattern'];
    const names: Record<string, string> = {
      map: 'Loss landscape',
      player: 'Descents over time',
      cell: 'Unit cell',
      numbers: 'Numbers',
      pattern: 'Powder pattern',
    };
    for (const only of [...panes, null]) {
      const hide = ['controls', ...panes.filter(pane => only !== null && pane !== only)];
      await page.goto('about:blank');
      await page.goto(`/#v=1&n=11&engine=worker&at=5~3&cont=0&embed=1&hide=${hide.join()}`);
      for (const pane of panes) {
        const region = page.getByRole('region', { name: names[pane]!, exact: true });
        if (hide.includes(pane)) await expect(region, `${pane} of ${only}`).toHaveCount(0);
        else {
          await expect(region, `${pane} of ${only}`).toBeVisible();
          const box = (await region.boundingBox())!;
          expect(box.width, `${pane} of ${only}`).toBeGreaterThan(only === null ? 250 : width - 20);
          // Numbers are as tall as they are; a player is a row.
          if (pane === only && ['map', 'cell', 'pattern'].includes(pane))
            await expect
              .poll(async () => (await region.boundingBox())!.height, { message: pane })
              .toBeGreaterThan(height - 60);
        }
      }
      await expect(page.getByRole('complementary')).toHaveCount(0);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, `${only}`).toBeLessThanOrEqual(width);
    }
  });

test('the dialog builds the frame, and its preview shows what the code will', async ({ page }) => {
  await open(page, 'v=1&n=11&engine=worker');
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('button', { name: 'Embed in another page' }).click();
  const dialog = page.getByRole('dialog', { name: 'Embed in another page' });
  await dialog.getByLabel('the unit cell').uncheck();
  await dialog.getByLabel('the whole rail of controls, of every page').uncheck();
  const code = dialog.getByLabel('Code of the frame');
  await expect(code).toHaveValue(
    /<iframe src="http:\/\/.*hide=controls,cell&amp;embed=1.*" width="800" height="600"/,
  );
  const preview = page.frameLocator('iframe');
  await expect(preview.getByRole('region', { name: 'Loss landscape' })).toBeVisible();
  await expect(preview.getByRole('region', { name: 'Unit cell' })).toHaveCount(0);
  await expect(preview.getByRole('navigation', { name: 'Pages' })).toHaveCount(0);
  await dialog.getByLabel('the powder pattern').uncheck();
  await expect(preview.getByRole('region', { name: 'Powder pattern' })).toHaveCount(0);
  await dialog.getByRole('radio', { name: 'Notebook' }).check({ force: true });
  await expect(code).toHaveValue(
    /^from IPython\.display import IFrame\nIFrame\("http.*", width=800, height=600\)$/,
  );
  await dialog.getByRole('textbox', { name: 'Width' }).fill('200');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText(/480/)).toBeVisible();
  expect(await findings(page)).toEqual([]);
});

test('every pane and group of the other pages can be hidden too, and leaves no room', async ({ page }) => {
  for (const [link, width] of [
    ['p=compare&hide=controls,tables', 1440],
    ['p=study&hide=controls', 1440],
    ['p=phases&hide=controls,side,lower,experiments,landscape', 1440],
    ['p=phases&hide=lesson,reflections,atoms,origin,structure', null],
  ] as const) {
    await page.goto('about:blank');
    await page.goto(`/#v=1&embed=1&engine=worker&${link}`);
    const widest = page.locator('main section').first();
    await expect(widest).toBeVisible();
    if (width !== null) {
      await expect(page.getByRole('complementary')).toHaveCount(0);
      const box = (await widest.boundingBox())!;
      expect(box.x, link).toBeLessThan(3);
    }
  }
});
