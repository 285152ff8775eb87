/** Sentences of engines that say nothing to a user, and what they mean. */
const MEANINGS: readonly (readonly [RegExp, string])[] = [
  [/call stack|too much recursion/i, 'it is too long or too deeply nested for this device'],
  [
    /out of memory|array buffer|invalid (?:typed )?array length|invalid string length|string longer than|allocation (?:failed|size)/i,
    'this device has not enough memory for it',
  ],
  [/failed to fetch|networkerror|load failed/i, 'there is no answer: the connection may be gone'],
  [/^ENOSPC\b/, 'the disk is full'],
  [/^EDQUOT\b/, 'the quota of this disk is used up'],
  [/^(?:EACCES|EPERM|EROFS)\b/, 'writing or reading there is not allowed'],
  [/^ENOENT\b/, 'there is no such file or folder'],
  [/^EISDIR\b/, 'that is a folder'],
];

/** Words of an engine about a slip in a program. */
const SLIP =
  /cannot (?:read|set) propert|(?:undefined|null) is not|is not (?:a function|iterable|an object|defined|a constructor)|(?:is|of) (?:undefined|null)\b|before initialization/i;

/** Reason of a failure, to follow a colon: words of an engine or a disk become those of a user. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const meaning = MEANINGS.find(([words]) => words.test(message))?.[1];
  if (meaning) return meaning;
  return SLIP.test(message) ? `Braggscape has a fault there (${message})` : message;
}
