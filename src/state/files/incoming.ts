import type { OpenedFile } from '../../formats/openedFile.ts';
import { registerSlice } from '../core/store.ts';

declare module '../core/store.ts' {
  interface Slices {
    readonly incoming: {
      /** Files that were read and wait for the user to say what to do with them; the first is on screen. */
      readonly queue: readonly OpenedFile[];
      /** Name of the one that is being read. */
      readonly reading: string | null;
    };
  }
}

export const incoming = registerSlice('incoming', { queue: [], reading: null });

/** Done with the first one. */
export const nextIncoming = (): void => incoming.set(({ queue }) => ({ queue: queue.slice(1) }));
