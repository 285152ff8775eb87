import type { Cell } from '../../src/crystal/cell.ts';
import { LIBRARY } from '../../src/crystal/library.ts';
import type { Structure } from '../../src/crystal/structure.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { peaksAt, scatteringModel } from '../../src/diffraction/pattern.ts';
import { slicePoints } from '../../src/landscape/slice.ts';
import { LOSSES } from '../../src/losses/registry.ts';
import { seededRng } from '../../src/num/rng.ts';
import { coordinateObjective } from '../../src/peakspace/coordinates/coordinateObjective.ts';
import type { CellObjective } from '../../src/peakspace/denseObjective.ts';
import { exactTrees } from '../../src/peakspace/judge.ts';
import { objectiveFor } from '../../src/peakspace/objective.ts';
import { patternModel } from '../../src/peakspace/pattern/patternModel.ts';
import { byDense } from '../../src/peakspace/ways.ts';
import { problemOf, sliceFor } from './cases.ts';
import { largeCell } from './largeCells.ts';
import { readCrystal } from './readCrystal.ts';
import { note, noted } from './record.ts';
import { growth, msPerRun } from './timing.ts';

/** Atoms of the made-up crystals, and the seed they are made with. */
const LARGE = [100, 300, 1000] as const;
const SEED = 7;

/** Reflections in the window, one of each Friedel pair, extinct ones left out. */
const reflections = ({ sites, cell }: Structure): number =>
  peaksAt(scatteringModel(sites, PAPER_INSTRUMENT, cell), cell).count;

/** Cells near the truth, up to ±share of each length: the reflection list of a walker serves them all. */
function nearCells({ cell }: Structure, share: number): Float64Array {
  const rng = seededRng(SEED);
  return Float64Array.from({ length: 6 * 32 }, (_, i) =>
    i % 6 < 3 ? cell[i % 6]! * (1 + share * (2 * rng.uniform() - 1)) : cell[i % 6]!,
  );
}

const time = (objective: CellObjective, cells: Float64Array, gradient: boolean): number => {
  const out = gradient ? new Float64Array(6) : null;
  const n = cells.length / 6;
  return msPerRun(i => {
    const at = 6 * ((i * 37) % n);
    objective(cells.subarray(at, at + 6), out);
  });
};

/** One evaluation on one core: the ten structures, then made-up ones of 100 to 1000 atoms. */
export function benchEvaluations(): void {
  console.log(`
One evaluation on one core, ms of CPU time (median of 5 rounds). Cells of the ±10 % slice over a and c; for the made-up crystals ±2 %.
"dense": 9000 bins × reflections, float64. "used": what maps and descents run on. "pattern": 9000 bins, float64, used.`);
  console.log(
    `${'structure'.padEnd(13)}${'K'.padStart(7)}  ${'loss'.padEnd(8)}${['dense', 'dense +grad', 'used', 'used +grad', 'coordinates', 'pattern'].map(head => head.padStart(18)).join('')}`,
  );
  const points: { work: number; ms: number }[] = [];
  const entries = [
    ...LIBRARY.map(({ id }) => ({ id, structure: readCrystal(id).structure, large: false })),
    ...LARGE.map(atoms => ({ id: `${atoms} atoms`, structure: largeCell(atoms, SEED), large: true })),
  ];
  for (const { id, structure, large } of entries) {
    const k = reflections(structure);
    const cells = large ? nearCells(structure, 0.02) : slicePoints(sliceFor(structure, 'a', 'c', 61));
    for (const loss of LOSSES) {
      const { sites, instrument, target, sticks } = problemOf(structure, loss.id);
      const input = { sites, instrument, loss, target, excluded: null, sticks };
      const used = objectiveFor(sites, instrument, loss, target, null, null, sticks);
      const show = (key: string, ms: number): string => note(`${id} ${loss.id} ${key} ms`, ms).padStart(18);
      const blank = ''.padStart(18);
      const dense = byDense(input);
      const coordinates = Float64Array.from(sites.flatMap(site => site.fract));
      const slopes = new Float64Array(coordinates.length);
      const moving = large
        ? null
        : coordinateObjective(sites, structure.cell, instrument, loss, target, null, sticks);
      const treeOf = loss.id === 'cosine' ? exactTrees(input, null).pattern() : null;
      const model = treeOf && patternModel(sites, instrument, treeOf);
      const row = [
        large ? blank : show('dense', time(dense, cells, false)),
        large ? blank : show('dense gradient', time(dense, cells, true)),
        show('used', time(used, cells, false)),
        show('used gradient', time(used, cells, true)),
        moving
          ? show(
              'coordinates',
              msPerRun(i => {
                coordinates[0]! += i % 2 ? 1e-6 : -1e-6;
                moving(coordinates, slopes);
              }),
            )
          : blank,
        model
          ? note(
              `${id} pattern ms`,
              msPerRun(i => model.forward(cells.subarray(6 * (i % 32), 6 * (i % 32) + 6))),
            ).padStart(18)
          : blank,
      ];
      console.log(`${id.padEnd(13)}${String(k).padStart(7)}  ${loss.id.padEnd(8)}${row.join('')}`);
    }
    points.push({ work: k, ms: noted(`${id} cosine used gradient ms`)! });
  }
  const large = points.slice(-LARGE.length - 1);
  console.log(
    `\nGrowth of the cosine loss with gradient: K^${note('growth over all', growth(points), 2)} over all, ` +
      `K^${note('growth of large cells', growth(large), 2)} from ${large[0]?.work} reflections on.`,
  );
}

/** Cells of a noisy batch: lengths and angles of the truth by up to ±5 %, 3°. */
export function batchOf({ cell }: Structure, count: number): Cell[] {
  const rng = seededRng(SEED);
  return Array.from(
    { length: count },
    () =>
      cell.map((x, i) =>
        i < 3 ? x * (1 + 0.05 * (2 * rng.uniform() - 1)) : x + 3 * (2 * rng.uniform() - 1),
      ) as unknown as Cell,
  );
}
