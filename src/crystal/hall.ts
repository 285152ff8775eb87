import { determinant, inverse } from '../num/matrix3.ts';
import { parseOperator, type SymmetryOperator } from './symmetry.ts';

/**
 * Hall symbols to symmetry operations (Hall, Acta Cryst. A 37, 517, 1981; International Tables B, 1.4, appendix
 * A1.4.2). Inside, translations count in 24ths, so that products stay whole numbers.
 */
const DEN = 24;

/** More operations than any setting of a space group in a cell enlarged four times has. */
const MOST_OPERATIONS = 800;

/** Nine integers of the rotation, row-major, then three 24ths of the translation in [0, 24). */
type Whole = readonly number[];

const IDENTITY: Whole = [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0];
const INVERSION: Whole = [-1, 0, 0, 0, -1, 0, 0, 0, -1, 0, 0, 0];

const CENTRING: Readonly<Record<string, readonly (readonly [number, number, number])[]>> = {
  P: [],
  A: [[0, 12, 12]],
  B: [[12, 0, 12]],
  C: [[12, 12, 0]],
  I: [[12, 12, 12]],
  R: [
    [16, 8, 8],
    [8, 16, 16],
  ],
  H: [
    [16, 8, 0],
    [8, 16, 0],
  ],
  S: [
    [8, 8, 16],
    [16, 8, 16],
  ],
  T: [
    [8, 16, 8],
    [16, 8, 16],
  ],
  F: [
    [0, 12, 12],
    [12, 0, 12],
    [12, 12, 0],
  ],
};

/** Rotations about z by order, then the twofold axes of the face diagonals and the threefold of the body diagonal. */
const ROTATIONS: Readonly<Record<string, readonly number[]>> = {
  '1': [1, 0, 0, 0, 1, 0, 0, 0, 1],
  '2': [-1, 0, 0, 0, -1, 0, 0, 0, 1],
  '3': [0, -1, 0, 1, -1, 0, 0, 0, 1],
  '4': [0, -1, 0, 1, 0, 0, 0, 0, 1],
  '6': [1, -1, 0, 1, 0, 0, 0, 0, 1],
  "'": [0, -1, 0, -1, 0, 0, 0, 0, -1],
  '"': [0, 1, 0, 1, 0, 0, 0, 0, -1],
  '*': [0, 0, 1, 1, 0, 0, 0, 1, 0],
};

const SHIFTS: Readonly<Record<string, readonly [number, number, number]>> = {
  a: [12, 0, 0],
  b: [0, 12, 0],
  c: [0, 0, 12],
  n: [12, 12, 12],
  u: [6, 0, 0],
  v: [0, 6, 0],
  w: [0, 0, 6],
  d: [6, 6, 6],
};

/** All operations of the cell, the identity first; null when the text is no Hall symbol. */
export function hallOperators(symbol: string): SymmetryOperator[] | null {
  const generators = generatorsOf(symbol.replaceAll(/[_\s]+/g, ' ').trim());
  const group = generators && closure(generators);
  return (
    group?.map(op => ({
      rotation: op.slice(0, 9),
      translation: [op[9]! / DEN, op[10]! / DEN, op[11]! / DEN],
    })) ?? null
  );
}

function generatorsOf(symbol: string): Whole[] | null {
  const match = /^(-?) ?([PABCIRHSTF])(?: ([^()]+?))? ?(?:\(([^()]+)\))?$/i.exec(symbol);
  if (!match || symbol.length > 80) return null;
  const [, minus, lattice, rest, change] = match;
  const found: Whole[] = CENTRING[lattice!.toUpperCase()]!.map(shift => [...IDENTITY.slice(0, 9), ...shift]);
  if (minus) found.push(INVERSION);
  let before = 0;
  for (const [i, part] of (rest ?? '1').toLowerCase().split(' ').entries()) {
    const op = operatorOf(part, i + 1, before);
    if (!op) return null;
    found.push(op);
    before = Number(part.replace('-', '').charAt(0));
  }
  if (change === undefined) return found;
  const basis = changeOf(change);
  const back = basis && inverseOf(basis);
  return back ? found.map(op => product(product(basis, op), back)) : null;
}

