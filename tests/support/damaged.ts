/** Copies of plain data in which one value, at any depth, is another: [path, copy]. */
export function* damaged(
  value: unknown,
  others: readonly unknown[],
): Generator<[path: string, copy: unknown]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const put = (other: unknown): unknown =>
      Array.isArray(value)
        ? value.map((item, i) => (String(i) === key ? other : item))
        : { ...value, [key]: other };
    for (const other of others) yield [key, put(other)];
    for (const [path, copy] of damaged(inner, others)) yield [`${key}.${path}`, put(copy)];
  }
}
