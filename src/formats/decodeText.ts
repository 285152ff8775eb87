/**
 * Bytes to text: UTF-16 by its byte-order mark, else UTF-8, and where that fails Latin-1, in which old programs wrote
 * "Å" and "°".
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16(bytes, 1);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16(bytes, 0);
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  return utf8(bytes, start) ?? latin1(bytes, start);
}

const PIECE = 8192;

/** Code units collected in pieces: one call of fromCharCode with a whole file would overflow the stack. */
function textOf(units: Uint16Array, count: number): string {
  let text = '';
  for (let at = 0; at < count; at += PIECE)
    text += String.fromCharCode(...units.subarray(at, Math.min(count, at + PIECE)));
  return text;
}

/** @param high which byte of a pair is the higher one */
function utf16(bytes: Uint8Array, high: 0 | 1): string {
  const count = (bytes.length - 2) >> 1;
  const units = new Uint16Array(count);
  for (let i = 0; i < count; i++) {
    const at = 2 + 2 * i;
    units[i] = (bytes[at + high]! << 8) | bytes[at + 1 - high]!;
  }
  return textOf(units, count);
}

function latin1(bytes: Uint8Array, start: number): string {
  return textOf(Uint16Array.from(bytes.subarray(start)), bytes.length - start);
}

/** Null when the bytes are not UTF-8. */
function utf8(bytes: Uint8Array, start: number): string | null {
  const units = new Uint16Array(bytes.length);
  let count = 0;
  for (let at = start; at < bytes.length; ) {
    const first = bytes[at]!;
    if (first < 0x80) {
      units[count++] = first;
      at++;
      continue;
    }
    const length =
      first >= 0xc2 && first < 0xe0
        ? 2
        : first >= 0xe0 && first < 0xf0
          ? 3
          : first >= 0xf0 && first < 0xf5
            ? 4
            : 0;
    if (length === 0 || at + length > bytes.length) return null;
    let code = first & (0xff >> (length + 1));
    for (let k = 1; k < length; k++) {
      const next = bytes[at + k]!;
      if ((next & 0xc0) !== 0x80) return null;
      code = (code << 6) | (next & 0x3f);
    }
    if (code > 0xffff) {
      units[count++] = 0xd800 + ((code - 0x10000) >> 10);
      units[count++] = 0xdc00 + ((code - 0x10000) & 0x3ff);
    } else units[count++] = code;
    at += length;
  }
  return textOf(units, count);
}
