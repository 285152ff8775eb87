import { deflateSync } from 'fflate';
import type { Structure } from '../../crystal/structure.ts';
import { boundedJson } from '../../formats/boundedJson.ts';
import { compactStructure, readCompactStructure } from '../../formats/compactStructure.ts';
import { inflateBounded } from '../../formats/fileBytes.ts';
import type { Result } from '../../formats/result.ts';
import { USER_FILE_LIMITS } from './userFileSettings.ts';

/** A structure as text that an address carries: compact JSON, deflated, in base64 of the letters that addresses allow. */

/** Bytes that a link's structure may unpack to: far more than its length can honestly hold. */
const MOST_UNPACKED = 200_000;

/** Null where it is too long for a link. */
export function encodeStructure(structure: Structure): string | null {
  const bytes = deflateSync(new TextEncoder().encode(JSON.stringify(compactStructure(structure))), {
    level: 9,
  });
  if (bytes.length > USER_FILE_LIMITS.data) return null;
  const text = btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
  return text.length > USER_FILE_LIMITS.data ? null : text;
}

export function decodeStructure(text: string): Result<Structure> {
  let json: string;
  try {
    const packed = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), letter =>
      letter.charCodeAt(0),
    );
    const plain = inflateBounded(packed, MOST_UNPACKED);
    if (!plain)
      return { ok: false, message: 'the structure in the link unpacks to more than a link can hold' };
    json = new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch {
    return { ok: false, message: 'the structure in the link is damaged' };
  }
  const read = boundedJson(json);
  return read.ok ? readCompactStructure(read.value) : read;
}
