import { existsSync, readdirSync } from 'node:fs';
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

/** A Firefox to test with: BRAGGSCAPE_FIREFOX, or one installed on the system; null where there is none. */
export const findFirefox = (): string | null =>
  process.env['BRAGGSCAPE_FIREFOX'] ??
  ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'].find(
    existsSync,
  ) ??
  null;

/** Programs that show a page in WebKitGTK, drive it, and stand in for a screen. */
export interface WebKit {
  readonly miniBrowser: string;
  readonly driver: string;
  readonly xvfb: string;
}

/** Safari's engine as Linux has it; null where a part is missing. */
export function findWebKit(): WebKit | null {
  const [driver, xvfb] = ['/usr/bin/WebKitWebDriver', '/usr/bin/Xvfb'];
  const libraries = existsSync('/usr/lib') ? readdirSync('/usr/lib') : [];
  const miniBrowser = libraries
    .filter(name => name.endsWith('-linux-gnu'))
    .flatMap(name => ['4.1', '4.0', '6.0'].map(api => `/usr/lib/${name}/webkit2gtk-${api}/MiniBrowser`))
    .find(existsSync);
  return miniBrowser && [driver, xvfb].every(existsSync) ? { miniBrowser, driver, xvfb } : null;
}
