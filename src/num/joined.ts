/** Two arrays one after the other. */
export function joined(p: Float64Array, q: Float64Array): Float64Array {
  const out = new Float64Array(p.length + q.length);
  out.set(p);
  out.set(q, p.length);
  return out;
}
