import { cellFromMatrix, cellProblem } from '../crystal/cell.ts';
import { familyOfCell } from '../crystal/cellFamily.ts';
import { isElement } from '../crystal/elements.ts';
import type { Site, Structure } from '../crystal/structure.ts';
import { inverse } from '../num/matrix3.ts';
import { formulaOf } from './formula.ts';
import { MOST_ATOMS, MOST_COORDINATE } from './limits.ts';
import { excerpt, FormatError, type Result, settle } from './result.ts';

/**
 * POSCAR and CONTCAR of VASP (VASP manual, "POSCAR"): comment; scale (one factor, three factors, or minus the volume);
 * three lattice vectors; in VASP 5 the species; their counts; "Selective dynamics"; "Direct" or "Cartesian"; positions.
 * What follows (velocities, lattice velocities, predictor–corrector) is not read. In VASP 4 the species stand in the
 * comment, as pymatgen and VESTA write them, or behind the positions.
 */
export function readPoscar(text: string): Result<Structure> {
  return settle(() => read(text.split(/\r\n|\n|\r/, MOST_ATOMS + 100)));
}

function read(lines: readonly string[]): Result<Structure> {
  const assumptions: string[] = [];
  const words = (at: number): string[] =>
    (lines[at] ?? '')
      .split('!', 1)[0]!
      .trim()
      .split(/\s+/, MOST_ATOMS + 1)
      .filter(Boolean);
  const fail = (message: string, at: number): never => {
    throw new FormatError(message, at + 1);
  };
  const comment = (lines[0] ?? '').trim();
  const scale = words(1).map(Number);
  if (!(scale.length >= 1 && scale.slice(0, 3).every(value => Number.isFinite(value) && value !== 0)))
    fail(`the scale "${excerpt((lines[1] ?? '').trim())}" is not one number or three`, 1);
  const vectors = [2, 3, 4].map((at, i) => {
    const row = words(at).slice(0, 3).map(fortran);
    if (row.length < 3 || !row.every(Number.isFinite))
      fail(`lattice vector ${i + 1} "${excerpt((lines[at] ?? '').trim())}" is not three numbers`, at);
    return row;
  });
  const factors = factorsOf(scale, vectors, fail);
  const lattice = new Float64Array(9);
  for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) lattice[3 * j + i] = vectors[i]![j]! * factors[j]!;
  const cell = cellFromMatrix(lattice);
  const problem = cellProblem(cell);
  if (problem) fail(`lattice vectors: ${problem}`, 4);
  if (scale[0]! < 0) assumptions.push(`the negative scale is the volume of the cell: ${-scale[0]!} Å³`);

  let at = 5;
  let species: string[] | null = null;
  if (words(at).length > 0 && !/^\d/.test(words(at)[0]!)) {
    species = words(at++);
    // Long lists go on over several lines.
    while (words(at).length > 0 && !/^\d/.test(words(at)[0]!)) species = species.concat(words(at++));
  }
  const countsAt = at;
  let counts: number[] = [];
  do counts = counts.concat(words(at++).map(Number));
  while (species && counts.length < species.length && /^\d+$/.test(words(at)[0] ?? ''));
  if (counts.length === 0 || !counts.every(count => Number.isInteger(count) && count >= 0))
    fail(`the counts "${excerpt((lines[countsAt] ?? '').trim())}" are not whole numbers`, countsAt);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total < 1 || total > MOST_ATOMS) fail(`${total} atoms are not between 1 and ${MOST_ATOMS}`, countsAt);
  if (species && species.length !== counts.length)
    fail(`${species.length} species stand against ${counts.length} counts`, countsAt);

  if (/^s/i.test(words(at)[0] ?? '')) at++;
  const mode = words(at)[0] ?? '';
  if (!/^[dckf]/i.test(mode))
    fail(`"${excerpt(mode || (lines[at] ?? ''))}" is neither Direct nor Cartesian`, at);
  const cartesian = /^[ck]/i.test(mode);
  at++;
  const elements = elementsOf(species, counts, comment, words(at), fail, countsAt, assumptions);
  const back = inverse(lattice);
  const toFract = (place: readonly number[]): [number, number, number] => {
    const [x, y, z] = place.map((value, axis) => value * factors[axis]!) as [number, number, number];
    const along = (i: number): number => back[i]! * x + back[i + 1]! * y + back[i + 2]! * z;
    return [along(0), along(3), along(6)];
  };
  const sites: Site[] = [];
  for (const [i, element] of elements.entries()) {
    const row = words(at + i);
    const place = row.slice(0, 3).map(fortran);
    if (place.length < 3 || !place.every(Number.isFinite))
      fail(
        lines.slice(at + i).some(line => line.trim() !== '')
          ? `the position of atom ${i + 1} "${excerpt((lines[at + i] ?? '').trim())}" is not three numbers`
          : `the file ends after ${i} of ${total} positions`,
        Math.min(at + i, lines.length - 1),
      );
    const fract = cartesian ? toFract(place) : (place as [number, number, number]);
    if (fract.some(value => Math.abs(value) > MOST_COORDINATE))
      fail(`the position of atom ${i + 1} is more than ${MOST_COORDINATE} cells away`, at + i);
    sites.push({
      label: `${element}${i + 1}`,
      element,
      fract,
      occupancy: 1,
    });
  }
  assumptions.push(
    'a POSCAR names no space group: every atom is listed, and the symmetry is to be found from them',
  );
  if (lines.slice(at + total).some(line => line.trim() !== ''))
    assumptions.push('what follows the positions (velocities) is not used');
  const formula = formulaOf(sites);
  return {
    ok: true,
    warnings: assumptions,
    value: {
      name: comment ? excerpt(comment, 80) : formula,
      formula,
      cell,
      sites,
      spaceGroup: { symbol: '?', number: null },
      family: familyOfCell(cell),
      source: 'POSCAR file',
    },
  };
}

