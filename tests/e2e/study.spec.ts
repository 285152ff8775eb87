import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, type Page, test } from '@playwright/test';
import { encodeStructure } from '../../src/state/files/structureCode.ts';
import { PAPER_CONDITIONS, type StudyPlan, trialsOf } from '../../src/study/plan.ts';
import { seriesOf } from '../../src/study/presets.ts';
import { type FinishedTrial, isFinished } from '../../src/study/record.ts';
import { readStudy } from '../../src/study/studyFile.ts';
import { trialId } from '../../src/study/trialKey.ts';
import { trialRunner } from '../../src/study/trialRunner.ts';
import { libraryStructure } from '../support/library.ts';
import { findings, SCREENS } from './axe.ts';

const PLAN: StudyPlan = {
  conditions: { ...PAPER_CONDITIONS, maxIterations: 1500 },
  structures: ['SrTiO3'],
  noise: 'lattice',
  levels: [0.05, 0.1],
  series: seriesOf('lattice', ['cosine'], ['unconstrained', 'constrained']),
  variants: 12,
  firstVariant: 0,
};
const LINK = 'v=1&p=study&ss=SrTiO3&sl=0.05,0.1&sn=12&si=1500&sf=own';
const DESCENTS = 48;

/** Results of Node for the plan. */
function inNode(): FinishedTrial[] {
  const run = trialRunner(new Map([['SrTiO3', libraryStructure('SrTiO3')]]), PLAN.conditions);
  return trialsOf(PLAN).map(run).filter(isFinished);
}

async function open(page: Page, link = LINK): Promise<void> {
  await page.goto(`/#${link}`);
  await expect(
    page
      .getByRole('button', { name: 'Pause' })
      .or(page.getByTestId('study-progress').getByRole('button', { name: /^R/ })),
  ).toBeVisible();
}

async function saved(page: Page): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save study' }).click();
  return gunzipSync(readFileSync(await (await download).path())).toString('utf8');
}

const done = (page: Page): Promise<number> =>
  page.getByRole('progressbar', { name: 'Study' }).evaluate(bar => Number(bar.getAttribute('aria-valuenow')));

/** Once the trials that were under way at a pause have ended: nothing has for half a second. */
async function doneAtRest(page: Page): Promise<number> {
  let count = await done(page);
  for (let since = Date.now(); Date.now() < since + 500; ) {
    await page.waitForTimeout(50);
    const now = await done(page);
    if (now !== count) since = Date.now();
    count = now;
  }
  return count;
}

test('a run that is paused, reloaded, resumed and merged loses and doubles nothing', async ({
  page,
  browser,
}) => {
  await open(page);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect.poll(() => done(page), { intervals: [20] }).toBeGreaterThan(4);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('Paused. What is done is kept on this device.')).toBeVisible();
  const before = await doneAtRest(page);
  expect(before).toBeLessThan(2 * DESCENTS);

  await page.reload();
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
  expect(await done(page)).toBe(before);
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByText('Finished.')).toBeVisible();
  await expect(page.getByTestId('study-progress')).toContainText(`${DESCENTS} of ${DESCENTS} descents`);
  const text = await saved(page);

  // The command line gets the same, but for the last bit of exp and cos in another version of the engine
  const records = readStudy(text, 'saved').records.filter(isFinished);
  for (const [i, record] of inNode().entries()) {
    expect(trialId(records[i]!)).toBe(trialId(record));
    for (const [k, value] of record.end.entries()) expect(records[i]!.end[k]).toBeCloseTo(value, 3);
  }

  // Without a pause
  const second = await browser.newContext();
  const straight = await second.newPage();
  await open(straight);
  await straight.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(straight.getByText('Finished.')).toBeVisible();
  expect(await saved(straight)).toBe(text);
  await second.close();

  // Two overlapping parts of the file, merged on another device
  const [header = '', ...lines] = text.trimEnd().split('\n');
  const part = (name: string, from: number, to: number) => ({
    name,
    mimeType: 'application/jsonl',
    buffer: Buffer.from(`${[header, ...lines.slice(from, to)].join('\n')}\n`),
  });
  const context = await browser.newContext();
  const other = await context.newPage();
  await open(other);
  const field = other.getByLabel('Result files to merge');
  await field.setInputFiles([part('b.jsonl', 36, 96), part('a.jsonl', 0, 60)]);
  await expect(other.getByText('96 trials added.')).toBeVisible();
  expect(await saved(other)).toBe(text);
  await field.setInputFiles([{ ...part('bad.jsonl', 0, 1), buffer: Buffer.from('{"no":1}\n{}\n') }]);
  await expect(other.getByText('Nothing was added: bad.jsonl does not begin')).toBeVisible();
  expect(await saved(other)).toBe(text);
  await context.close();
});

