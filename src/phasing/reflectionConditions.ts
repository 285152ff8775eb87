import type { Site } from '../crystal/structure.ts';
import { structureFactorSums } from '../diffraction/structureFactor.ts';

/** Of the sum of occupancies of an element: coordinates printed as 0.3333 leave less than this in an absent reflection. */
const ABSENT = 5e-3;

/**
 * Reflections that no element contributes to, so that they are absent whatever the form factors [n], 1 or 0:
 * |Σ_j∈e occ_j exp(2πi h·x_j)| is negligible for every element e.
 */
export function absentReflections(sites: readonly Site[], hkl: Int32Array): Uint8Array {
  const { elements, re, im, count } = structureFactorSums(sites, hkl);
  const whole = elements.map(element =>
    sites.reduce((sum, site) => sum + (site.element === element ? site.occupancy : 0), 0),
  );
  return Uint8Array.from({ length: count }, (_, k) =>
    whole.every((sum, e) => {
      const at = k * elements.length + e;
      return Math.hypot(re[at]!, im[at]!) <= ABSENT * sum;
    })
      ? 1
      : 0,
  );
}

interface Condition {
  /** Class of reflections that the condition is about, as International Tables write it. */
  readonly zone: string;
  readonly condition: string;
  /** The symmetry element that asks for it. */
  readonly cause: string;
  readonly inZone: (h: number, k: number, l: number) => boolean;
  readonly allowed: (h: number, k: number, l: number) => boolean;
}

const every = (): boolean => true;
const multiple = (value: number, of: number): boolean => value % of === 0;

type ZoneRow = readonly [
  string,
  Condition['inZone'],
  readonly (readonly [string, string, Condition['allowed']])[],
];

/** Conditions of centrings, glide planes and screw axes (International Tables A, 2.1.3.13), stronger before weaker. */
const ZONES: readonly ZoneRow[] = [
  [
    'hkl',
    every,
    [
      ['h, k, l all even or all odd', 'F centring', (h, k, l) => multiple(h + k, 2) && multiple(k + l, 2)],
      ['h + k + l = 2n', 'I centring', (h, k, l) => multiple(h + k + l, 2)],
      ['h + k = 2n', 'C centring', (h, k) => multiple(h + k, 2)],
      ['k + l = 2n', 'A centring', (_h, k, l) => multiple(k + l, 2)],
      ['h + l = 2n', 'B centring', (h, _k, l) => multiple(h + l, 2)],
      ['−h + k + l = 3n', 'R centring, obverse', (h, k, l) => multiple(-h + k + l, 3)],
      ['h − k + l = 3n', 'R centring, reverse', (h, k, l) => multiple(h - k + l, 3)],
    ],
  ],
  [
    '0kl',
    h => h === 0,
    [
      ['k + l = 4n', 'd glide perpendicular to a', (_h, k, l) => multiple(k + l, 4)],
      ['k + l = 2n', 'n glide perpendicular to a', (_h, k, l) => multiple(k + l, 2)],
      ['k = 2n', 'b glide perpendicular to a', (_h, k) => multiple(k, 2)],
      ['l = 2n', 'c glide perpendicular to a', (_h, _k, l) => multiple(l, 2)],
    ],
  ],
  [
    'h0l',
    (_h, k) => k === 0,
    [
      ['h + l = 4n', 'd glide perpendicular to b', (h, _k, l) => multiple(h + l, 4)],
      ['h + l = 2n', 'n glide perpendicular to b', (h, _k, l) => multiple(h + l, 2)],
      ['h = 2n', 'a glide perpendicular to b', h => multiple(h, 2)],
      ['l = 2n', 'c glide perpendicular to b', (_h, _k, l) => multiple(l, 2)],
    ],
  ],
  [
    'hk0',
    (_h, _k, l) => l === 0,
    [
      ['h + k = 4n', 'd glide perpendicular to c', (h, k) => multiple(h + k, 4)],
      ['h + k = 2n', 'n glide perpendicular to c', (h, k) => multiple(h + k, 2)],
      ['h = 2n', 'a glide perpendicular to c', h => multiple(h, 2)],
      ['k = 2n', 'b glide perpendicular to c', (_h, k) => multiple(k, 2)],
    ],
  ],
  [
    'hhl',
    (h, k) => h === k,
    [
      ['2h + l = 4n', 'd glide perpendicular to a − b', (h, _k, l) => multiple(2 * h + l, 4)],
      ['l = 2n', 'c or n glide perpendicular to a − b', (_h, _k, l) => multiple(l, 2)],
    ],
  ],
  [
    'hh̄l',
    (h, k) => h === -k,
    [['l = 2n', 'c or n glide perpendicular to a + b', (_h, _k, l) => multiple(l, 2)]],
  ],
  [
    'h00',
    (_h, k, l) => k === 0 && l === 0,
    [
      ['h = 4n', '4₁ or 4₃ axis along a', h => multiple(h, 4)],
      ['h = 2n', '2₁ or 4₂ axis along a', h => multiple(h, 2)],
    ],
  ],
  [
    '0k0',
    (h, _k, l) => h === 0 && l === 0,
    [
      ['k = 4n', '4₁ or 4₃ axis along b', (_h, k) => multiple(k, 4)],
      ['k = 2n', '2₁ or 4₂ axis along b', (_h, k) => multiple(k, 2)],
    ],
  ],
  [
    '00l',
    (h, k) => h === 0 && k === 0,
    [
      ['l = 6n', '6₁ or 6₅ axis along c', (_h, _k, l) => multiple(l, 6)],
      ['l = 4n', '4₁ or 4₃ axis along c', (_h, _k, l) => multiple(l, 4)],
      ['l = 3n', '3₁, 3₂, 6₂ or 6₄ axis along c', (_h, _k, l) => multiple(l, 3)],
      ['l = 2n', '2₁, 4₂ or 6₃ axis along c', (_h, _k, l) => multiple(l, 2)],
    ],
  ],
];

