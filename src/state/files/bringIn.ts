import { isAbort } from '../../engine/engine.ts';
import { pagePool } from '../../engine/pool.ts';
import { MOST_BYTES } from '../../formats/limits.ts';
import type { OpenedFile } from '../../formats/openedFile.ts';
import { reasonOf } from '../../num/reasonOf.ts';
import { incoming } from './incoming.ts';
import { reading } from './reading.ts';

const megabytes = (bytes: number): string => `${Math.max(1, Math.round(bytes / 1024 / 1024))} MB`;

/** Reads files in a thread, one after the other; each waits in the queue for the user. Never rejects. */
export async function bringIn(files: readonly File[]): Promise<void> {
  for (const [i, file] of files.entries()) {
    const { name, size } = file;
    incoming.set({ reading: name });
    let opened: OpenedFile;
    try {
      if (size > MOST_BYTES) throw new Error(`the file has more than ${megabytes(MOST_BYTES)}`);
      const place = files.length > 1 ? `, file ${i + 1} of ${files.length}` : '';
      opened = await reading(`${name} (${megabytes(size)})${place}`, signal =>
        pagePool().call('files', 'open', null, { file, name }, { signal, solid: true }),
      );
    } catch (error) {
      // the user wants neither this one nor those behind it
      if (isAbort(error)) break;
      opened = { kind: 'refused', name, messages: [`${name}: ${reasonOf(error)}`] };
    }
    incoming.set(({ queue }) => ({ queue: [...queue, opened] }));
  }
  incoming.set({ reading: null });
}
