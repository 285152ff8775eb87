import { defineConfig } from '@playwright/test';
import { BROWSER_FLAGS, findBrowser } from './tests/support/findBrowser.ts';

const executablePath = findBrowser();
const PORT = Number(process.env.BRAGGSCAPE_E2E_PORT ?? 4187);

/** The built app, served as a user gets it, driven as a user would. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'node_modules/.cache/playwright',
  timeout: 120_000,
  expect: { timeout: 60_000 },
  // Two cores carry two; each has a browser of its own.
  workers: 2,
  fullyParallel: true,
  reporter: [['list']],
  forbidOnly: true,
  use: {
    baseURL: `http://localhost:${PORT}`,
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    // Requests go to the server that the test drives; the tests of the offline page allow them.
    serviceWorkers: 'block',
    launchOptions: { ...(executablePath ? { executablePath } : {}), args: BROWSER_FLAGS },
    trace: 'off',
  },
  webServer: {
    command: `npx vite preview --port ${PORT} --strictPort`,
    url: `http://localhost:${PORT}`,
    reuseExistingServer: false,
    timeout: 60_000,
  },
});
