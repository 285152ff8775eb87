/**
 * Run before the tests in browsers: finds a Chromium or installs one, and says which; with the argument `all` also Firefox
 * and WebKitGTK, whose flows are skipped where they cannot be had.
 */
import { spawnSync } from 'node:child_process';
import { findBrowser, findFirefox, findWebKit } from './findBrowser.ts';

type Command = readonly [string, ...string[]];

/** Debian's packages, as root and else by sudo where that asks for no password. */
const packages = (...names: readonly string[]): readonly Command[] =>
  ['', 'sudo -n '].map(sudo => [
    'sh',
    '-c',
    `${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends ${names.join(' ')}`,
  ]);

/** What `find` finds, after as many of the attempts as that takes; null where none helps. */
function ensured<T>(
  name: string,
  find: () => T | null,
  seconds: number,
  attempts: readonly Command[],
): T | null {
  let found = find();
  for (const [command, ...args] of attempts) {
    if (found) break;
    console.log(`No ${name} found; trying: ${command} ${args.join(' ')}`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync(command, args, { stdio: 'inherit', timeout: 1000 * seconds, env });
    found = find();
  }
  return found;
}

const chromium = ensured('Chromium', findBrowser, 600, [
  ['npx', 'playwright', 'install', 'chromium'],
  ...packages('chromium'),
]);
if (!chromium) {
  console.error('No Chromium could be found or installed. Set BRAGGSCAPE_BROWSER to the path of one.');
  process.exit(1);
}
console.log(`Browser for the tests: ${chromium}`);
if (process.argv[2] === 'all') {
  const others = {
    Firefox: ensured('Firefox', findFirefox, 180, packages('firefox-esr')),
    WebKit: ensured('WebKitGTK', findWebKit, 180, packages('webkit2gtk-driver', 'xvfb'))?.miniBrowser,
  };
  for (const [name, path] of Object.entries(others))
    console.log(path ? `${name} for the tests: ${path}` : `${name} cannot be had: its flows are SKIPPED.`);
}
