import type { SymmetryOperator } from '../crystal/symmetry.ts';
import { type Placed, siteImages } from './freeCoordinates.ts';
import type { ModelParameter } from './parameter.ts';
import { slotsOf } from './slots.ts';

/** A line p·x + q·y = c of a pair of parameters, or a point, on which a site lies on a symmetry element that it is off elsewhere. */
export type SpecialPosition =
  | {
      readonly kind: 'line';
      /** E.g. "x = 1/4", "x = y". */
      readonly label: string;
      readonly p: number;
      readonly q: number;
      readonly c: number;
    }
  | { readonly kind: 'point'; readonly label: string; readonly x: number; readonly y: number };

/** Fractions agree to this much: coordinates of files have four decimals or more. */
const SAME = 2e-4;

/**
 * Where the symmetry of a site rises as two parameters move it: an operator (R, t) holds it in place where
 * (R − 1)(r + u d + v e) + t is a whole number of cells, three equations in u and v. Those that hold everywhere are the
 * symmetry that the site has; the others hold on lines or at points. Within the limits of the coordinates.
 *
 * An atom that moves alone keeps only the operators that hold it in place in the crystal as given: the other atoms are
 * symmetric under no more.
 */
export function specialPositions(
  operators: readonly SymmetryOperator[],
  crystal: Placed,
  x: ModelParameter,
  y: ModelParameter,
): SpecialPosition[] {
  const { sites } = crystal;
  const { fract } = slotsOf(sites);
  const axes = [x, y].filter(({ period }) => period !== null);
  if (axes.length === 0) return [];
  const siteOf = ({ moves }: ModelParameter): number => Math.floor((moves[0]!.slot - fract) / 3);
  const images = siteImages(operators, crystal);
  const alone = axes.filter(({ group }) => group === 'atom').map(siteOf);
  const left = operators.filter((_, g) => alone.every(j => images[g * sites.length + j] === j));
  const names = axisNames(x, y);
  const lines = new Map<string, SpecialPosition>();
  const points = new Map<string, Extract<SpecialPosition, { kind: 'point' }>>();
  for (const j of new Set(axes.map(siteOf))) {
    const along = (axis: ModelParameter): number[] =>
      [0, 1, 2].map(i => axis.moves.find(({ slot }) => slot === fract + 3 * j + i)?.factor ?? 0);
    const [d, e, r] = [along(x), along(y), sites[j]!.fract];
    for (const { rotation, translation } of left) {
      const moved = (v: readonly number[], i: number): number =>
        rotation[3 * i]! * v[0]! + rotation[3 * i + 1]! * v[1]! + rotation[3 * i + 2]! * v[2]! - v[i]!;
      // a x + b y = c modulo 1
      const rows = [0, 1, 2].map((i): Row => {
        const [a, b] = [tidy(moved(d, i)), tidy(moved(e, i))];
        return { a, b, c: a * x.value + b * y.value - moved(r, i) - translation[i]! };
      });
      const [first, second] = independent(rows);
      if (!first) continue;
      for (const c of values(first, x, y)) {
        if (!second) {
          if (!rows.every(row => holdsOn(row, first, c))) continue;
          const line = lineOf(first.a, first.b, c, names);
          lines.set(line.label, line);
        } else
          for (const c2 of values(second, x, y)) {
            const det = first.a * second.b - first.b * second.a;
            const px = (c * second.b - first.b * c2) / det;
            const py = (first.a * c2 - c * second.a) / det;
            if (!inside(px, x) || !inside(py, y)) continue;
            if (!rows.every(row => isWhole(row.a * px + row.b * py - row.c))) continue;
            const label = `${names[0]} = ${fraction(px)}, ${names[1]} = ${fraction(py)}`;
            points.set(label, { kind: 'point', label, x: px, y: py });
          }
      }
    }
  }
  const onLine = (point: { x: number; y: number }): boolean =>
    [...lines.values()].some(
      line => line.kind === 'line' && Math.abs(line.p * point.x + line.q * point.y - line.c) < SAME,
    );
  return [...lines.values(), ...[...points.values()].filter(point => !onLine(point))];
}

