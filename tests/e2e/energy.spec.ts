import { readFileSync, writeFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { checkpointOf, globalName, zipFile } from '../energy/checkpointFile.ts';
import { HAVE_WEIGHTS, NEEDS, WEIGHTS_FILE } from '../energy/weightsFile.ts';
import { findings } from './axe.ts';

const board = (page: Page) => page.getByTestId('energy-board');
const file = (page: Page) => page.getByTestId('weights-file');

const SMALL = new Map([['x', { shape: [2], stride: [1], storage: [1, 2] }]]);
const ascii = (text: string): Uint8Array => Uint8Array.from(text, letter => letter.charCodeAt(0));

test('without weights the pane says what is missing and shows the stored map', async ({ page }) => {
  await page.goto('/#v=1&n=31');
  await page.getByRole('button', { name: 'Energy', exact: true }).click();
  await expect(board(page)).toContainText('Without them there are only the stored maps');
  await expect(page.getByTestId('energy-map')).toBeVisible();
  await expect(page.getByTestId('energy-status')).toContainText('Precomputed map, 21 × 21');
  await expect(page.getByRole('button', { name: 'Relax the current crystal' })).toBeDisabled();
  expect(page.url()).toContain('en=beside');
});

test('a damaged file, an unrelated zip and a forbidden global are refused in three ways', async ({
  page,
}, info) => {
  await page.goto('/#v=1&n=31&en=beside');
  const damaged = Uint8Array.from(zipFile(checkpointOf(SMALL)));
  const program = [0x80, 2, ...globalName('posix', 'system'), ...ascii('(X\x02\x00\x00\x00lstR.')];
  const evil = checkpointOf(SMALL).map(entry =>
    entry.name.endsWith('data.pkl') ? { ...entry, bytes: Uint8Array.from(program) } : entry,
  );
  const cases: readonly [string, Uint8Array, RegExp][] = [
    ['damaged.pt', damaged.subarray(0, damaged.length - 40), /the file is damaged/],
    ['letter.zip', zipFile([{ name: 'letter.txt', bytes: ascii('hello') }]), /holds no PyTorch weights/],
    ['evil.pt', zipFile(evil), /asks for "posix\.system"/],
  ];
  for (const [name, bytes, message] of cases) {
    const path = info.outputPath(name);
    writeFileSync(path, bytes);
    await file(page).setInputFiles(path);
    await expect(page.getByTestId('weights-refused')).toContainText(message);
    await expect(page.getByTestId('weights')).toHaveAttribute('data-status', 'none');
  }
  await expect(page.getByTestId('energy-map')).toBeVisible();
});

test('what opens below the fold is scrolled to, and the axes of the profile say what they count', async ({
  page,
}) => {
  await page.goto('/#v=1&n=11&s=U2Ti&en=profile');
  const chart = page.getByRole('img', { name: 'XRD loss and energy along a' });
  await expect(chart.getByText('energy / eV')).toBeVisible();
  await expect(chart.getByText('XRD loss', { exact: true })).toBeVisible();
  await page.getByText('Match rate after relaxation').click();
  await expect(page.getByRole('table', { name: /relaxation/i }).first()).toBeInViewport();
});

test.describe(`with the weights ${HAVE_WEIGHTS ? '' : NEEDS}`, () => {
  test.skip(!HAVE_WEIGHTS, NEEDS);

  test('the self-test passes, the map is computed, a relaxation finds the minimum, and a reload finds the weights', async ({
    page,
  }) => {
    test.setTimeout(200_000);
    await page.goto('/#v=1&n=31&en=beside&enn=11&focus=probe~5.1~2.65');
    expect(readFileSync(WEIGHTS_FILE).length).toBe(3_403_519);
    await file(page).setInputFiles(WEIGHTS_FILE);
    await expect(page.getByTestId('self-test')).toContainText(
      'self-test passed, 5 of 5; kept in this browser',
      {
        timeout: 100_000,
      },
    );
    await expect(page.getByTestId('energy-status')).toHaveAttribute('data-status', 'done', {
      timeout: 60_000,
    });
    await expect(page.getByTestId('energy-status')).toContainText('121 energies');
    await page.getByRole('button', { name: 'Relax the current crystal' }).click();
    const outcome = page.getByTestId('relaxation');
    await expect(outcome).toHaveAttribute('data-status', 'done', { timeout: 60_000 });
    await expect(outcome).toContainText('converged');
    // The potential's own minimum with b following a is at 4.798 and 2.806 Å.
    await expect(outcome).toContainText(/a 4\.(79|80)\d, c 2\.(80|81)\d/);
    await expect(page.locator('tr[data-mode=relaxation]')).toContainText(/4\.(79|80)\d/);
    await page.getByLabel('Step of the relaxation').press('Home');
    await expect(page.getByTestId('current')).toContainText('5.100');
    expect(await findings(page)).toEqual([]);
    await page.reload();
    await expect(page.getByTestId('self-test')).toContainText('Published file; self-test passed', {
      timeout: 60_000,
    });
    await page.getByRole('button', { name: 'Forget' }).click();
    await expect(page.getByTestId('weights')).toHaveAttribute('data-status', 'none');
  });
});
