import { describe, expect, it } from 'vitest';
import { type GridShape, realFft, transformLength } from '../../src/num/fft.ts';
import { seededRng } from '../../src/num/rng.ts';
import { expectClose } from '../support/expectClose.ts';

const noise = (length: number, seed: number): Float64Array => {
  const rng = seededRng(seed);
  return Float64Array.from({ length }, () => rng.normal());
};

/** Σ x(j) exp(−2πi (h j/nx + k m/ny + l n/nz)), one output at a time. */
function directDft(
  [nx, ny, nz]: GridShape,
  re: Float64Array,
  im: Float64Array,
): [Float64Array, Float64Array] {
  const outRe = new Float64Array(re.length);
  const outIm = new Float64Array(re.length);
  for (let to = 0; to < re.length; to++) {
    const [h, k, l] = [Math.floor(to / (ny * nz)), Math.floor(to / nz) % ny, to % nz];
    for (let from = 0; from < re.length; from++) {
      const [x, y, z] = [Math.floor(from / (ny * nz)), Math.floor(from / nz) % ny, from % nz];
      const phase = -2 * Math.PI * (((h * x) % nx) / nx + ((k * y) % ny) / ny + ((l * z) % nz) / nz);
      const [c, s] = [Math.cos(phase), Math.sin(phase)];
      outRe[to]! += re[from]! * c - im[from]! * s;
      outIm[to]! += re[from]! * s + im[from]! * c;
    }
  }
  return [outRe, outIm];
}

const TIGHT = { relative: 1e-12, absolute: 1e-12 };
const SHAPES: GridShape[] = [
  [2, 2, 2],
  [4, 8, 2],
  [2, 4, 16],
  [8, 8, 8],
  [32, 2, 4],
  [2, 64, 2],
  [4, 2, 128],
];

describe('lengths', () => {
  it('are powers of two', () => {
    expect([0.5, 2, 3, 7, 16, 31.5, 33, 128].map(transformLength)).toEqual([2, 2, 4, 8, 16, 32, 64, 128]);
  });

  it('of any other kind are refused by name', () => {
    expect(() => realFft([8, 14, 8])).toThrow('length 14');
    expect(() => realFft([4, 4, 2.5])).toThrow('length 2.5');
    expect(() => realFft([1, 4, 4])).toThrow('length 1');
  });
});

describe('real transform', () => {
  it.each(SHAPES)(
    'of a %i × %i × %i grid is the half of the direct sum, and its inverse undoes it',
    (...shape) => {
      const nz = shape[2];
      const size = shape[0] * shape[1] * nz;
      const map = noise(size, 3);
      const [fullRe, fullIm] = directDft(shape, map, new Float64Array(size));
      const fft = realFft(shape);
      const [re, im] = [new Float64Array(fft.spectrumSize), new Float64Array(fft.spectrumSize)];
      fft.forward(map, re, im);
      const half = (full: Float64Array): Float64Array =>
        Float64Array.from(
          { length: fft.spectrumSize },
          (_, i) => full[Math.floor(i / fft.halfLength) * nz + (i % fft.halfLength)]!,
        );
      expectClose(re, half(fullRe), TIGHT, 'real part');
      expectClose(im, half(fullIm), TIGHT, 'imaginary part');
      const back = new Float64Array(size);
      fft.inverse(re, im, back);
      expectClose(
        back.map(v => v / size),
        map,
        TIGHT,
        'map back',
      );
    },
  );
});
