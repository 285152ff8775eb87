import { latticeMatrix } from '../crystal/cell.ts';
import type { DensityGrid } from './densityGrid.ts';

/** A triangle mesh, every vertex once; angstrom, Cartesian, a along x and b in the xy plane. */
export interface Isosurface {
  /** [vertices * 3] */
  readonly positions: Float32Array;
  /** Unit vectors down the gradient, out of the dense side [vertices * 3]. */
  readonly normals: Float32Array;
  /** [triangles * 3], anticlockwise seen from the thin side. */
  readonly indices: Uint32Array;
}

/*
 * Marching tetrahedra (Doi & Koide, IEICE Trans. E74, 214, 1991) on the six tetrahedra of each box that share its
 * diagonal (Kuhn): corners 0, e_p, e_p + e_q, e_p + e_q + e_r for every order (p, q, r) of the axes. Neighbouring boxes
 * cut their common face alike, so the surface has no cracks and no ambiguous cases. A corner is a number 0–7 whose bits
 * 4, 2, 1 are the steps along x, y, z.
 */
const TETRAHEDRA: readonly { readonly corners: readonly number[]; readonly even: boolean }[] = [
  { corners: [0, 4, 6, 7], even: true },
  { corners: [0, 2, 3, 7], even: true },
  { corners: [0, 1, 5, 7], even: true },
  { corners: [0, 4, 5, 7], even: false },
  { corners: [0, 2, 6, 7], even: false },
  { corners: [0, 1, 3, 7], even: false },
];

/**
 * Triangles of a positively oriented tetrahedron by which of its corners are dense (bits 1, 2, 4, 8 for corners 0–3):
 * flat triples of edges, an edge as the two corners it joins, anticlockwise from the thin side. With one corner i dense
 * and (i, j, k, l) an even order it is (ij, ik, il), the other way round when only i is thin; with i and j dense the
 * quadrilateral ik, il, jl, jk.
 */
function trianglesOf(mask: number): [number, number][] {
  const dense = [0, 1, 2, 3].filter(corner => mask & (1 << corner));
  const thin = [0, 1, 2, 3].filter(corner => !dense.includes(corner));
  const order = dense.length === 3 ? [...thin, ...dense] : [...dense, ...thin];
  // An odd order is made even by exchanging its last two, which are always of one kind.
  if (isOdd(order)) [order[2], order[3]] = [order[3]!, order[2]!];
  const [i, j, k, l] = order as [number, number, number, number];
  if (dense.length === 1)
    return [
      [i, j],
      [i, k],
      [i, l],
    ];
  if (dense.length === 3)
    return [
      [i, j],
      [i, l],
      [i, k],
    ];
  if (dense.length === 2)
    return [
      [i, k],
      [i, l],
      [j, l],
      [i, k],
      [j, l],
      [j, k],
    ];
  return [];
}

/** The same for the six tetrahedra of a box [6 * 16]: flat triples of edges as lower corner · 8 + direction 1–7. */
const CASES: readonly Uint8Array[] = TETRAHEDRA.flatMap(({ corners, even }) =>
  Array.from({ length: 16 }, (_, mask) => {
    const edges = trianglesOf(mask).map(([p, q]) => {
      const [from, to] = [corners[p]!, corners[q]!];
      return Math.min(from, to) * 8 + (from ^ to);
    });
    return Uint8Array.from(
      edges,
      (_edge, e) => edges[even || e % 3 === 0 ? e : e % 3 === 1 ? e + 1 : e - 1]!,
    );
  }),
);

function isOdd(order: readonly number[]): boolean {
  let inversions = 0;
  for (let p = 0; p < order.length; p++)
    for (let q = p + 1; q < order.length; q++) if (order[p]! > order[q]!) inversions++;
  return inversions % 2 === 1;
}

/** The periodic map with its near faces repeated on the far side [(nx + 1) * (ny + 1) * (nz + 1)]. */
function padded({ shape: [nx, ny, nz], values }: DensityGrid): Float64Array {
  const out = new Float64Array((nx + 1) * (ny + 1) * (nz + 1));
  let to = 0;
  for (let i = 0; i <= nx; i++)
    for (let j = 0; j <= ny; j++) {
      const row = ((i % nx) * ny + (j % ny)) * nz;
      for (let k = 0; k < nz; k++) out[to++] = values[row + k]!;
      out[to++] = values[row]!;
    }
  return out;
}

