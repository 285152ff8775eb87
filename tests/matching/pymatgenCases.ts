import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cell } from '../../src/crystal/cell.ts';
import { MATCH_OPTIONS, type MatchOptions } from '../../src/matching/matcher.ts';
import type { Crystal } from '../../src/matching/periodicSet.ts';

/** One verdict of pymatgen's StructureMatcher. */
export interface PymatgenCase {
  readonly kind: string;
  readonly noise: number;
  readonly cell: readonly number[];
  readonly match: boolean;
  /** [rms, maximum of the same mapping]; null where no mapping has an rms below stol. */
  readonly rms: readonly [number, number] | null;
  /** Absent where it is that of the truth. */
  readonly fract?: readonly (readonly number[])[];
  readonly species?: readonly string[];
  readonly options?: {
    readonly scale?: boolean;
    readonly primitive_cell?: boolean;
    readonly ltol?: number;
    readonly stol?: number;
  };
}

interface Block {
  readonly id: string;
  readonly setting: 'conventional' | 'primitive';
  readonly cell: readonly number[];
  readonly species: readonly string[];
  readonly fract: readonly (readonly number[])[];
  readonly cases: readonly PymatgenCase[];
}

const read = (file: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures', file), 'utf8'));

export const crystal = (
  cell: readonly number[],
  species: readonly string[],
  fract: readonly (readonly number[])[],
): Crystal => ({
  cell: cell as unknown as Cell,
  sites: species.map((element, i) => ({
    label: `${element}${i + 1}`,
    element,
    fract: fract[i] as unknown as [number, number, number],
    occupancy: 1,
  })),
});

/** A truth, a copy, and what pymatgen says of them. */
export interface Comparison {
  readonly name: string;
  readonly truth: Crystal;
  readonly copy: Crystal;
  readonly options: MatchOptions;
  readonly expected: PymatgenCase;
}

const comparison = (id: string, block: Omit<Block, 'id' | 'cases'>, entry: PymatgenCase): Comparison => ({
  name: `${id} ${block.setting} ${entry.kind} ${entry.noise} ${JSON.stringify(entry.options ?? {})}`,
  truth: crystal(block.cell, block.species, block.fract),
  copy: crystal(entry.cell, entry.species ?? block.species, entry.fract ?? block.fract),
  options: {
    ...MATCH_OPTIONS,
    ltol: entry.options?.ltol ?? MATCH_OPTIONS.ltol,
    stol: entry.options?.stol ?? MATCH_OPTIONS.stol,
    scale: entry.options?.scale ?? true,
    primitiveCell: entry.options?.primitive_cell ?? true,
  },
  expected: entry,
});

/** The cases that tests/fixtures/generate_matches.py made. */
export const generatedCases = (): Comparison[] =>
  (read('matches.json') as Block[]).flatMap(block =>
    block.cases.map(entry => comparison(block.id, block, entry)),
  );

/** The verdicts that come with the reference patterns. */
export const patternCases = (): Comparison[] => {
  const fixtures = read('patterns.json') as Record<
    string,
    {
      structure: { cell: number[]; sites: { element: string; fract: number[] }[] };
      matches: PymatgenCase[];
    }
  >;
  return Object.entries(fixtures).flatMap(([id, { structure, matches }]) => {
    const species = structure.sites.map(site => site.element);
    const fract = structure.sites.map(site => site.fract);
    const block = { setting: 'conventional', cell: structure.cell, species, fract } as const;
    return matches.map(entry => comparison(id, block, entry));
  });
};
