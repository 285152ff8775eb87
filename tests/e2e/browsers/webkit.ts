import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { WebKit } from '../../support/findBrowser.ts';
import { type Browser, DEADLINE_MS, VIEWPORT } from './browser.ts';

declare global {
  interface Window {
    seenErrors?: string[];
  }
}

/** Gathers what plain WebDriver does not tell: errors, refused promises and the console's errors. */
function watchErrors(): void {
  const seen: string[] = [];
  window.seenErrors = seen;
  addEventListener('error', event => seen.push(event.message));
  addEventListener('unhandledrejection', event => seen.push(String(event.reason)));
  addEventListener('securitypolicyviolation', event =>
    seen.push(`${event.effectiveDirective}: ${event.blockedURI}`),
  );
  const { error } = console;
  console.error = (...said: unknown[]) => {
    seen.push(said.join(' '));
    error.apply(console, said);
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** WebKitGTK's MiniBrowser on a display of its own that nobody sees, over plain WebDriver. */
export async function openWebKit(found: WebKit): Promise<Browser> {
  const started: ChildProcess[] = [];
  // Groups of their own, so that what they start ends with them, also where this process is told to exit.
  const run = (command: string, args: readonly string[], display?: string): ChildProcess => {
    const env = display ? { ...process.env, DISPLAY: display } : process.env;
    const child = spawn(command, args, { env, detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
    child.on('error', () => {});
    started.push(child);
    return child;
  };
  const end = (): void => {
    process.off('exit', end);
    for (const { pid } of started.splice(0).reverse())
      try {
        if (pid) process.kill(-pid, 'SIGKILL');
      } catch {
        // it has ended
      }
  };
  process.once('exit', end);
  try {
    const { width, height } = VIEWPORT;
    const server = run(found.xvfb, ['-displayfd', '1', '-screen', '0', `${width}x${height + 100}x24`]);
    const [number] = await once(server.stdout!, 'data', { signal: AbortSignal.timeout(DEADLINE_MS) });
    const port = await freePort();
    run(found.driver, [`--port=${port}`], `:${String(number).trim()}`).stdout?.resume();
    return await session(port, found.miniBrowser, end);
  } catch (error) {
    end();
    throw error;
  }
}

async function session(port: number, binary: string, end: () => void): Promise<Browser> {
  const call = async <T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<T> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      signal: AbortSignal.timeout(DEADLINE_MS),
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const { value } = (await response.json()) as { value: T & { error?: string; message?: string } };
    if (!response.ok) throw new Error(`WebDriver, ${path}: ${value.error}: ${value.message}`);
    return value;
  };
  for (const start = Date.now(); ; await pause(50))
    try {
      await call('GET', '/status');
      break;
    } catch (error) {
      if (Date.now() - start > DEADLINE_MS) throw error;
    }
  const alwaysMatch = {
    pageLoadStrategy: 'none',
    'webkitgtk:browserOptions': { binary, args: ['--automation'] },
  };
  const { sessionId, capabilities } = await call<{
    sessionId: string;
    capabilities: { browserName: string; browserVersion: string };
  }>('POST', '/session', { capabilities: { alwaysMatch } });
  const at = `/session/${sessionId}`;
  const evaluate: Browser['evaluate'] = (work, ...args) =>
    call('POST', `${at}/execute/sync`, { script: `return (${work}).apply(null, arguments)`, args });
  const frame = await evaluate(() => [outerWidth - innerWidth, outerHeight - innerHeight] as const);
  const rect = { x: 0, y: 0, width: VIEWPORT.width + frame[0], height: VIEWPORT.height + frame[1] };
  await call('POST', `${at}/window/rect`, rect);
  return {
    name: `${capabilities.browserName} ${capabilities.browserVersion}`,
    evaluate,
    async goto(url) {
      await call('POST', `${at}/url`, { url });
      // The page's modules are fetched after this: their first error is seen already.
      for (const start = Date.now(); ; await pause(5)) {
        if ((await evaluate(() => location.href)) === url) break;
        if (Date.now() - start > DEADLINE_MS) throw new Error(`${url} does not open`);
      }
      await evaluate(watchErrors);
    },
    async click(x, y) {
      const actions = [
        { type: 'pointerMove', x: Math.round(x), y: Math.round(y) },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ];
      await call('POST', `${at}/actions`, { actions: [{ type: 'pointer', id: 'mouse', actions }] });
    },
    errors: () => evaluate(() => window.seenErrors ?? ['the errors of the page were not watched']),
    async close() {
      await call('DELETE', at, undefined).catch(() => {});
      end();
    },
  };
}
