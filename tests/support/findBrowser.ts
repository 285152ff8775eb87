import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

/**
 * The features that Playwright turns off, since a browser heeds one list alone, and the popup of the address bar: a page
 * of its own, of 380 modules and a second of a core, that a new Chromium starts with every window.
 */
const OFF = [
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades'],
  ...['HttpsFirstBalancedModeAutoEnable', 'LensOverlay', 'MediaRouter', 'PaintHolding'],
  ...['ThirdPartyStoragePartitioning', 'AvoidCorsURLLoaderRestartOnRedirect', 'OptimizationHints'],
  ...['NetworkTimeServiceQuerying', 'AimEnabled', 'PreconnectToSearch'],
  ...['WebUIOmniboxPopup', 'WebUIOmniboxFullPopup', 'WebUIOmniboxAimPopup', 'PreloadTopChromeWebUI'],
];

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
  `--disable-features=${OFF.join(',')}`,
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
