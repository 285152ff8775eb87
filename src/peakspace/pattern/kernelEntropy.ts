import type { LossAgainst } from '../../losses/loss.ts';
import { KernelMemory } from '../kernel/kernelMemory.ts';

const LN4 = Math.log(4);

/** A number of these bits. */
const ofBits = (bits: bigint): number => new Float64Array(BigInt64Array.of(bits).buffer)[0]!;

/** √½, where mantissas begin. */
const ROOT_HALF = 0x3fe6a09e667f3bcdn;

/** Coefficients of the logarithms of kernel/assembly/entropy.ts, in its order. */
const CONSTANTS = [
  // bits: from √½ to 1, mantissa, √½
  ofBits(0x3ff0000000000000n - ROOT_HALF),
  ofBits(0x000fffffffffffffn),
  ofBits(ROOT_HALF),
  // the last bits of a number between 2⁵² and its double are an integer, here with the bias of the exponent
  2 ** 52,
  2 ** 52 + 1023,
  // the least normal number: its logarithm stands in where there is none, times zero
  2 ** -1022,
  0.5,
  1,
  Math.LN2,
  // 2 artanh(s)/s in powers of s², the largest error of the logarithm least (Remez): 5e-15
  1.9999999999996507,
  0.6666666669975972,
  0.3999999104799527,
  0.28572464888578303,
  0.2216409403376143,
  0.1973362389974756,
];

/**
 * The entropy loss of losses/entropy.ts in WebAssembly (kernel/assembly/entropy.ts). Null where that cannot run or has no room.
 * Errors: loss 1e-12, slopes 1e-12 / ln 4 of 1 / Σ trial.
 * @param target [bins]
 */
export function kernelEntropy(target: Float64Array): LossAgainst | null {
  const memory = KernelMemory.create();
  if (!memory) return null;
  const bins = target.length;
  const pairs = Math.ceil(bins / 2);
  const places = [CONSTANTS.length, bins, bins, bins, bins].map(n => [memory.column(n), n] as const);
  // views once all are placed: growing the memory takes them away
  const [constants, share, logShare, pattern, slopes] = places.map(([at, n]) => memory.f64(at, n)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  constants.set(CONSTANTS);
  const sum = target.reduce((total, x) => total + x, 0);
  share.set(target.map(x => x / sum));
  logShare.set(share.map(p => (p > 0 ? Math.log(p) : 0)));
  const { sumOf, entropyDivergence } = memory.code;
  const loss = (trial: Float64Array, slopesAt: number): number => {
    pattern.set(trial);
    const perSum = 1 / sumOf(pairs, pattern.byteOffset);
    const given = [constants, share, logShare, pattern].map(({ byteOffset }) => byteOffset);
    return entropyDivergence(pairs, ...given, perSum, perSum / LN4, slopesAt) / LN4 - 1;
  };
  return {
    value: trial => loss(trial, 0),
    gradient(trial, out) {
      const value = loss(trial, slopes.byteOffset);
      out.set(slopes);
      return value;
    },
  };
}
