/** Run before the browser tests: finds a Chromium or installs one, and says which. */
import { spawnSync } from 'node:child_process';
import { findBrowser } from './findBrowser.ts';

const attempts: readonly (readonly [string, ...string[]])[] = [
  ['npx', 'playwright', 'install', 'chromium'],
  ['sh', '-c', 'apt-get update && apt-get install -y --no-install-recommends chromium'],
  ['sh', '-c', 'sudo -n apt-get update && sudo -n apt-get install -y --no-install-recommends chromium'],
];

let browser = findBrowser();
for (const [command, ...args] of attempts) {
  if (browser) break;
  console.log(`No Chromium found; trying: ${command} ${args.join(' ')}`);
  spawnSync(command, args, { stdio: 'inherit', timeout: 600_000 });
  browser = findBrowser();
}
if (!browser) {
  console.error('No Chromium could be found or installed. Set BRAGGSCAPE_BROWSER to the path of one.');
  process.exit(1);
}
console.log(`Browser for the tests: ${browser}`);
