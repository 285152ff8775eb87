/**
 * A seed of 32 bits for a trial, from its coordinates alone, so that any subset of a plan draws the same noise: FNV-1a
 * (Fowler, Noll & Vo) over the characters, and the last mixing of MurmurHash3 (Appleby), since FNV leaves the seeds of
 * neighbouring variants close.
 */
export function trialSeed(...coordinates: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const character of coordinates.join('/')) {
    hash ^= character.codePointAt(0)!;
    hash = Math.imul(hash, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
