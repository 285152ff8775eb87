import { Gunzip } from 'fflate';
import { MOST_BYTES, MOST_RATIO } from './limits.ts';
import { FormatError } from './result.ts';

/** A file as readers want it: unpacked, with the packing taken off its name. */
export interface PlainFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly warnings: readonly string[];
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;

/** Takes gzip off, as often as it is on (at most twice), and refuses what is too large. Throws FormatError. */
export function plainFile(name: string, bytes: Uint8Array): PlainFile {
  if (bytes.length > MOST_BYTES)
    throw new FormatError(
      `the file has ${megabytes(bytes.length)}; at most ${megabytes(MOST_BYTES)} are read`,
    );
  if (bytes.length === 0) throw new FormatError('the file is empty');
  let held = bytes;
  let plain = name;
  const warnings: string[] = [];
  for (let depth = 0; depth < 2 && held[0] === 0x1f && held[1] === 0x8b; depth++) {
    held = gunzipBounded(held);
    plain = plain.replace(/\.(?:gz|gzip)$/i, '').replace(/\.tgz$/i, '.tar');
    warnings.push('unpacked from gzip');
  }
  return { name: plain, bytes: held, warnings };
}

/** Unpacks gzip piece by piece, stopping at the bound before the memory is filled. */
export function gunzipBounded(packed: Uint8Array, most = MOST_BYTES): Uint8Array {
  const limit = Math.min(most, packed.length * MOST_RATIO + 1024);
  const pieces: Uint8Array[] = [];
  let size = 0;
  let member = 0;
  const stream = new Gunzip(piece => {
    size += piece.length;
    member += piece.length;
    if (size > limit)
      throw new FormatError(`the file unpacks to more than ${megabytes(limit)} and is not read`);
    pieces.push(piece);
  });
  stream.onmember = () => {
    member = 0;
  };
  try {
    // Small pieces in, so that little can come out at once.
    for (let at = 0; at < packed.length; at += 16_384)
      stream.push(packed.subarray(at, at + 16_384), at + 16_384 >= packed.length);
  } catch (error) {
    if (error instanceof FormatError) throw error;
    throw new FormatError('the gzip data are damaged');
  }
  // The last four bytes say how long the last member is; a file that was cut off does not end with them.
  let end = packed.length;
  while (end > 18 && packed[end - 1] === 0 && sizeAt(packed, end) !== member >>> 0) end--;
  if (sizeAt(packed, end) !== member >>> 0)
    throw new FormatError('the gzip data are damaged or end too early');
  return joinedBytes(pieces, size);
}

const sizeAt = (bytes: Uint8Array, end: number): number =>
  (bytes[end - 4]! | (bytes[end - 3]! << 8) | (bytes[end - 2]! << 16) | (bytes[end - 1]! << 24)) >>> 0;

export function joinedBytes(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const out = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}
