import { describe, expect, it } from 'vitest';
import { complexFft, type GridShape, realFft } from '../../src/num/fft.ts';
import { isSmooth, nextSmooth } from '../../src/num/fftLines.ts';
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

const TIGHT = { relative: 1e-12, absolute: 2e-13 };
const LENGTHS = Array.from({ length: 60 }, (_, i) => i + 1).filter(isSmooth);
const SHAPES: GridShape[] = [
  [4, 5, 6],
  [5, 3, 9],
  [3, 4, 1],
  [1, 1, 8],
  [2, 9, 10],
  [8, 8, 8],
  [15, 2, 5],
];

describe('lengths', () => {
  it('are products of 2, 3 and 5', () => {
    expect(LENGTHS.filter(n => n >= 4)).toEqual([
      4, 5, 6, 8, 9, 10, 12, 15, 16, 18, 20, 24, 25, 27, 30, 32, 36, 40, 45, 48, 50, 54, 60,
    ]);
    expect([7, 11, 31, 61, 0.5].map(nextSmooth)).toEqual([8, 12, 32, 64, 1]);
  });

  it('of any other kind are refused by name', () => {
    expect(() => realFft([8, 14, 8])).toThrow('length 14');
    expect(() => complexFft([4, 4, 2.5])).toThrow('length 2.5');
  });
});

describe('complex transform', () => {
  it.each(LENGTHS)('of length %i equals the direct sum along every axis', n => {
    const [re, im] = [noise(n, n), noise(n, 100 + n)];
    const expected = directDft([n, 1, 1], re, im);
    for (const shape of [
      [n, 1, 1],
      [1, n, 1],
      [1, 1, n],
    ] as GridShape[]) {
      const [r, i] = [re.slice(), im.slice()];
      complexFft(shape).forward(r, i);
      expectClose(r, expected[0], TIGHT, `real part, ${shape}`);
      expectClose(i, expected[1], TIGHT, `imaginary part, ${shape}`);
    }
  });

  it.each(SHAPES)('of a %i × %i × %i grid equals the direct sum, and its inverse undoes it', (...shape) => {
    const size = shape[0] * shape[1] * shape[2];
    const [re, im] = [noise(size, 1), noise(size, 2)];
    const expected = directDft(shape, re, im);
    const fft = complexFft(shape);
    const [r, i] = [re.slice(), im.slice()];
    fft.forward(r, i);
    expectClose(r, expected[0], { ...TIGHT, absolute: 1e-12 }, 'real part');
    expectClose(i, expected[1], { ...TIGHT, absolute: 1e-12 }, 'imaginary part');
    fft.inverse(r, i);
    expectClose(
      r.map(v => v / size),
      re,
      TIGHT,
      'real part back',
    );
    expectClose(
      i.map(v => v / size),
      im,
      TIGHT,
      'imaginary part back',
    );
  });
});

describe('real transform', () => {
  it.each([
    ...SHAPES,
    ...LENGTHS.map((n): GridShape => [1, 2, n]),
    ...LENGTHS.map((n): GridShape => [2, n, 3]),
  ])('of a %i × %i × %i grid is the half of the complex one, and its inverse undoes it', (...shape) => {
    const [nx, ny, nz] = shape;
    const size = nx * ny * nz;
    const map = noise(size, 3);
    const [fullRe, fullIm] = [map.slice(), new Float64Array(size)];
    complexFft(shape).forward(fullRe, fullIm);
    const fft = realFft(shape);
    const [re, im] = [new Float64Array(fft.spectrumSize), new Float64Array(fft.spectrumSize)];
    fft.forward(map, re, im);
    const half = (full: Float64Array): Float64Array =>
      Float64Array.from(
        { length: fft.spectrumSize },
        (_, i) => full[Math.floor(i / fft.halfLength) * nz + (i % fft.halfLength)]!,
      );
    expectClose(re, half(fullRe), { ...TIGHT, absolute: 1e-12 }, 'real part');
    expectClose(im, half(fullIm), { ...TIGHT, absolute: 1e-12 }, 'imaginary part');
    const back = new Float64Array(size);
    fft.inverse(re, im, back);
    expectClose(
      back.map(v => v / size),
      map,
      TIGHT,
      'map back',
    );
  });
});
