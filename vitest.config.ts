import { availableParallelism } from 'node:os';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { BROWSER_FLAGS, findBrowser } from './tests/support/findBrowser.ts';

const executablePath = findBrowser();

export default defineConfig({
  define: { global: 'globalThis' },
  test: {
    setupFiles: ['./tests/support/settings.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/**/*.browser.test.ts', 'tests/e2e/**'],
          testTimeout: 60_000,
          // By default one core is left idle, and every file reads all its modules anew: together half of the time.
          maxWorkers: Math.max(2, availableParallelism()),
          isolate: false,
        },
      },
      {
        extends: true,
        // Found late, they would be bundled anew in the middle of a test.
        optimizeDeps: {
          include: [
            '@tensorflow/tfjs-core',
            '@tensorflow/tfjs-backend-webgl/dist/base.js',
            'idb',
            'react-dom',
          ],
        },
        test: {
          name: 'browser',
          include: ['tests/**/*.browser.test.ts'],
          testTimeout: 240_000,
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { ...(executablePath ? { executablePath } : {}), args: BROWSER_FLAGS },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
