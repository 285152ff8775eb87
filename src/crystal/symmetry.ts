import { determinant } from '../num/matrix3.ts';

/** Symmetry operators of a space group as written in CIF files: "x,y,z", "-y,x-y,z+1/3", "1/2+x,…". */
export interface SymmetryOperator {
  /** Rotation part, 3 × 3 row-major. */
  readonly rotation: readonly number[];
  readonly translation: readonly [number, number, number];
}

/** Reads an operator; null when the text is none, or a map that does not keep volumes: "x,x,z", "2x,y,z", "x+1/0,y,z". */
export function parseOperator(text: string): SymmetryOperator | null {
  const parts = text
    .replace(/['"\s]/g, '')
    .toLowerCase()
    .split(',');
  if (parts.length !== 3) return null;
  const rotation: number[] = [];
  const translation: number[] = [];
  for (const part of parts) {
    const row = [0, 0, 0];
    let shift = 0;
    const terms = part.match(/[+-]?[^+-]+/g);
    if (!terms || terms.join('') !== part) return null;
    for (const term of terms) {
      const match = /^([+-]?)(?:(\d+(?:\.\d*)?|\.\d+)(?:\/(\d+))?\*?)?([xyz])?$/.exec(term);
      if (!match || (match[2] === undefined && match[4] === undefined)) return null;
      const sign = match[1] === '-' ? -1 : 1;
      const size = match[2] === undefined ? 1 : Number(match[2]) / Number(match[3] ?? 1);
      if (match[4]) row['xyz'.indexOf(match[4])]! += sign * size;
      else shift += sign * size;
    }
    rotation.push(...row);
    translation.push(shift);
  }
  const keepsVolume = Math.abs(Math.abs(determinant(rotation)) - 1) < 1e-9;
  if (!keepsVolume || !translation.every(Number.isFinite)) return null;
  return { rotation, translation: translation as unknown as [number, number, number] };
}

/** The image of a fractional position, each coordinate in [0, 1). */
export function applyOperator(
  { rotation, translation }: SymmetryOperator,
  [x, y, z]: readonly [number, number, number],
): [number, number, number] {
  return [0, 1, 2].map(i => {
    const value =
      rotation[3 * i]! * x + rotation[3 * i + 1]! * y + rotation[3 * i + 2]! * z + translation[i]!;
    const wrapped = value - Math.floor(value);
    // −1e-17 wraps to exactly 1
    return wrapped >= 1 ? 0 : wrapped;
  }) as [number, number, number];
}

/** Shortest periodic distance of two fractional coordinates along each axis. */
const apart = (p: number, q: number): number => Math.abs(p - q - Math.round(p - q));

/**
 * All positions equivalent to one, each once.
 * @param tolerance in unit fractions: 0.3333 under a threefold axis comes back 1e-4 off
 */
export function orbit(
  operators: readonly SymmetryOperator[],
  position: readonly [number, number, number],
  tolerance = 1e-3,
): [number, number, number][] {
  const found: [number, number, number][] = [];
  for (const operator of operators) {
    const image = applyOperator(operator, position);
    if (!found.some(other => other.every((value, i) => apart(value, image[i]!) < tolerance)))
      found.push(image);
  }
  return found;
}