/** a x + b y = c modulo 1. */
interface Row {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

const tidy = (value: number): number => (Math.abs(value) < 1e-9 ? 0 : value);
const isWhole = (value: number): boolean => Math.abs(value - Math.round(value)) < SAME;
const inside = (value: number, { limits: [low, high] }: ModelParameter): boolean =>
  value >= low - SAME && value <= high + SAME;

/** The row whose lines are the fewest, and one across it; none where no row says anything of x and y. */
function independent(rows: readonly Row[]): readonly [Row | undefined, Row | undefined] {
  const size = ({ a, b }: Row): number => Math.hypot(a, b);
  const [first, ...others] = rows.filter(row => size(row) > 0).sort((p, q) => size(p) - size(q));
  return [first, first && others.find(({ a, b }) => Math.abs(first.a * b - first.b * a) > 1e-9)];
}

/** Right-hand sides of a row, the whole numbers added, whose lines meet the limits. */
function values({ a, b, c }: Row, x: ModelParameter, y: ModelParameter): number[] {
  const reach = [x, y].map(({ limits }, i) => limits.map(limit => (i ? b : a) * limit));
  const low = Math.min(...reach[0]!) + Math.min(...reach[1]!);
  const high = Math.max(...reach[0]!) + Math.max(...reach[1]!);
  const from = Math.ceil(low - c - SAME);
  return Array.from({ length: Math.max(0, Math.floor(high - c + SAME) - from + 1) }, (_, n) => c + from + n);
}

/** True where a row holds on all of the line first.a x + first.b y = c. */
function holdsOn(row: Row, first: Row, c: number): boolean {
  const share = (row.a * first.a + row.b * first.b) / (first.a ** 2 + first.b ** 2);
  return isWhole(share * c - row.c);
}

/** Letters of two axes, with the atom where both have the same. */
function axisNames(x: ModelParameter, y: ModelParameter): readonly [string, string] {
  const letter = ({ id }: ModelParameter): string => id.split('.')[0]!;
  const same = letter(x) === letter(y);
  const name = (axis: ModelParameter): string =>
    same ? `${letter(axis)}(${axis.id.slice(letter(axis).length + 1)})` : letter(axis);
  return [name(x), name(y)];
}

function lineOf(
  a: number,
  b: number,
  c: number,
  [x, y]: readonly [string, string],
): Extract<SpecialPosition, { kind: 'line' }> {
  // the larger of the two is 1
  const by = Math.abs(a) > Math.abs(b) - 1e-9 ? a : b;
  const [p, q, right] = [tidy(a / by), tidy(b / by), tidy(c / by)];
  const line = (label: string) => ({ kind: 'line', label, p, q, c: right }) as const;
  if (q === 0) return line(`${x} = ${fraction(right)}`);
  if (p === 0) return line(`${y} = ${fraction(right)}`);
  const shift = Math.abs(right) < SAME ? '' : ` ${right < 0 ? '−' : '+'} ${fraction(Math.abs(right))}`;
  const times = (factor: number, name: string): string =>
    `${Math.abs(Math.abs(factor) - 1) < 1e-9 ? '' : fraction(Math.abs(factor))}${name}`;
  const [lead, other, factor] = p === 1 ? [x, y, -q] : [y, x, -p];
  return line(
    factor < 0
      ? `${lead} + ${times(factor, other)} = ${fraction(right)}`
      : `${lead} = ${times(factor, other)}${shift}`,
  );
}

/** "1/4", "−2/3", or four decimals where it is no fraction of a special position. */
function fraction(value: number): string {
  const size = Math.abs(value);
  const sign = value < -SAME ? '−' : '';
  for (const over of [1, 2, 3, 4, 6, 8, 12, 16, 24]) {
    const top = Math.round(size * over);
    if (Math.abs(size - top / over) < SAME) return over === 1 ? `${sign}${top}` : `${sign}${top}/${over}`;
  }
  return `${sign}${size.toFixed(4)}`;
}
