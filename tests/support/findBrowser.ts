import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

/** Software WebGL, no network chatter: the same flags for browser tests, end-to-end tests and screenshots. */
export const BROWSER_FLAGS = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  // WebGL stays as it is; the page around it is put together by the CPU instead of by SwiftShader, for half of the work.
  '--disable-gpu-compositing',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * A Chromium to test with: BRAGGSCAPE_BROWSER, one installed on the system, or the one Playwright downloaded.
 * Null where there is none; `tests/support/ensureBrowser.ts` then installs one.
 */
export function findBrowser(): string | null {
  const named = process.env['BRAGGSCAPE_BROWSER'];
  if (named) return named;
  return [...CANDIDATES, chromium.executablePath()].find(path => path && existsSync(path)) ?? null;
}
