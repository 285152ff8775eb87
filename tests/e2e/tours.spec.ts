import '../support/settings.ts';
import { expect, type Page, test } from '@playwright/test';
import { type Cell, inverseSquareSpacing, reciprocalMetric } from '../../src/crystal/cell.ts';
import { readLink } from '../../src/state/core/permalink.ts';
import { MOST_STEPS, TOUR_IDS, type TourId } from '../../src/state/core/tourSettings.ts';
import { TOURS } from '../../src/views/tours/tours.ts';
import { readPdf } from '../support/pdfText.ts';
import { findings } from './axe.ts';
import { currentLoss, descentsFinished, mapFinished, outcome } from './explorer.ts';

const bar = (page: Page) => page.getByRole('region', { name: 'Guided tour' });
const next = (page: Page) => bar(page).getByRole('button', { name: /^(Next|Question)$/ });

/** Opens a step of a tour by its link, on the CPU. */
const at = (page: Page, id: TourId, step: number): Promise<unknown> =>
  page.goto(`/#v=1&${TOURS[id].steps[step - 1]!.link}&engine=worker&tour=${id}~${step}`);

/** Follows a tour from its first step, and holds what each step says against what is on screen. */
async function follow(page: Page, id: TourId, holds: readonly (() => Promise<void>)[]): Promise<void> {
  const { steps, question, answer } = TOURS[id];
  expect(holds.length).toBe(steps.length);
  expect(steps.length).toBeLessThanOrEqual(MOST_STEPS);
  for (const { link } of steps) expect(readLink(`v=1&${link}`).refused).toEqual([]);
  await at(page, id, 1);
  for (const [i, hold] of holds.entries()) {
    await expect(bar(page)).toContainText(`${i + 1} of ${steps.length}`);
    await hold();
    await next(page).click();
  }
  const plain = (text: string): string => text.replaceAll(/[*|]/g, '');
  await expect(bar(page)).toContainText(plain(question));
  await expect(bar(page).getByText(plain(answer))).toBeHidden();
  await bar(page).getByText('Answer', { exact: true }).click();
  await expect(bar(page).getByText(plain(answer))).toBeVisible();
}

const tally = (page: Page): Promise<string | null> =>
  page.getByRole('region', { name: 'Powder pattern' }).locator('header').textContent();
const reached = (row: readonly string[] | undefined): boolean => {
  const off = row!.find(cell => cell.includes('%'))!;
  return Number(off.replace('%', '')) < 1;
};
const countOf = async (page: Page): Promise<number> => {
  await mapFinished(page);
  return Number((await page.getByTestId('tour-text').locator('b').textContent())!.split(' ')[0]);
};

test('the tour of the powder pattern', async ({ page }) => {
  let peaks = 0;
  const counted = async (): Promise<number> =>
    Number(/All (\d+)/.exec((await tally(page)) ?? '')?.[1] ?? Number.NaN);
  await follow(page, 'pattern', [
    async () => {
      await mapFinished(page);
      expect(await currentLoss(page)).toBe(-1);
      await expect.poll(() => tally(page)).toContain('on their own');
      peaks = await counted();
    },
    async () => {
      await expect.poll(() => currentLoss(page)).toBeGreaterThan(-1);
      const [q100, q010] = [[1, 0, 0] as const, [0, 1, 0] as const].map(([h, k, l]) =>
        inverseSquareSpacing(reciprocalMetric([3.983, 3.905, 3.905, 90, 90, 90] as Cell), h, k, l),
      );
      expect(q100).toBeLessThan(q010!);
    },
    async () => {
      const list = page.getByRole('complementary', { name: 'Patterns to compare' });
      for (const count of ['12 peaks', '6 peaks', '5 peaks']) await expect(list).toContainText(count);
    },
    async () => {
      await mapFinished(page);
      await expect.poll(counted).toBeGreaterThan(2 * peaks);
      peaks = await counted();
    },
    async () => {
      await mapFinished(page);
      await expect.poll(counted).toBe(peaks);
    },
  ]);
  expect(Math.sin((23.25 * Math.PI) / 180) / Math.sin((22.75 * Math.PI) / 180) - 1).toBeCloseTo(0.02, 2);
});

test('the tour of the pits', async ({ page }) => {
  let narrow = 0;
  let usual = 0;
  await follow(page, 'pits', [
    async () => {
      await mapFinished(page);
      expect(await currentLoss(page)).toBe(-1);
      usual = await page.getByTestId('minima').locator('tbody tr').count();
    },
    async () => {
      await expect.poll(() => currentLoss(page)).toBeGreaterThan(-0.9);
      await expect.poll(() => tally(page)).not.toContain('on their own');
    },
    async () => {
      await descentsFinished(page);
      for (const row of Object.values(await outcome(page))) expect(reached(row)).toBe(false);
    },
    async () => {
      narrow = await countOf(page);
      expect(narrow).toBeGreaterThan(usual);
    },
    async () => expect(await countOf(page)).toBeLessThan(usual),
  ]);
});