/** Fortran writes 1.0D+00 too. */
const fortran = (text: string): number =>
  /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eEdD][+-]?\d+)?$/.test(text)
    ? Number(text.replace(/[dD]/, 'e'))
    : Number.NaN;

type Fail = (message: string, at: number) => never;

/** The factor of each Cartesian axis. */
function factorsOf(scale: readonly number[], vectors: readonly (readonly number[])[], fail: Fail): number[] {
  if (scale.length >= 3 && Number.isFinite(scale[1]) && Number.isFinite(scale[2])) {
    if (!scale.slice(0, 3).every(value => value > 0)) fail('three scales have to be positive', 1);
    return scale.slice(0, 3);
  }
  if (scale[0]! > 0) return [scale[0]!, scale[0]!, scale[0]!];
  const [a, b, c] = vectors as [number[], number[], number[]];
  const volume = Math.abs(
    a[0]! * (b[1]! * c[2]! - b[2]! * c[1]!) -
      a[1]! * (b[0]! * c[2]! - b[2]! * c[0]!) +
      a[2]! * (b[0]! * c[1]! - b[1]! * c[0]!),
  );
  if (!(volume > 0)) fail('the lattice vectors span no volume', 4);
  const factor = Math.cbrt(-scale[0]! / volume);
  return [factor, factor, factor];
}

function elementsOf(
  species: readonly string[] | null,
  counts: readonly number[],
  comment: string,
  firstPosition: readonly string[],
  fail: Fail,
  at: number,
  assumptions: string[],
): string[] {
  let names = species;
  if (!names) {
    const inComment = comment.split(/[\s,]+/, counts.length).map(plain);
    if (inComment.length === counts.length && inComment.every(isElement)) {
      names = inComment;
      assumptions.push(`a file of VASP 4 names no species: ${names.join(', ')} are taken from the comment`);
    } else if (counts.length === 1 && firstPosition[3] && isElement(plain(firstPosition[3]))) {
      names = [firstPosition[3]];
      assumptions.push(`a file of VASP 4 names no species: ${names[0]} is taken from the positions`);
    } else
      return fail(
        'the file (VASP 4) names no species, and its comment does not either: write the element symbols into the first line',
        at,
      );
  }
  return counts.flatMap((count, i) => {
    const element = plain(names[i]!);
    if (!isElement(element)) fail(`species "${excerpt(names[i]!)}" is not an element`, at - 1);
    return Array.from({ length: count }, () => element);
  });
}

/** "Fe_pv", "O/hash", "Si1", "D": the element that a name of a potential begins with. */
function plain(name: string): string {
  const letters = /^([A-Za-z]{1,2})(?![a-z])/.exec(name)?.[1] ?? '';
  const symbol = letters.charAt(0).toUpperCase() + letters.slice(1).toLowerCase();
  return symbol === 'D' ? 'H' : symbol;
}
