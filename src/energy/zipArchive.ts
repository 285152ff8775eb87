/** A file of weights that is refused; the message is a sentence for the user and says what and where. */
export class CheckpointError extends Error {}

/** Largest archive that is looked at: the published weights are 3.4 MB. */
export const LARGEST_FILE = 64 * 1024 * 1024;

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
/** The end record has 22 bytes and a comment of at most 65 535. */
const END_SEARCH = 22 + 65_535;

/** An entry of the central directory: where its bytes are, not yet read. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly size: number;
  readonly offset: number;
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Entries of a zip archive in the order of its central directory (PKWARE APPNOTE 4.3.12). Throws CheckpointError. */
export function zipEntries(bytes: Uint8Array): ZipEntry[] {
  if (bytes.length > LARGEST_FILE)
    throw new CheckpointError(
      `the file has ${Math.round(bytes.length / 1048576)} MB; weights of this kind have 3.4 MB, and 64 MB is the limit`,
    );
  const view = viewOf(bytes);
  if (bytes.length < 26 || view.getUint32(0, true) !== LOCAL)
    throw new CheckpointError('this is no PyTorch file: it does not begin like a zip archive');
  let end = bytes.length - 22;
  const least = Math.max(0, bytes.length - END_SEARCH);
  while (end >= least && view.getUint32(end, true) !== END) end--;
  if (end < least)
    throw new CheckpointError('the file is damaged: the directory at the end of the archive is missing');
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL)
      throw new CheckpointError(
        `the file is damaged: entry ${i + 1} of ${count} in its directory is unreadable`,
      );
    const nameEnd = at + 46 + view.getUint16(at + 28, true);
    entries.push({
      // Names are ASCII in every PyTorch file.
      name: String.fromCharCode(...bytes.subarray(at + 46, nameEnd)),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/**
 * The bytes of a stored entry, its checksum verified. PyTorch never compresses; an entry that claims to be compressed
 * is refused before anything is unpacked, so that no small file can swell.
 */
export function storedBytes(bytes: Uint8Array, entry: ZipEntry): Uint8Array {
  if (entry.method !== 0)
    throw new CheckpointError(
      `entry "${entry.name}" is compressed (method ${entry.method}); PyTorch stores its entries as they are`,
    );
  const view = viewOf(bytes);
  const damaged = (what: string): CheckpointError =>
    new CheckpointError(`the file is damaged: entry "${entry.name}" ${what}`);
  if (entry.offset + 30 > bytes.length || view.getUint32(entry.offset, true) !== LOCAL)
    throw damaged('does not begin where the directory says');
  const start =
    entry.offset + 30 + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true);
  if (start + entry.size > bytes.length) throw damaged('runs past the end of the file');
  const found = bytes.subarray(start, start + entry.size);
  if (crc32(found) !== entry.crc) throw damaged('does not agree with its checksum');
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
