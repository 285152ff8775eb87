import { Gunzip, Inflate } from 'fflate';
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

/** Unpacks gzip, stopping at the bound before the memory is filled. */
export function gunzipBounded(packed: Uint8Array, most = MOST_BYTES): Uint8Array {
  let member = 0;
  const stream = new Gunzip();
  stream.onmember = () => {
    member = 0;
  };
  const limit = Math.min(most, packed.length * MOST_RATIO + 1024);
  const found = unpacked('gzip', stream, packed, limit, piece => {
    member += piece;
  });
  if (!found) throw new FormatError(`the file unpacks to more than ${megabytes(limit)} and is not read`);
  // The last four bytes say how long the last member is; a file that was cut off does not end with them.
  let end = packed.length;
  while (end > 18 && packed[end - 1] === 0 && sizeAt(packed, end) !== member >>> 0) end--;
  if (sizeAt(packed, end) !== member >>> 0)
    throw new FormatError('the gzip data are damaged or end too early');
  return found;
}

/** Unpacks bare deflate; null where that is more than the bound. */
export const inflateBounded = (packed: Uint8Array, most: number): Uint8Array | null =>
  unpacked('packed', new Inflate(), packed, most);

/** Output of a stream, null beyond the bound. Small pieces go in, so that little can come out at once. */
function unpacked(
  kind: string,
  stream: Gunzip | Inflate,
  packed: Uint8Array,
  limit: number,
  onPiece: (size: number) => void = () => {},
): Uint8Array | null {
  const pieces: Uint8Array[] = [];
  let size = 0;
  stream.ondata = piece => {
    size += piece.length;
    onPiece(piece.length);
    pieces.push(piece);
  };
  try {
    for (let at = 0; at < packed.length && size <= limit; at += 16_384)
      stream.push(packed.subarray(at, at + 16_384), at + 16_384 >= packed.length);
  } catch {
    throw new FormatError(`the ${kind} data are damaged`);
  }
  if (size > limit) return null;
  const out = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}

const sizeAt = (bytes: Uint8Array, end: number): number =>
  (bytes[end - 4]! | (bytes[end - 3]! << 8) | (bytes[end - 2]! << 16) | (bytes[end - 1]! << 24)) >>> 0;
