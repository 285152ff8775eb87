import { type CrystalFile, readCrystalFile } from './crystalFile.ts';
import { type PatternFile, readPatternFile } from './patternFile.ts';
import { looksLikeProject, type Project, readProject } from './projectFile.ts';
import { type Failure, failureText } from './result.ts';

/** Contents of a file that a user opens. */
export type OpenedFile = { readonly name: string } & (
  | { readonly kind: 'crystals'; readonly file: CrystalFile; readonly warnings: readonly string[] }
  | { readonly kind: 'scans'; readonly file: PatternFile; readonly warnings: readonly string[] }
  | { readonly kind: 'project'; readonly project: Project; readonly warnings: readonly string[] }
  | { readonly kind: 'refused'; readonly messages: readonly string[] }
);

const PATTERN_NAME =
  /\.(xy|xye|csv|dat|txt|xrdml|raw|brml|ras|asc|chi|tsv|uxd|udf|cpi|rasx|gsas?|gda|xra|cwn|fxye?)(\.gz)?$/i;

/** Reads a project, crystals or a pattern, whichever it is; the name says what is tried first. */
export function readOpenedFile(name: string, bytes: Uint8Array): OpenedFile {
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

function crystals(name: string, bytes: Uint8Array): OpenedFile | Failure {
  const read = readCrystalFile(name, bytes);
  return read.ok ? { kind: 'crystals', name, file: read.value, warnings: read.warnings } : read;
}

function scans(name: string, bytes: Uint8Array): OpenedFile | Failure {
  const read = readPatternFile(name, bytes);
  return read.ok ? { kind: 'scans', name, file: read.value, warnings: read.warnings } : read;
}
