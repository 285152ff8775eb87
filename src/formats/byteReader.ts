import { FormatError } from './result.ts';

/** Little-endian numbers and texts at places of a binary file. Reading past the end is a FormatError that says where. */
export interface ByteReader {
  readonly length: number;
  readonly uint32: (at: number) => number;
  readonly float32: (at: number) => number;
  readonly float64: (at: number) => number;
  /** Latin-1 up to the first zero byte, blanks trimmed. */
  readonly text: (at: number, length: number) => string;
}

export function byteReader(bytes: Uint8Array): ByteReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const check = (at: number, size: number): number => {
    if (!(at >= 0 && at + size <= bytes.length))
      throw new FormatError(
        `the file ends early: ${size} bytes are missing at byte ${at} of ${bytes.length}`,
      );
    return at;
  };
  return {
    length: bytes.length,
    uint32: at => view.getUint32(check(at, 4), true),
    float32: at => view.getFloat32(check(at, 4), true),
    float64: at => view.getFloat64(check(at, 8), true),
    text: (at, length) => {
      let text = '';
      check(at, length);
      for (let i = at; i < at + length && bytes[i] !== 0; i++) text += String.fromCharCode(bytes[i]!);
      return text.trim();
    },
  };
}
