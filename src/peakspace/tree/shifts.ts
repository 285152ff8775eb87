import type { KernelMemory } from '../kernel/kernelMemory.ts';

/**
 * S[n * terms + j] = 2⁻ⁿ C(n, j): with the parent's coordinate ξ = (ξ_child ∓ 1)/2 of a cell's left and right half,
 * ξⁿ = Σ_j S_nj (∓1)ⁿ⁻ʲ ξ_childʲ.
 */
function binomials(terms: number): Float64Array {
  const out = new Float64Array(terms * terms);
  for (let n = 0; n < terms; n++) {
    let value = 0.5 ** n;
    for (let j = 0; j <= n; j++) {
      out[n * terms + j] = value;
      value *= (n - j) / (j + 1);
    }
  }
  return out;
}

/** Addresses of S by rows and by columns: what moves polynomials down the tree, and moments up. */
export function placeShifts(
  memory: KernelMemory,
  terms: number,
): { readonly rows: number; readonly columns: number } {
  const rows = binomials(terms);
  const columns = rows.map((_, i) => rows[(i % terms) * terms + Math.floor(i / terms)]!);
  return { rows: memory.put(rows), columns: memory.put(columns) };
}
