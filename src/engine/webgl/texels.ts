/**
 * Layout of rows of n values in a texture no wider than the device allows: each row takes `fold` texture rows of
 * `columns` texels, and value i of row r is the texel (i mod columns, r · fold + ⌊i / columns⌋).
 */
export interface TexelLayout {
  readonly count: number;
  readonly columns: number;
  readonly fold: number;
}

export function texelLayout(count: number, widest: number): TexelLayout {
  const fold = Math.max(1, Math.ceil(count / widest));
  return { count, columns: Math.max(1, Math.ceil(count / fold)), fold };
}

/** RGBA texels, row-major [height * width * 4]. */
export interface Texels {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Empty texels for `rows` rows of a layout. */
export const texelsFor = ({ columns, fold }: TexelLayout, rows: number): Texels => ({
  width: columns,
  height: rows * fold,
  data: new Float32Array(rows * fold * columns * 4),
});

/** Offset in `data` of value i of a row. */
export const offsetOf = ({ columns, fold }: TexelLayout, row: number, i: number): number =>
  ((row * fold + Math.floor(i / columns)) * columns + (i % columns)) * 4;

/**
 * tfjs sees a texture of w × h RGBA texels as the matrix [2h, 2w]: a texel holds a 2 × 2 block, R G over B A.
 * Texels → that matrix, row-major.
 */
export function toMatrix({ width, height, data }: Texels): Float32Array {
  const out = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    const upper = 4 * y * width;
    const lower = upper + 2 * width;
    for (let x = 0; x < width; x++) {
      const at = 4 * (y * width + x);
      out[upper + 2 * x] = data[at]!;
      out[upper + 2 * x + 1] = data[at + 1]!;
      out[lower + 2 * x] = data[at + 2]!;
      out[lower + 2 * x + 1] = data[at + 3]!;
    }
  }
  return out;
}

/** The way back. */
export function fromMatrix(matrix: Float32Array, width: number, height: number): Texels {
  const data = new Float32Array(matrix.length);
  for (let y = 0; y < height; y++) {
    const upper = 4 * y * width;
    const lower = upper + 2 * width;
    for (let x = 0; x < width; x++) {
      const at = 4 * (y * width + x);
      data[at] = matrix[upper + 2 * x]!;
      data[at + 1] = matrix[upper + 2 * x + 1]!;
      data[at + 2] = matrix[lower + 2 * x]!;
      data[at + 3] = matrix[lower + 2 * x + 1]!;
    }
  }
  return { width, height, data };
}