test('a trial opens in the explorer at its start and last step', async ({ page }) => {
  await page.goto('/#v=1&p=study&n=31&sv=0.05');
  const row = page
    .getByTestId('misses')
    .locator('tbody tr')
    .filter({ hasText: /constrained/ })
    .first();
  await row.getByRole('button').click();
  const steps = Number((await row.locator('td').last().textContent())!.replace(/\D/g, ''));
  await expect(page.locator('[data-testid^=trial-][data-chosen=true]')).toContainText('no match');
  await expect(page.getByRole('img', { name: 'Pattern: distorted start' })).toBeVisible();
  await page.getByRole('button', { name: 'Open in Explore' }).first().click();
  await expect(page).toHaveURL(/space=full/);
  await expect(page.getByTestId('current')).toContainText(
    `step ${steps.toLocaleString('en').replace(',', '\u202f')}`,
    {
      timeout: 40_000,
    },
  );
  // The player stands where the numbers are, and the path is drawn up to there.
  await expect(page.getByRole('slider', { name: 'Step of the descents' })).toHaveAttribute(
    'aria-valuetext',
    new RegExp(`^step ${steps} of `),
  );
});

test('a trial of coordinate noise of an own crystal opens in the explorer, atoms at their places of the start', async ({
  page,
}) => {
  const data = encodeStructure({ ...libraryStructure('SrTiO3'), formula: 'Mine' });
  const own = `own=own-1a2b3c4d~Mine~${data}&ss=own-1a2b3c4d`;
  await page.goto(
    `/#v=1&p=study&${own}&sk=coordinates&sl=0.1&sv=0.1&sn=1&si=300&sf=own&so=cosine:unconstrained&n=21`,
  );
  const chips = page.getByRole('group', { name: 'Structures' }).getByRole('button');
  await expect(chips.and(page.locator('[aria-pressed=true]'))).toHaveText(['Mine']);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByText('Finished.')).toBeVisible();
  const row = page
    .getByTestId('misses')
    .locator('tbody tr')
    .filter({ hasText: /unconstrained/ });
  await row.getByRole('button').click();
  await page.getByRole('button', { name: 'Open in Explore' }).first().click();
  await expect(page).toHaveURL(/x=[xyz]\.\d+&y=[xyz]\.\d+.*space=full/);
  await expect(page.getByTestId('current')).toContainText(/unconstrained, step \d+/, { timeout: 40_000 });
  await expect(page.getByTestId('current-loss')).toContainText('−');
});

test('what was stopped says how many are done, and goes on', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect.poll(() => done(page), { intervals: [20] }).toBeGreaterThan(8);
  await page.getByRole('button', { name: 'Stop here' }).click();
  await expect(page.getByTestId('study-progress')).toContainText(
    /^[1-9]\d* of 48 descents done and kept on this device/,
  );
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByText('Finished.')).toBeVisible();
});

