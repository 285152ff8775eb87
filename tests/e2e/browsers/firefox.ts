import { launch } from 'puppeteer-core';
import { type Browser, DEADLINE_MS, VIEWPORT } from './browser.ts';

/** Firefox without a window, over WebDriver BiDi. */
export async function openFirefox(executablePath: string): Promise<Browser> {
  const firefox = await launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    defaultViewport: VIEWPORT,
    timeout: DEADLINE_MS,
    protocolTimeout: DEADLINE_MS,
  });
  const page = await firefox.newPage();
  const errors: string[] = [];
  page.on('pageerror', error => errors.push(error instanceof Error ? error.message : String(error)));
  page.on('console', message => {
    if (message.type() === 'error') errors.push(message.text());
  });
  return {
    name: await firefox.version(),
    goto: async address => void (await page.goto(address, { timeout: DEADLINE_MS })),
    evaluate: (work, ...given) => page.evaluate(work as never, ...given),
    click: (x, y) => page.mouse.click(x, y),
    errors: async () => errors,
    async close() {
      const killed = setTimeout(() => firefox.process()?.kill('SIGKILL'), 10_000);
      await firefox.close().catch(() => firefox.process()?.kill('SIGKILL'));
      clearTimeout(killed);
    },
  };
}
