import { readCrystalFile } from '../../formats/crystalFile.ts';
import { MOST_BYTES } from '../../formats/limits.ts';
import { readPatternFile } from '../../formats/patternFile.ts';
import { type Failure, failureText } from '../../formats/result.ts';
import { type IncomingFile, incoming } from './incoming.ts';
import { looksLikeProject, readProject } from './projectFile.ts';

const PATTERN_NAME =
  /\.(xy|xye|csv|dat|txt|xrdml|raw|brml|ras|asc|chi|tsv|uxd|udf|cpi|rasx|gsas?|gda|xra|cwn|fxye?)(\.gz)?$/i;

/** Contents of a file: a project, crystals or a pattern, whichever can read it; the name says what is tried first. */
export function readIncoming(name: string, bytes: Uint8Array): IncomingFile {
  if (looksLikeProject(bytes)) {
    const read = readProject(bytes);
    return read.ok
      ? { kind: 'project', name, project: read.value, warnings: read.warnings }
      : { kind: 'refused', name, messages: [failureText(name, read)] };
  }
  const attempts = [crystals, scans];
  if (PATTERN_NAME.test(name)) attempts.reverse();
  const failures: Failure[] = [];
  for (const attempt of attempts) {
    const opened = attempt(name, bytes);
    if (!('ok' in opened)) return opened;
    failures.push(opened);
  }
  const [first, second] = failures;
  return {
    kind: 'refused',
    name,
    messages: [
      failureText(name, first!),
      `Read as ${attempts[0] === crystals ? 'a pattern' : 'a crystal'} instead: ${failureText(name, second!)}`,
    ],
  };
}

function crystals(name: string, bytes: Uint8Array): IncomingFile | Failure {
  const read = readCrystalFile(name, bytes);
  return read.ok ? { kind: 'crystals', name, file: read.value, warnings: read.warnings } : read;
}

function scans(name: string, bytes: Uint8Array): IncomingFile | Failure {
  const read = readPatternFile(name, bytes);
  return read.ok ? { kind: 'scans', name, file: read.value, warnings: read.warnings } : read;
}

/** Reads files one after the other; each waits in the queue for the user. Never rejects. */
export async function bringIn(files: readonly File[]): Promise<void> {
  for (const file of files) {
    incoming.set({ reading: file.name });
    let opened: IncomingFile;
    try {
      if (file.size > MOST_BYTES) throw new Error(`the file has more than ${MOST_BYTES / 1024 / 1024} MB`);
      opened = readIncoming(file.name, new Uint8Array(await file.arrayBuffer()));
    } catch (error) {
      opened = { kind: 'refused', name: file.name, messages: [`${file.name}: ${(error as Error).message}`] };
    }
    incoming.set(({ queue }) => ({ queue: [...queue, opened], reading: null }));
  }
}