test('there is something to read before the first number; saved pictures have words, legend, n and every part', async ({
  page,
}) => {
  await open(page);
  await expect(
    page.getByText(/plan on the left distorts 1 crystal at 2 levels, 12 copies each/),
  ).toBeVisible();
  await page.goto('/#v=1&p=study');
  await expect(
    page.getByText(/Of those at σ = 0.1 so many match the truth: unconstrained \d+/),
  ).toBeVisible();
  const picture = async (name: string): Promise<{ file: string; svg: string }> => {
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name, exact: true }).click();
    const file = await download;
    await page.keyboard.press('Escape');
    return { file: file.suggestedFilename(), svg: readFileSync(await file.path(), 'utf8') };
  };
  const rates = await picture('Rates, SVG');
  expect(rates.file).toBe('study-rates-shipped.svg');
  for (const words of [
    'Match rate',
    'lattice distortion σ',
    'n = 10–500 a bar',
    'projected start',
    'constrained',
  ])
    expect(rates.svg.includes(words), words).toBe(true);
  const scatter = await picture('Scatter, SVG');
  expect(scatter.svg.match(/>cosine similarity</g)?.length).toBe(3);
  for (const words of ['ΔAMD', 'unconstrained', 'Spearman', '500'])
    expect(scatter.svg.includes(words), words).toBe(true);
  expect(scatter.svg).toMatch(/@font-face[^}]*src: url\("data:/);
  const face = await page.evaluate(() => getComputedStyle(document.body).fontFamily);
  const written = [...scatter.svg.matchAll(/font-family="([^"]+)"/g)].map(match =>
    match[1]!.replaceAll('&quot;', '"'),
  );
  expect([...new Set(written)]).toEqual([face]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect((await picture('Scatter, PNG')).file).toBe('study-scatter-shipped-dark.png');
});

test('searches beyond the paper run from the paper’s copies, and a trial of theirs opens on the continued path', async ({
  page,
}) => {
  await page.goto('/#v=1&p=study&ss=SrTiO3&sl=0.1&sn=1&sf=own&sc=strict&so=&si=1500');
  const beyond = page.getByRole('group', { name: 'Beyond the paper' });
  await beyond.getByText('continued, held', { exact: true }).click();
  await beyond.getByText('continued, free', { exact: true }).click();
  await expect(page).toHaveURL(/so=cosine%3AcontinuedHeld,cosine%3AcontinuedFree/);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByText('Finished.')).toBeVisible();
  const rows = page.getByTestId('searches').locator('tbody tr');
  await expect(rows).toHaveText([/continued, held100/, /continued, free100/]);
  await expect(page.getByText('not recovered: none')).toHaveCount(2);

  // One trial a strip: pressed somewhere in the strip of the held search
  const strip = page.getByRole('img', { name: 'worst length as it is, off by the truth, by setting' });
  const [{ height, width }, settings] = [(await strip.boundingBox())!, 4];
  const row = (height - 40) / settings;
  for (let y = 2.1; y < 3 && !(await page.getByTestId('trial-continuedHeld').isVisible()); y += 0.1)
    for (let x = 120; x < width && !(await page.getByTestId('trial-continuedHeld').isVisible()); x += 8)
      await strip.click({ position: { x, y: y * row } });
  await expect(page.locator('[data-testid=trial-continuedHeld][data-chosen=true]')).toContainText(
    /match, similarity 1\.000 after \d+ evaluations/,
  );
  await page.getByRole('button', { name: 'Open in Explore' }).first().click();
  await expect(page).toHaveURL(/space=full/);
  await expect(page.getByTestId('current')).toContainText('continued');
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`axe finds nothing serious on the study at any size, ${colorScheme}`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    await page.goto('/#v=1&p=study');
    await page.getByTestId('misses').locator('tbody tr').first().getByRole('button').click();
    for (const [width, height] of SCREENS) {
      await page.setViewportSize({ width, height });
      await expect(page.getByRole('img', { name: 'Pattern: distorted start' })).toBeVisible();
      expect(await findings(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    await context.close();
  });
