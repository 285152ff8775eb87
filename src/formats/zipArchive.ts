import { inflateBounded } from './fileBytes.ts';
import { excerpt, FormatError } from './result.ts';

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
/** The end record has 22 bytes and a comment of at most 65 535. */
const END_SEARCH = 22 + 65_535;

/** An entry of the central directory: where its bytes are, not yet read. */
export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly crc: number;
  /** Bytes in the archive, and those that it says to unpack to. */
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * Entries of a zip archive in the order of its central directory (PKWARE APPNOTE 4.3.12). The 64-bit kind, whose
 * directory may claim any number of entries, is not read. Throws FormatError.
 */
export function zipEntries(bytes: Uint8Array): ZipEntry[] {
  const view = viewOf(bytes);
  if (bytes.length < 26 || view.getUint32(0, true) !== LOCAL)
    throw new FormatError('the file does not begin like a zip archive');
  let end = bytes.length - 22;
  const least = Math.max(0, bytes.length - END_SEARCH);
  while (end >= least && view.getUint32(end, true) !== END) end--;
  if (end < least)
    throw new FormatError('the file is damaged: the directory at the end of the archive is missing');
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === 0xffffffff)
    throw new FormatError('the zip is of the 64-bit kind (zip64), which is not read');
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL)
      throw new FormatError(`the file is damaged: entry ${i + 1} of ${count} in its directory is unreadable`);
    const nameEnd = at + 46 + view.getUint16(at + 28, true);
    entries.push({
      // Names that are looked for are ASCII.
      name: String.fromCharCode(...bytes.subarray(at + 46, nameEnd)),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/**
 * The bytes of an entry, its checksum verified.
 * @param most bytes that it may unpack to, whatever it says itself
 */
export function entryBytes(bytes: Uint8Array, entry: ZipEntry, most: number): Uint8Array {
  const { name, method, crc, packed, size, offset } = entry;
  const view = viewOf(bytes);
  if (method !== 0 && method !== 8)
    throw new FormatError(`entry "${excerpt(name)}" is packed in a way that is not read (method ${method})`);
  const damaged = (what: string): FormatError =>
    new FormatError(`the file is damaged: entry "${excerpt(name)}" ${what}`);
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== LOCAL)
    throw damaged('does not begin where the directory says');
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packed > bytes.length) throw damaged('runs past the end of the file');
  const held = bytes.subarray(start, start + packed);
  // However little it says to unpack to, no more than that is unpacked.
  const found = method === 0 ? held : inflateBounded(held, Math.min(most, size));
  if (found?.length !== size || crc32(found) !== crc)
    throw damaged('does not agree with its size or checksum');
  return found;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** CRC-32 of ISO 3309 as zip uses it. */
export function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) c = CRC_TABLE[(c ^ bytes[i]!) & 0xff]! ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}
