/// <reference lib="webworker" />
/**
 * Keeps the whole page, so that it opens without a connection. Files of one build live in one cache; a new build waits
 * until no tab shows the old one, or until the user asks for it, so that a page never mixes two builds.
 */

/** Written in front of this by the build (offline.ts). */
declare const FILES: readonly string[];
declare const VERSION: string;

const scope = globalThis as unknown as ServiceWorkerGlobalScope;
const CACHE = `braggscape-${VERSION}`;
const address = (file: string): string => new URL(file, scope.registration.scope).href;

async function fill(): Promise<void> {
  const cache = await caches.open(CACHE);
  // Past the browser's own cache: a host may let it keep index.html for a while.
  await cache.addAll(FILES.map(file => new Request(address(file), { cache: 'reload' })));
}

async function takeOver(): Promise<void> {
  for (const name of await caches.keys())
    if (name.startsWith('braggscape-') && name !== CACHE) await caches.delete(name);
  await scope.clients.claim();
}

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const page = request.mode === 'navigate' ? await cache.match(address('index.html')) : undefined;
  return page ?? (await cache.match(request, { ignoreSearch: true })) ?? fetch(request);
}

scope.addEventListener('install', event => event.waitUntil(fill()));
scope.addEventListener('activate', event => event.waitUntil(takeOver()));
scope.addEventListener('message', event => {
  if (event.data === 'activate') void scope.skipWaiting();
});
scope.addEventListener('fetch', event => {
  const { request } = event;
  if (request.method === 'GET' && request.url.startsWith(scope.registration.scope))
    event.respondWith(answer(request));
});
