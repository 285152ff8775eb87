import { vi } from 'vitest';
import { LIBRARY } from '../../src/crystal/library.ts';
import { libraryText } from './library.ts';

/** Lets the page fetch the crystals of the library, and nothing else. */
export function stubLibraryFetch(): void {
  vi.stubGlobal('document', { baseURI: 'http://localhost/' });
  vi.stubGlobal('fetch', async (address: URL, { signal }: { signal?: AbortSignal } = {}) => {
    signal?.throwIfAborted();
    const entry = LIBRARY.find(({ file }) => address.pathname.endsWith(`/structures/${file}`));
    return entry ? new Response(libraryText(entry.id)) : new Response('', { status: 404 });
  });
}
