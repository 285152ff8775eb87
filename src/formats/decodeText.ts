import { strFromU8 } from 'fflate';

/**
 * Bytes to text: UTF-16 by its byte-order mark, else UTF-8, and where that fails Latin-1, in which old programs wrote
 * "Å" and "°".
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16(bytes, 1);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16(bytes, 0);
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const rest = bytes.subarray(start);
  const text = strFromU8(rest);
  return replaced(text) > spelt(rest) ? strFromU8(rest, true) : text;
}

/** Number of replacement characters of a text; they stand for what is no UTF-8, ... */
function replaced(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) count++;
  return count;
}

/** ... but for those that the bytes spell out. */
function spelt(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(0xef); at >= 0; at = bytes.indexOf(0xef, at + 1))
    if (bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd) count++;
  return count;
}

const PIECE = 8192;

/** @param high which byte of a pair is the higher one */
function utf16(bytes: Uint8Array, high: 0 | 1): string {
  const count = (bytes.length - 2) >> 1;
  const units = new Uint16Array(count);
  for (let i = 0; i < count; i++) {
    const at = 2 + 2 * i;
    units[i] = (bytes[at + high]! << 8) | bytes[at + 1 - high]!;
  }
  // In pieces: one call of fromCharCode with a whole file would overflow the stack.
  let text = '';
  for (let at = 0; at < count; at += PIECE) text += String.fromCharCode(...units.subarray(at, at + PIECE));
  return text;
}