/** One matrix symbol, e.g. "-4bd", `2"`, "61": order, axis, translations. @param place 1 for the first */
function operatorOf(part: string, place: number, before: number): Whole | null {
  const match = /^(-?)([12346])([xyz'"*abcnuvwd1-5]*)$/.exec(part);
  if (!match) return null;
  const order = Number(match[2]);
  let axis = '';
  let diagonal = '';
  let screw = 0;
  const shift = [0, 0, 0];
  for (const sign of match[3]!) {
    if (/\d/.test(sign)) screw = Number(sign);
    else if ('xyz'.includes(sign)) axis = sign;
    else if (SHIFTS[sign]) for (let k = 0; k < 3; k++) shift[k]! += SHIFTS[sign][k]!;
    else diagonal = sign;
  }
  if (diagonal && order !== (diagonal === '*' ? 3 : 2)) return null;
  if (!axis && !diagonal) {
    if (place === 1) axis = 'z';
    else if (place === 2 && order === 2 && (before === 2 || before === 4)) axis = 'x';
    else if (place === 2 && order === 2 && (before === 3 || before === 6)) diagonal = "'";
    else if (place === 3 && order === 3) diagonal = '*';
    else if (order !== 1) return null;
  }
  if (screw) {
    if (!axis || screw >= order) return null;
    shift['xyz'.indexOf(axis)]! += (DEN / order) * screw;
  }
  const z = ROTATIONS[diagonal || match[2]!]!;
  const [i, j, k] = axis === 'x' ? [2, 0, 1] : axis === 'y' ? [1, 2, 0] : [0, 1, 2];
  const turned = [i, j, k].flatMap(row => [i, j, k].map(col => z[3 * row! + col!]!));
  return wrapped([...(match[1] ? turned.map(value => -value) : turned), ...shift]);
}

/** "(0 0 1)" shifts by 12ths; "(x,y,z+1/4)" is a change of axes of determinant 1. */
function changeOf(text: string): Whole | null {
  if (!text.includes(',')) {
    const parts = text.trim().split(' ').map(Number);
    return parts.length === 3 && parts.every(Number.isInteger)
      ? wrapped([...IDENTITY.slice(0, 9), ...parts.map(part => 2 * part)])
      : null;
  }
  const op = parseOperator(text);
  return op && wholeOf(op);
}

/** The operation in whole numbers; null when it has other parts than integers and 24ths (to 1e-3 of a cell). */
export function wholeOf({ rotation, translation }: SymmetryOperator): Whole | null {
  const shift = translation.map(part => Math.round(part * DEN));
  const whole =
    rotation.every(Number.isInteger) && translation.every((t, i) => Math.abs(t - shift[i]! / DEN) < 2e-3);
  return whole ? wrapped([...rotation, ...shift]) : null;
}

/** True where a list of operations is closed under products, up to lattice translations; null where it is not in 24ths. */
export function formGroup(operators: readonly SymmetryOperator[]): boolean | null {
  const all: Whole[] = [];
  for (const operator of operators) {
    const whole = wholeOf(operator);
    if (!whole) return null;
    all.push(whole);
  }
  // Few generators make the whole list, so that 800 operations cost no 640,000 products.
  const generators: Whole[] = [];
  let group: Whole[] | null = [IDENTITY];
  let keys = new Set([IDENTITY.join()]);
  for (const op of all) {
    if (keys.has(op.join())) continue;
    generators.push(op);
    group = closure(generators);
    if (!group || group.length > all.length) return false;
    keys = new Set(group.map(member => member.join()));
  }
  return group.length === all.length;
}

const wrapped = (op: readonly number[]): Whole =>
  op.map((value, i) => (i < 9 ? value + 0 : ((value % DEN) + DEN) % DEN));

/** First q, then p. */
function product(p: Whole, q: Whole): Whole {
  const out: number[] = [];
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 3; j++)
      out.push(p[3 * i]! * q[j]! + p[3 * i + 1]! * q[3 + j]! + p[3 * i + 2]! * q[6 + j]!);
  for (let i = 0; i < 3; i++)
    out.push(p[3 * i]! * q[9]! + p[3 * i + 1]! * q[10]! + p[3 * i + 2]! * q[11]! + p[9 + i]!);
  return wrapped(out);
}

/** Inverse of an operation of determinant ±1; null for any other determinant. */
function inverseOf(op: Whole): Whole | null {
  if (Math.abs(determinant(op)) !== 1) return null;
  const rotation = [...inverse(op)];
  const back = product([...rotation, 0, 0, 0], [...IDENTITY.slice(0, 9), ...op.slice(9)]);
  return wrapped([...rotation, ...back.slice(9).map(value => -value)]);
}

/** The group that the generators make, the identity first; null when it does not close. */
function closure(generators: readonly Whole[]): Whole[] | null {
  const found: Whole[] = [IDENTITY];
  const known = new Set([IDENTITY.join()]);
  for (let i = 0; i < found.length; i++)
    for (const generator of generators) {
      const next = product(generator, found[i]!);
      const key = next.join();
      if (known.has(key)) continue;
      if (found.length >= MOST_OPERATIONS) return null;
      known.add(key);
      found.push(next);
    }
  return found;
}
