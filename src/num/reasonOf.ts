/** Words of engines, browsers and disks that say nothing to a user, and what they mean. */
const MEANINGS: readonly (readonly [RegExp, string])[] = [
  [
    /Maximum call stack size exceeded\.?|too much recursion|call stack size exceeded\.?/i,
    'it is too long or too deeply nested for this device',
  ],
  [
    /Array buffer allocation failed|Invalid array buffer length|Invalid (?:typed )?array length(?:: \d+)?|Invalid string length|Cannot create a string longer than \w+ characters|allocation size overflow|out of memory/i,
    'this device has not enough memory for it',
  ],
  [
    /Failed to fetch dynamically imported module.*|error loading dynamically imported module.*|Importing a module script failed\.?/i,
    'a part of the page could not be fetched; the connection may be gone, or a new version has replaced this one',
  ],
  [
    /Failed to fetch|NetworkError when attempting to fetch resource\.?|Load failed/,
    'there is no answer; the connection may be gone',
  ],
  [/ENOSPC: .*/, 'the disk is full'],
  [/EDQUOT: .*/, 'the quota of the disk is used up'],
  [/EFBIG: .*/, 'the disk takes no file that large'],
  [/(?:EACCES|EPERM|EROFS): .*/, 'that is not allowed there'],
  [/ENOENT: .*/, 'there is no such file or folder'],
  [/EISDIR: .*/, 'that is a folder'],
];

/** Words of an engine about a slip in a program. */
const SLIP =
  /Cannot (?:read|set) propert|can't access property|undefined is not an object|Cannot access '| is not (?:a function|iterable|defined|a constructor)\b|requires \.{3}iterable|(?:is|of) undefined\b/;

/** A text in which words of engines, browsers and disks are those of a user. */
export function plainWords(text: string): string {
  const plain = MEANINGS.reduce((sentence, [words, meaning]) => sentence.replace(words, meaning), text);
  const at = plain.search(SLIP);
  if (at < 0) return plain;
  const colon = plain.lastIndexOf(': ', at);
  const from = colon < 0 ? 0 : colon + 2;
  return `${plain.slice(0, from)}Braggscape has a fault there (${plain.slice(from)})`;
}

/** Reason of a failure, to follow a colon. */
export const reasonOf = (error: unknown): string =>
  plainWords(error instanceof Error ? error.message : String(error));