test('the tour of symmetry', async ({ page }) => {
  const ends = async (): Promise<Record<string, boolean>> => {
    await mapFinished(page);
    await descentsFinished(page);
    return Object.fromEntries(Object.entries(await outcome(page)).map(([mode, row]) => [mode, reached(row)]));
  };
  await follow(page, 'symmetry', [
    async () => {
      await mapFinished(page);
      expect(await currentLoss(page)).toBe(-1);
    },
    async () => expect(await ends()).toEqual({ unconstrained: false }),
    async () => {
      expect(await ends()).toEqual({ unconstrained: false, constrainedStart: false });
      const { unconstrained, constrainedStart } = await outcome(page);
      expect(constrainedStart![0]).toBe(constrainedStart![1]);
      const off = (row: readonly string[]): number =>
        Number.parseFloat(row.find(cell => cell.includes('%'))!);
      expect(off(constrainedStart!)).toBeLessThan(off(unconstrained!));
    },
    async () =>
      expect(await ends()).toEqual({ unconstrained: false, constrainedStart: false, constrained: true }),
    async () => {
      expect(await ends()).toEqual({ unconstrained: false, constrainedStart: false, constrained: false });
      const { constrained, constrainedStart } = await outcome(page);
      expect(constrained!.slice(0, 2)).toEqual(constrainedStart!.slice(0, 2));
    },
  ]);
});

test('the tour of the way down', async ({ page }) => {
  const continued = async (): Promise<readonly string[]> => {
    await mapFinished(page);
    await expect(page.getByTestId('descents').locator('tr[data-mode="continued"] td').first()).toContainText(
      /\d/,
    );
    return (await outcome(page))['continued']!;
  };
  await follow(page, 'descent', [
    async () => {
      await descentsFinished(page);
      expect(reached((await outcome(page))['unconstrained'])).toBe(false);
    },
    async () => {
      await continued();
      await expect(page.locator('main').getByText('what was rough is one smooth bowl')).toBeVisible();
    },
    async () => expect(reached(await continued())).toBe(true),
    async () => {
      const row = await continued();
      expect(reached(row)).toBe(false);
      expect(Math.min(...row.map(Number).filter(value => value < 0))).toBeLessThan(-0.99);
    },
  ]);
});

test('the tour of the phase problem', async ({ page }) => {
  const count = async (step: string): Promise<number> =>
    Number((await page.getByTestId(`count-${step}`).textContent())!.replaceAll('\u202f', ''));
  const correlation = page.getByTestId('correlation');
  await follow(page, 'phases', [
    () => expect(page.getByRole('heading', { name: /Structure factor/ })).toBeVisible(),
    () => expect(correlation).toHaveText('1.00'),
    async () => {
      await expect
        .poll(async () => Number((await correlation.textContent())!.replace('−', '-')))
        .toBeLessThan(0.5);
      await expect(page.getByTestId('pattern-difference')).toContainText('difference 0 at every');
    },
    async () => {
      await expect(page.getByTestId('pair-amplitudes')).toHaveText(/10⁻¹|^0$/);
      await expect(page.getByText('no match')).toBeVisible();
    },
    async () => {
      await expect(page.getByTestId('count-resolved')).toBeVisible();
      const counts = await Promise.all(['complex', 'friedel', 'laue', 'shells', 'resolved'].map(count));
      expect(counts).toEqual(counts.toSorted((one, other) => other - one));
      expect(counts.at(-1)).toBeLessThan(counts[3]!);
    },
    () => expect(page.getByTestId('flip-verdict')).toHaveText(/Solved/, { timeout: 90_000 }),
  ]);
});

test('a tour by keyboard, left and gone on with, printed as a worksheet', async ({ page }) => {
  await page.goto('/#v=1&p=gallery&gf=landscapes&engine=worker');
  const list = page.getByRole('navigation', { name: 'Guided tours' });
  await expect(list.getByRole('link')).toHaveCount(TOUR_IDS.length);
  await list.getByRole('link', { name: 'Why a landscape has pits' }).focus();
  await page.keyboard.press('Enter');
  await expect(bar(page)).toContainText('1 of 5');
  await next(page).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('PageDown');
  await expect(bar(page)).toContainText('3 of 5');
  await page.keyboard.press('PageUp');
  await expect(bar(page)).toContainText('2 of 5');
  await expect.poll(() => page.url()).toContain('tour=pits~2');
  await mapFinished(page);
  expect(await findings(page)).toEqual([]);
  const { text } = readPdf(await page.pdf({ preferCSSPageSize: true }));
  for (const words of [
    'Each point of the map is a cell',
    'Does a better diffractometer',
    'Peaks three times as wide',
  ])
    expect(text).toContain(words.replaceAll(' ', ''));
  expect(text).not.toContain('Theymaketheend');
  await bar(page).getByRole('button', { name: 'Leave the tour' }).press('Enter');
  await expect(bar(page)).toHaveCount(0);
  await page.keyboard.press('g');
  await expect(list.getByRole('link', { name: 'Why a landscape has pits, go on at 2' })).toBeVisible();
});
