import { describe, expect, it } from 'vitest';
import type { Structure } from '../../src/crystal/structure.ts';
import { applyOperator } from '../../src/crystal/symmetry.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { modelParameters, parameterById } from '../../src/model/modelParameters.ts';
import { specialPositions } from '../../src/model/specialPositions.ts';
import { operatorsOf } from '../../src/symmetry/operatorsOf.ts';
import { libraryStructure } from '../support/library.ts';
import { moyoInNode } from '../support/moyo.ts';
import { TEXTBOOK, textbookStructure } from '../symmetry/textbook.ts';

const moyo = moyoInNode();
const textbook = (name: string): Structure =>
  textbookStructure(TEXTBOOK.find(entry => entry.name.startsWith(name))!);

function positionsOf(structure: Structure, x: string, y: string) {
  const operators = operatorsOf(moyo, structure);
  const list = modelParameters(structure, operators, PAPER_INSTRUMENT);
  const [px, py] = [x, y].map(id => parameterById(list, id)!) as [
    (typeof list)[number],
    (typeof list)[number],
  ];
  return { operators, px, py, found: specialPositions(operators, structure, px, py) };
}

/** Operators that leave a place where it is, whole cells aside. */
const held = (operators: ReturnType<typeof operatorsOf>, at: readonly [number, number, number]): number =>
  operators.filter(operator =>
    applyOperator(operator, at).every((value, i) => {
      const off = value - at[i]!;
      return Math.abs(off - Math.round(off)) < 1e-3;
    }),
  ).length;

describe('where the symmetry of a site rises', () => {
  it('of the oxygen of BPO4 (general in I-4): on the twofold axes alone, which are points of (x, y)', () => {
    const { found } = positionsOf(libraryStructure('BPO4'), 'x.O5', 'y.O5');
    const inCell = found.flatMap(position =>
      position.kind === 'point' && position.x >= 0 && position.x < 1 && position.y >= 0 && position.y < 1
        ? [position.label]
        : [],
    );
    expect(found.every(({ kind }) => kind === 'point')).toBe(true);
    expect(inCell.sort()).toEqual(['x = 0, y = 0', 'x = 0, y = 1/2', 'x = 1/2, y = 0', 'x = 1/2, y = 1/2']);
  });

  it('are the places, found by trying, at which more operators hold the atom than elsewhere', () => {
    const structure = libraryStructure('BPO4');
    for (const [x, y] of [
      ['x.O5', 'y.O5'],
      ['x.O5', 'z.O5'],
    ] as const) {
      const { operators, found } = positionsOf(structure, x, y);
      const [ox, oy, oz] = structure.sites.find(({ element }) => element === 'O')!.fract;
      const n = 24;
      for (let i = 0; i < n; i++)
        for (let k = 0; k < n; k++) {
          const [u, v] = [i / n, k / n];
          const at = (y === 'y.O5' ? [u, v, oz] : [u, oy, v]) as [number, number, number];
          const rises = held(operators, at) > held(operators, [ox, oy, oz]);
          const told = found.some(position =>
            position.kind === 'line'
              ? Math.abs(position.p * u + position.q * v - position.c) < 1e-6
              : Math.abs(position.x - u) + Math.abs(position.y - v) < 1e-6,
          );
          expect(`${x} ${y} ${u} ${v}: ${told}`).toBe(`${x} ${y} ${u} ${v}: ${rises}`);
        }
    }
  });

  it('of an axis of the cell beside a coordinate: lines across the coordinate, at 0, 1/4, 1/2 for the free x of pyrite', () => {
    const pyrite = textbook('pyrite');
    const { label } = pyrite.sites.find(({ element }) => element === 'S')!;
    const { operators, px } = positionsOf(pyrite, `x.${label}`, `x.${label}`);
    const cell = modelParameters(pyrite, operators, PAPER_INSTRUMENT)[0]!;
    const lines = specialPositions(operators, pyrite, cell, px);
    const values = lines.map(line => (line.kind === 'line' && line.p === 0 ? line.c / line.q : Number.NaN));
    expect(values.every(Number.isFinite)).toBe(true);
    // 8c of Pa-3 (x, x, x) meets 4a at 0 and 4b at 1/2, the inversion centres on the threefold axis
    expect(values.filter(value => value >= 0 && value < 1).sort()).toEqual([0, 0.5]);
  });

  it('are none where nothing of an atom moves', () => {
    const { found } = positionsOf(libraryStructure('BPO4'), 'B', 'zero');
    expect(found).toEqual([]);
  });

  it('of an atom alone are those of the operators that hold it: a mirror through its place', () => {
    const rutile = textbook('rutile');
    const o = rutile.sites.findIndex(({ element }) => element === 'O');
    const { found } = positionsOf(rutile, `x.${o}`, `y.${o}`);
    // O at (x, x, 0): m along [1 -1 0] and the twofold axis along [110]; both are x = y in this plane
    expect(found.filter(({ kind }) => kind === 'line').map(({ label }) => label)).toContain(`x = y`);
    expect(found.every(({ kind }) => kind === 'line')).toBe(true);
  });
});
