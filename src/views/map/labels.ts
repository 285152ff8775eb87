/** Placing words on the map so that they hide neither each other nor a marker. Pixels throughout. */
export interface LabelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const overlaps = (p: LabelBox, q: LabelBox): boolean =>
  p.x < q.x + q.width && q.x < p.x + p.width && p.y < q.y + q.height && q.y < p.y + p.height;

/** Width of a word in the map's label type: 6.1 px a letter at 11.5 px semibold, the widest of the faces used. */
export const wordBox = (text: string, centreX: number, baseline: number): LabelBox => ({
  x: centreX - text.length * 3.05 - 2,
  y: baseline - 11,
  width: text.length * 6.1 + 4,
  height: 15,
});

/** The first candidate whose box lies inside `bounds` and free of `taken`; null where all are blocked. */
export function placeWord(
  text: string,
  candidates: readonly (readonly [number, number])[],
  bounds: LabelBox,
  taken: readonly LabelBox[],
): { readonly x: number; readonly y: number; readonly box: LabelBox } | null {
  for (const [x, y] of candidates) {
    const box = wordBox(text, x, y);
    const inside =
      box.x >= bounds.x &&
      box.y >= bounds.y &&
      box.x + box.width <= bounds.x + bounds.width &&
      box.y + box.height <= bounds.y + bounds.height;
    if (inside && !taken.some(other => overlaps(box, other))) return { x, y, box };
  }
  return null;
}

/** Above and below a path at several shares of its length, the middle first. */
export function alongPath(xs: readonly number[], ys: readonly number[]): [number, number][] {
  if (xs.length === 0) return [];
  const lengths = [0];
  for (let i = 1; i < xs.length; i++)
    lengths.push(lengths[i - 1]! + Math.hypot(xs[i]! - xs[i - 1]!, ys[i]! - ys[i - 1]!));
  const total = lengths.at(-1)!;
  return [0.5, 0.35, 0.65, 0.2, 0.8, 0.95].flatMap(share => {
    const at = Math.max(
      0,
      lengths.findIndex(length => length >= share * total),
    );
    const [x, y] = [xs[at]!, ys[at]!];
    return [
      [x, y - 10],
      [x, y + 20],
      [x + 62, y + 4],
      [x - 62, y + 4],
      [x, y - 26],
      [x, y + 36],
    ] as [number, number][];
  });
}
