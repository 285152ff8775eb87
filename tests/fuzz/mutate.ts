import { strToU8 } from 'fflate';
import { type Rng, seededRng } from '../../src/num/rng.ts';

/** Pieces that readers stumble over. */
const WORDS = [
  '',
  ' ',
  '\n',
  '\r',
  ';',
  '\n;',
  "'",
  '"',
  '#',
  '?',
  '.',
  ',',
  '(',
  ')',
  '-',
  '+',
  '/',
  '0',
  '-1',
  '1e999',
  '1e-999',
  'NaN',
  'Infinity',
  '99999999999',
  '0x10',
  'data_',
  'loop_',
  'save_',
  '_cell_length_a',
  '_atom_site_fract_x',
  'x,y,z',
  '1/0',
  '<',
  '>',
  '</',
  '<!--',
  ']]>',
  '<![CDATA[',
  '&lt;',
  '&#0;',
  '<positions axis="2Theta">',
  '*RAS_INT_START',
  '*RAS_INT_END',
  'RAW1.01',
  'RAW4.00',
  '{',
  '}',
  '[',
  ']',
  '":',
  '__proto__',
  'null',
  '\u0000',
  '\ufeff',
  '𝔘',
  'é',
].map(word => strToU8(word));

const EXTREMES = [0, 1, 0x7f, 0x80, 0xff];

/** A file with one to eight pieces cut, doubled, moved, replaced or made extreme; the same for the same seed. */
export function mutated(seeds: readonly Uint8Array[], seed: number): Uint8Array {
  const rng = seededRng(seed);
  let bytes = pick(seeds, rng);
  for (let n = 1 + below(8, rng); n > 0; n--) bytes = changed(bytes, seeds, rng);
  return bytes;
}

const below = (n: number, rng: Rng): number => Math.min(n - 1, Math.floor(rng.uniform() * n));
const pick = <T>(list: readonly T[], rng: Rng): T => list[below(list.length, rng)]!;

function changed(bytes: Uint8Array, seeds: readonly Uint8Array[], rng: Rng): Uint8Array {
  const at = below(bytes.length + 1, rng);
  const length = Math.min(bytes.length - at, below(rng.uniform() < 0.8 ? 12 : bytes.length + 1, rng));
  const [head, piece, tail] = [
    bytes.subarray(0, at),
    bytes.subarray(at, at + length),
    bytes.subarray(at + length),
  ];
  switch (below(8, rng)) {
    case 0:
      return glued(head, tail);
    case 1:
      return glued(head, piece, piece, tail);
    case 2:
      return glued(head, pick(WORDS, rng), tail);
    case 3:
      return glued(head, pick(WORDS, rng), piece, tail);
    case 4:
      return glued(
        head,
        piece.map(() => below(256, rng)),
        tail,
      );
    case 5:
      return glued(
        head,
        piece.map(() => pick(EXTREMES, rng)),
        tail,
      );
    case 6: {
      const other = pick(seeds, rng);
      const from = below(other.length + 1, rng);
      return glued(head, other.subarray(from, from + below(200, rng)), tail);
    }
    default:
      return rng.uniform() < 0.1 ? head : glued(tail, piece, head);
  }
}

/** No file grows beyond a megabyte, so that a hundred thousand of them take minutes. */
function glued(...pieces: readonly Uint8Array[]): Uint8Array {
  const size = Math.min(
    1 << 20,
    pieces.reduce((sum, piece) => sum + piece.length, 0),
  );
  const out = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    const part = piece.subarray(0, size - at);
    out.set(part, at);
    at += part.length;
  }
  return out;
}