/**
 * The surface ρ = level over one unit cell, faces included. The map is periodic: the far faces repeat the near ones,
 * and a surface that leaves the cell is cut open there.
 */
export function isosurface(grid: DensityGrid, level: number): Isosurface {
  const [nx, ny, nz] = grid.shape;
  const values = padded(grid);
  const [strideX, strideY] = [(ny + 1) * (nz + 1), nz + 1];
  const lattice = latticeMatrix(grid.cell);
  const positions: number[] = [];
  const normals: number[] = [];
  const indices: number[] = [];
  // A point owns the seven edges that leave it upwards.
  const vertexOf = new Int32Array(7 * values.length).fill(-1);
  const offsets = Int32Array.from(
    { length: 8 },
    (_, corner) => (corner >> 2) * strideX + ((corner >> 1) & 1) * strideY + (corner & 1),
  );

  /** Central difference along one axis, per unit fraction; `i` of n is the point's place, `stride` its step. */
  const slope = (at: number, i: number, n: number, stride: number): number => {
    const after = i === n ? at + (1 - n) * stride : at + stride;
    const before = i === 0 ? at + (n - 1) * stride : at - stride;
    return 0.5 * n * (values[after]! - values[before]!);
  };

  /** Makes the vertex on the edge from point (a, b, c) in a direction. */
  const addVertex = (a: number, b: number, c: number, direction: number): number => {
    const da = direction >> 2;
    const db = (direction >> 1) & 1;
    const dc = direction & 1;
    const from = a * strideX + b * strideY + c;
    const to = from + offsets[direction]!;
    const t = (level - values[from]!) / (values[to]! - values[from]!);
    const x = (a + t * da) / nx;
    const y = (b + t * db) / ny;
    const z = (c + t * dc) / nz;
    positions.push(
      lattice[0]! * x + lattice[1]! * y + lattice[2]! * z,
      lattice[4]! * y + lattice[5]! * z,
      lattice[8]! * z,
    );
    const fx = (1 - t) * slope(from, a, nx, strideX) + t * slope(to, a + da, nx, strideX);
    const fy = (1 - t) * slope(from, b, ny, strideY) + t * slope(to, b + db, ny, strideY);
    const fz = (1 - t) * slope(from, c, nz, 1) + t * slope(to, c + dc, nz, 1);
    // Lᵀ ∇_cart = ∇_fract with L upper triangular
    const gx = fx / lattice[0]!;
    const gy = (fy - lattice[1]! * gx) / lattice[4]!;
    const gz = (fz - lattice[2]! * gx - lattice[5]! * gy) / lattice[8]!;
    const size = Math.sqrt(gx * gx + gy * gy + gz * gz) || 1;
    normals.push(-gx / size, -gy / size, -gz / size);
    return positions.length / 3 - 1;
  };

  for (let i = 0; i < nx; i++)
    for (let j = 0; j < ny; j++)
      for (let k = 0; k < nz; k++) {
        const origin = i * strideX + j * strideY + k;
        let dense = 0;
        for (let corner = 0; corner < 8; corner++)
          if (values[origin + offsets[corner]!]! >= level) dense |= 1 << corner;
        if (dense === 0 || dense === 255) continue;
        for (let n = 0; n < 6; n++) {
          const { corners } = TETRAHEDRA[n]!;
          let mask = 0;
          for (let m = 0; m < 4; m++) mask |= ((dense >> corners[m]!) & 1) << m;
          const edges = CASES[16 * n + mask]!;
          for (let e = 0; e < edges.length; e++) {
            const low = edges[e]! >> 3;
            const direction = edges[e]! & 7;
            const slot = 7 * (origin + offsets[low]!) + direction - 1;
            if (vertexOf[slot]! < 0)
              vertexOf[slot] = addVertex(i + (low >> 2), j + ((low >> 1) & 1), k + (low & 1), direction);
            indices.push(vertexOf[slot]!);
          }
        }
      }
  return {
    positions: Float32Array.from(positions),
    normals: Float32Array.from(normals),
    indices: Uint32Array.from(indices),
  };
}