const CONDITIONS: readonly Condition[] = ZONES.flatMap(([zone, inZone, rows]) =>
  rows.map(([condition, cause, allowed]) => ({ zone, condition, cause, inZone, allowed })),
);

/** A reflection condition that a list of reflections obeys. */
export interface ObeyedCondition {
  readonly zone: string;
  readonly condition: string;
  readonly cause: string;
  /** Rows that it forbids and that no condition before it forbade; all are absent. */
  readonly forbidden: readonly number[];
}

/**
 * The conditions that the absences obey, general before special; one that says nothing beyond those before it is left
 * out, and so is one that no present reflection of its zone speaks for. A condition names the symmetry that would ask
 * for it: special positions can obey more than their space group asks for.
 * @param hkl [n * 3], one of each Friedel pair or both
 * @param absent from `absentReflections` [n]
 */
export function reflectionConditions(hkl: Int32Array, absent: Uint8Array): ObeyedCondition[] {
  const explained = new Uint8Array(absent.length);
  const found: ObeyedCondition[] = [];
  for (const { zone, condition, cause, inZone, allowed } of CONDITIONS) {
    const forbidden: number[] = [];
    let obeyed = true;
    let spokenFor = false;
    for (let row = 0; row < absent.length && obeyed; row++) {
      const [h, k, l] = [hkl[3 * row]!, hkl[3 * row + 1]!, hkl[3 * row + 2]!];
      if (!inZone(h, k, l)) continue;
      if (allowed(h, k, l)) spokenFor ||= absent[row] === 0;
      else if (absent[row] === 0) obeyed = false;
      else if (explained[row] === 0) forbidden.push(row);
    }
    if (!obeyed || !spokenFor || forbidden.length === 0) continue;
    for (const row of forbidden) explained[row] = 1;
    found.push({ zone, condition, cause, forbidden });
  }
  return found;
}
