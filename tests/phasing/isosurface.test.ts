import { describe, expect, it } from 'vitest';
import { type Cell, cellVolume, latticeMatrix } from '../../src/crystal/cell.ts';
import type { GridShape } from '../../src/num/fft.ts';
import { type DensityGrid, gridShape } from '../../src/phasing/densityGrid.ts';
import { type Isosurface, isosurface } from '../../src/phasing/isosurface.ts';
import { structureFactors } from '../../src/phasing/structureFactors.ts';
import { synthesise } from '../../src/phasing/synthesis.ts';
import { libraryStructure } from '../support/library.ts';

/** exp(−r²/2) around the middle of the cell, r in angstrom. */
function ball(cell: Cell, shape: GridShape): DensityGrid {
  const l = latticeMatrix(cell);
  const [nx, ny, nz] = shape;
  const values = Float64Array.from({ length: nx * ny * nz }, (_, at) => {
    const [x, y, z] = [
      Math.floor(at / (ny * nz)) / nx - 0.5,
      (Math.floor(at / nz) % ny) / ny - 0.5,
      (at % nz) / nz - 0.5,
    ];
    const r2 = (l[0]! * x + l[1]! * y + l[2]! * z) ** 2 + (l[4]! * y + l[5]! * z) ** 2 + (l[8]! * z) ** 2;
    return Math.exp(-0.5 * r2);
  });
  return { cell, shape, values };
}

const corner = ({ positions, indices }: Isosurface, at: number): [number, number, number] =>
  [0, 1, 2].map(axis => positions[3 * indices[at]! + axis]!) as [number, number, number];

/** Area, and the volume inside by the divergence theorem: positive when triangles face outwards. */
function measure(surface: Isosurface): { area: number; volume: number } {
  let area = 0;
  let volume = 0;
  for (let t = 0; t < surface.indices.length; t += 3) {
    const [p, q, r] = [corner(surface, t), corner(surface, t + 1), corner(surface, t + 2)];
    const [u, v] = [q.map((x, i) => x - p[i]!), r.map((x, i) => x - p[i]!)];
    const normal = [0, 1, 2].map(i => u[(i + 1) % 3]! * v[(i + 2) % 3]! - u[(i + 2) % 3]! * v[(i + 1) % 3]!);
    area += Math.hypot(...normal) / 2;
    volume += normal.reduce((sum, x, i) => sum + x * p[i]!, 0) / 6;
  }
  return { area, volume };
}

/** Occurrences of each directed edge; a closed, consistently turned surface has each once, and its reverse once. */
function openEdges({ indices }: Isosurface): number {
  const edges = new Map<string, number>();
  for (let t = 0; t < indices.length; t += 3)
    for (let e = 0; e < 3; e++) {
      const [p, q] = [indices[t + e]!, indices[t + ((e + 1) % 3)]!];
      edges.set(`${p} ${q}`, (edges.get(`${p} ${q}`) ?? 0) + 1);
    }
  let open = 0;
  for (const [key, count] of edges) {
    const [p, q] = key.split(' ');
    if (count !== 1 || edges.get(`${q} ${p}`) !== 1) open++;
  }
  return open;
}

describe('the isosurface', () => {
  it.each([
    ['cubic', [8, 8, 8, 90, 90, 90], [32, 32, 32]],
    ['flat', [8, 9, 8, 90, 90, 90], [40, 30, 36]],
    ['skewed', [10, 11, 9, 75, 105, 115], [45, 48, 40]],
  ] as const)(
    'of a ball in a %s cell is closed, faces out, and has area and volume of the sphere',
    (_, cell, shape) => {
      const radius = 2;
      const surface = isosurface(ball(cell, shape), Math.exp(-0.5 * radius ** 2));
      expect(surface.indices.length).toBeGreaterThan(3000);
      expect(openEdges(surface)).toBe(0);
      const { area, volume } = measure(surface);
      expect(Math.abs(area / (4 * Math.PI * radius ** 2) - 1)).toBeLessThan(0.01);
      expect(Math.abs(volume / ((4 / 3) * Math.PI * radius ** 3) - 1)).toBeLessThan(0.01);
      // Euler: V − E + F = 2 for one ball
      const faces = surface.indices.length / 3;
      expect(surface.positions.length / 3 - 1.5 * faces + faces).toBe(2);
      const l = latticeMatrix(cell);
      // Linear interpolation along an edge of length e is off by at most e² |ρ''| / (8 |ρ'|), here (r² − 1)/r = 1.5; the
      // rest is the third order.
      const [p, q, r] = [1 / shape[0], 1 / shape[1], 1 / shape[2]];
      const edges = [1, 2, 3, 4, 5, 6, 7].map(bits => {
        const [x, y, z] = [(bits >> 2) * p, ((bits >> 1) & 1) * q, (bits & 1) * r];
        return Math.hypot(l[0]! * x + l[1]! * y + l[2]! * z, l[4]! * y + l[5]! * z, l[8]! * z);
      });
      const sag = 1.1 * ((Math.max(...edges) ** 2 * 1.5) / 8);
      const centre = [(l[0]! + l[1]! + l[2]!) / 2, (l[4]! + l[5]!) / 2, l[8]! / 2];
      for (let v = 0; v < surface.positions.length; v += 3) {
        const out = [0, 1, 2].map(axis => surface.positions[v + axis]! - centre[axis]!);
        const length = Math.hypot(...out);
        expect(Math.abs(length - radius)).toBeLessThan(sag);
        const cosine = out.reduce((sum, x, axis) => sum + (x / length) * surface.normals[v + axis]!, 0);
        expect(cosine).toBeGreaterThan(0.995);
      }
    },
  );

  it('stays closed where the level meets grid points exactly, and is empty beyond the range', () => {
    const grid = ball([8, 8, 8, 90, 90, 90], [16, 16, 16]);
    const level = grid.values[(8 * 16 + 8) * 16 + 11]!;
    expect(openEdges(isosurface(grid, level))).toBe(0);
    for (const beyond of [2, -1]) expect(isosurface(grid, beyond).indices.length).toBe(0);
  });

  it('repeats the near faces on the far ones', () => {
    const structure = libraryStructure('SrTiO3');
    const grid = synthesise(structureFactors(structure, 0.8), gridShape(structure.cell, 0.8, 0.2));
    const { positions } = isosurface(grid, 10);
    const a = structure.cell[0];
    const face = (axis: number, at: number): string[] =>
      Array.from({ length: positions.length / 3 }, (_, v) => Array.from(positions.subarray(3 * v, 3 * v + 3)))
        .filter(p => Math.abs(p[axis]! - at) < 1e-5)
        .map(p =>
          p
            .filter((_x, i) => i !== axis)
            .map(x => x.toFixed(4))
            .join(),
        )
        .sort();
    for (const axis of [0, 1, 2]) {
      expect(face(axis, 0).length).toBeGreaterThan(8);
      expect(face(axis, a)).toEqual(face(axis, 0));
    }
    expect(cellVolume(structure.cell)).toBeCloseTo(a ** 3, 6);
  });
});
