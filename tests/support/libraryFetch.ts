import { vi } from 'vitest';
import { LIBRARY } from '../../src/crystal/library.ts';
import { crystalJson } from '../../src/hosting/builtInCrystals.ts';

/** Lets the page fetch the crystals of the library, and nothing else. */
export function stubLibraryFetch(): void {
  vi.stubGlobal('document', { baseURI: 'http://localhost/' });
  vi.stubGlobal('fetch', async (address: URL, { signal }: { signal?: AbortSignal } = {}) => {
    signal?.throwIfAborted();
    const entry = LIBRARY.find(({ json }) => address.pathname.endsWith(`/structures/${json}`));
    return entry ? new Response(crystalJson(entry.file)) : new Response('', { status: 404 });
  });
}
