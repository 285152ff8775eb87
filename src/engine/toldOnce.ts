/** A part of something that happens in steps and is the same each time: per field, the numbers of its steps in a row. */
type Steps<C> = { readonly [K in keyof C]: Float64Array };

/** Number of steps in a chunk. */
const lengthOf = (chunk: { losses: Float64Array } | { energies: Float64Array }): number =>
  ('losses' in chunk ? chunk.losses : chunk.energies).length;

/** Reports of a call that streams its steps. Made again after its thread was lost, it tells no step a second time. */
export function toldOnce<C extends Steps<C> & Parameters<typeof lengthOf>[0]>(
  take: (chunk: C) => void,
): { readonly onProgress: (chunk: C) => void; readonly onRestart: () => void } {
  let told = 0;
  let at = 0;
  return {
    onProgress: chunk => {
      const n = lengthOf(chunk);
      const known = told - at;
      at += n;
      if (known >= n) return;
      told = at;
      const rest = (values: Float64Array): Float64Array => values.subarray((known * values.length) / n);
      take(
        known > 0
          ? (Object.fromEntries(
              Object.entries<Float64Array>(chunk).map(([key, values]) => [key, rest(values)]),
            ) as unknown as C)
          : chunk,
      );
    },
    onRestart: () => {
      at = 0;
    },
  };
}
