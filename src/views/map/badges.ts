import { insideFrame, type MapFrame } from './mapFrame.ts';

type Point = readonly [number, number];

/** Nearer than this a badge would hide what it is beside, pixels between centres. */
const CROWD = 16;
/** Distance that a badge moves aside. */
const ASIDE = 22;

/**
 * Places of numbered badges: on their minima, or aside of them, on the freest of eight sides, where a path ends, the
 * truth lies or another badge stands already.
 * @param taken points that stay uncovered, pixels
 */
export function placeBadges(frame: MapFrame, minima: readonly Point[], taken: readonly Point[]): Point[] {
  const room = (point: Point, others: readonly Point[]): number =>
    Math.min(
      Number.POSITIVE_INFINITY,
      ...others.map(other => Math.hypot(point[0] - other[0], point[1] - other[1])),
    );
  const placed: Point[] = [];
  for (const [i, minimum] of minima.entries()) {
    const others = [...taken, ...placed, ...minima.slice(i + 1)];
    if (room(minimum, others) >= CROWD) {
      placed.push(minimum);
      continue;
    }
    const sides = Array.from({ length: 8 }, (_, k): Point => {
      const angle = (-k * Math.PI) / 4 - Math.PI / 4;
      return [minimum[0] + ASIDE * Math.cos(angle), minimum[1] + ASIDE * Math.sin(angle)];
    }).filter(side => insideFrame(frame, ...side));
    const best = sides.reduce<Point | null>(
      (kept, side) => (kept === null || room(side, others) > room(kept, others) + 1e-9 ? side : kept),
      null,
    );
    placed.push(best ?? minimum);
  }
  return placed;
}
