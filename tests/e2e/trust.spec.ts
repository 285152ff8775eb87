import { expect, type Page, test } from '@playwright/test';
import { policyText } from '../../src/hosting/contentSecurityPolicy.ts';
import { IN_NAVIGATION } from '../../src/state/core/pages.ts';
import { chooseAxis, clickMap, descentsFinished, mapFinished, open } from './explorer.ts';

/** Every request that leaves the page's own origin, and everything that its policy refused. */
async function watch(
  page: Page,
  origin: string,
): Promise<{ readonly foreign: string[]; readonly refused: () => Promise<string[]> }> {
  const foreign: string[] = [];
  page.on('request', request => {
    const { protocol, origin: asked } = new URL(request.url());
    if (protocol.startsWith('http') && asked !== origin) foreign.push(request.url());
  });
  await page.addInitScript(() => {
    const found: string[] = [];
    Object.assign(window, { refusedByPolicy: found });
    document.addEventListener('securitypolicyviolation', event =>
      found.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sourceFile ?? ''}`),
    );
  });
  return {
    foreign,
    refused: () => page.evaluate(() => (window as unknown as { refusedByPolicy: string[] }).refusedByPolicy),
  };
}

test('the built page has its policy, and what is evaluated from text is refused', async ({ page }) => {
  await page.goto('/');
  const policy = page.locator('meta[http-equiv="Content-Security-Policy"]');
  await expect(policy).toHaveAttribute('content', policyText());
  // It stands before everything that it is about.
  expect(await page.evaluate(() => document.head.firstElementChild?.getAttribute('http-equiv'))).toBe(
    'Content-Security-Policy',
  );
  expect(await page.evaluate(() => document.querySelectorAll('script:not([src])').length)).toBe(0);
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    document.head.append(script);
    return 'inlineRan' in window;
  });
  expect(ran).toBe(false);
  const reached = await page.evaluate(() =>
    fetch('https://example.org/').then(
      () => true,
      () => false,
    ),
  );
  expect(reached).toBe(false);
});

test('no request leaves the origin: every page, a descent, pictures and tables', async ({
  page,
  baseURL,
}) => {
  const seen = await watch(page, new URL(baseURL ?? '').origin);
  await open(page, 'v=1&n=31&it=300');
  await clickMap(page, 0.3, 0.4);
  await descentsFinished(page);
  await page.getByRole('button', { name: 'Save the map' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /PNG/ }).first().click();
  await download;
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Share this picture' }).click();
  await page.keyboard.press('Escape');
  for (const { label } of IN_NAVIGATION) {
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: label }).click();
    await expect(page.locator('main')).not.toHaveAttribute('aria-busy', 'true');
    await page.waitForTimeout(1500);
  }
  expect(await page.getByText('cloud').count()).toBe(0);
  expect(seen.foreign).toEqual([]);
  expect(await seen.refused()).toEqual([]);
});

test('where storage, threads and what https brings are forbidden the page works, and says so once', async ({
  page,
}) => {
  await page.addInitScript(() => {
    Object.assign(window, {
      Worker: class {
        constructor() {
          throw new DOMException('workers are refused', 'SecurityError');
        }
      },
    });
    for (const [owner, name] of [
      [crypto, 'randomUUID'],
      [crypto, 'subtle'],
      [navigator, 'locks'],
      [navigator, 'clipboard'],
    ] as const)
      Object.defineProperty(owner, name, { value: undefined });
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('denied', 'SecurityError');
        },
      });
  });
  const errors: string[] = [];
  page.on('pageerror', error => errors.push(error.message));
  await open(page, 'v=1&n=31');
  await page.getByRole('button', { name: 'Use the dark theme' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await clickMap(page, 0.4, 0.3);
  await descentsFinished(page);
  const notices = page.locator('[data-tone]');
  await expect(notices).toHaveCount(2);
  await expect(notices.first()).toContainText('gets no threads from the browser (workers are refused)');
  await expect(notices.last()).toContainText(
    'not kept for another visit: the browser lets this page keep nothing',
  );
  expect(errors).toEqual([]);
});

test('a worker that crashes costs its computation, sizes of panes that are none nothing: not the page', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const kept = { outer: '{', rows: '[1e999]', columns: '{"x":"wide"}', side: 'null' };
    for (const [name, sizes] of Object.entries(kept))
      localStorage.setItem(`react-resizable-panels:braggscape-large-${name}`, sizes);
    const workers: Worker[] = [];
    const Original = Worker;
    class Watched extends Original {
      constructor(address: string | URL, options?: WorkerOptions) {
        super(address, options);
        workers.push(this);
      }
    }
    Object.assign(window, {
      Worker: Watched,
      crashWorkers: () => {
        for (const worker of workers.splice(0)) {
          worker.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
          worker.terminate();
        }
      },
    });
  });
  await open(page, 'v=1&n=31&engine=worker');
  await page.evaluate(() => (window as unknown as { crashWorkers(): void }).crashWorkers());
  await clickMap(page, 0.4, 0.3);
  await descentsFinished(page);
  await chooseAxis(page, 'Vertical', 'b');
  await mapFinished(page);
});
