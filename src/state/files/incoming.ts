import type { CrystalFile } from '../../formats/crystalFile.ts';
import type { PatternFile } from '../../formats/patternFile.ts';
import { registerSlice } from '../core/store.ts';
import type { Project } from './projectFile.ts';

/** A file that was read and waits for the user to say what to do with it. */
export type IncomingFile = { readonly name: string } & (
  | { readonly kind: 'crystals'; readonly file: CrystalFile; readonly warnings: readonly string[] }
  | { readonly kind: 'scans'; readonly file: PatternFile; readonly warnings: readonly string[] }
  | { readonly kind: 'project'; readonly project: Project; readonly warnings: readonly string[] }
  | { readonly kind: 'refused'; readonly messages: readonly string[] }
);

declare module '../core/store.ts' {
  interface Slices {
    readonly incoming: {
      /** The first is on screen. */
      readonly queue: readonly IncomingFile[];
      readonly reading: string | null;
    };
  }
}

export const incoming = registerSlice('incoming', { queue: [], reading: null });

/** Done with the first one. */
export const nextIncoming = (): void => incoming.set(({ queue }) => ({ queue: queue.slice(1) }));
