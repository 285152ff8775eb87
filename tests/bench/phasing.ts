/**
 * Times of the phase-problem laboratory on one core (`npm run bench`), and which library crystals charge flipping solves
 * (`npm run flipping`). Both print. Never part of the tests.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LIBRARY } from '../../src/crystal/library.ts';
import type { Structure } from '../../src/crystal/structure.ts';
import { ANODES, PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { readCif } from '../../src/formats/cif.ts';
import type { GridShape } from '../../src/num/fft.ts';
import { seededRng } from '../../src/num/rng.ts';
import { createAlignment } from '../../src/phasing/alignment.ts';
import {
  type ChargeFlippingOptions,
  polishChargeFlipping,
  startChargeFlipping,
  stepChargeFlipping,
} from '../../src/phasing/chargeFlipping.ts';
import { gridShape } from '../../src/phasing/densityGrid.ts';
import { densityPeaks, matchAtoms } from '../../src/phasing/densityPeaks.ts';
import { isosurface } from '../../src/phasing/isosurface.ts';
import { samePosition } from '../../src/phasing/positions.ts';
import { extractAmplitudes } from '../../src/phasing/powderAmplitudes.ts';
import { instrumentTo } from '../../src/phasing/powderCounts.ts';
import { absentReflections } from '../../src/phasing/reflectionConditions.ts';
import {
  amplitudesOf,
  type StructureFactors,
  structureFactors,
  withBlur,
} from '../../src/phasing/structureFactors.ts';
import { createSynthesis, densitySection } from '../../src/phasing/synthesis.ts';

const read = (id: string): Structure => {
  const result = readCif(
    readFileSync(join(import.meta.dirname, `../../public/structures/${id}.cif`), 'utf8'),
  );
  if (!result.ok) throw new Error(`${id}.cif could not be read`);
  return result.value;
};

/** Fastest of `rounds` after two to warm up, ms. */
function fastest(rounds: number, work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = -2; round < rounds; round++) {
    const start = performance.now();
    work();
    if (round >= 0) best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** Prints and returns the times in ms. */
export function benchPhasing(): Record<string, number> {
  const figures: Record<string, number> = {};
  const show = (name: string, ms: number, target?: number): void => {
    figures[`phasing ${name} ms`] = Number(ms.toPrecision(4));
    console.log(`${name.padEnd(44)} ${ms.toFixed(2).padStart(9)}${target ? `   (target ${target})` : ''}`);
  };
  console.log('\nPhase problem, one core, ms:');
  const structure = read('NdAl8Cu4');
  const factors = structureFactors(structure, 0.8);
  for (const side of [32, 64]) {
    // A cube of the library's largest list that each side holds: the transform dominates, whatever the crystal.
    const list = structureFactors(structure, side === 32 ? 0.8 : 0.5);
    const shape: GridShape = [side, side, side];
    const synthesis = createSynthesis(list, shape);
    const out = new Float64Array(side ** 3);
    const size = `${side}³, ${list.re.length} pairs`;
    show(
      `synthesis ${size}`,
      fastest(20, () => synthesis(list, out)),
      side === 64 ? 150 : undefined,
    );
    const run = startChargeFlipping(
      structure.cell,
      list.hkl,
      amplitudesOf(list),
      { shape, delta: { unit: 'sigma', value: 1 }, weakShare: 0.2 },
      seededRng(1),
    );
    show(
      `charge-flipping cycle ${size}`,
      fastest(20, () => stepChargeFlipping(run)),
      side === 64 ? 200 : 15,
    );
    const align = createAlignment(list, shape);
    show(
      `phase error ${size}`,
      fastest(10, () => align(run.re, run.im)),
    );
    const grid = synthesis(list);
    // A level at which only the atoms are left
    const level = 0.1 * grid.values.reduce((most, value) => Math.max(most, value), 0);
    const triangles = isosurface(grid, level).indices.length / 3;
    show(
      `isosurface ${side}³, ${triangles} triangles`,
      fastest(5, () => isosurface(grid, level)),
    );
    show(
      `peaks ${side}³`,
      fastest(5, () => densityPeaks(grid, 100)),
    );
  }
  const plane = { origin: [0, 0, 0.25], u: [1, 0, 0], v: [0, 1, 0], nu: 128, nv: 128 } as const;
  show(
    `section 128², ${factors.re.length} pairs, direct`,
    fastest(5, () => densitySection(factors, plane)),
  );
  return figures;
}

/** Seeds 1 … n of every case: `npm run flipping -- 10`; three when nothing is said. */
const SEEDS = Math.max(1, Number(process.argv[2]) || 3);
const CYCLES = 200;
/** Angstrom, and thresholds in standard deviations of the density. */
const RESOLUTIONS = [0.8, 1, 1.2];
const DELTAS = [0.8, 1];
const POLISH = 20;

interface Outcome {
  readonly solved: number;
  /** Of the solved runs, medians: cycles until the phase error stays within 45°, in steps of 5; the error at the end. */
  readonly cycle: number;
  readonly phaseError: number;
  /** Most atoms found within 0.3 Å in any run. */
  readonly best: number;
  readonly atoms: number;
}

function outcome(
  structure: Structure,
  factors: StructureFactors,
  amplitudes: Float64Array,
  dMin: number,
  options: Omit<ChargeFlippingOptions, 'shape'>,
): Outcome {
  const shape = gridShape(structure.cell, dMin);
  const align = createAlignment(factors, shape);
  const atoms = structure.sites.filter(
    ({ fract }, i) => structure.sites.findIndex(other => samePosition(other.fract, fract)) === i,
  ).length;
  const converged: number[] = [];
  const errors: number[] = [];
  let best = 0;
  for (let seed = 1; seed <= SEEDS; seed++) {
    const run = startChargeFlipping(
      structure.cell,
      factors.hkl,
      amplitudes,
      { ...options, shape },
      seededRng(seed),
    );
    let since = 0;
    while (run.cycle < CYCLES) {
      stepChargeFlipping(run);
      if (run.cycle % 5 === 0 && align(run.re, run.im).phaseError > 45) since = run.cycle;
    }
    polishChargeFlipping(run);
    while (run.cycle < CYCLES + POLISH) stepChargeFlipping(run);
    const peaks = densityPeaks({ cell: structure.cell, shape, values: run.density }, atoms);
    const alignment = align(run.re, run.im);
    const matches = matchAtoms(structure, peaks, alignment);
    const found = new Set(matches.filter(({ distance }) => distance < 0.3).map(({ peak }) => peak)).size;
    best = Math.max(best, found);
    if (found !== atoms) continue;
    converged.push(since + 5);
    errors.push(alignment.phaseError);
  }
  return { solved: converged.length, cycle: median(converged), phaseError: median(errors), best, atoms };
}

const median = (values: readonly number[]): number =>
  values.toSorted((p, q) => p - q)[Math.floor(values.length / 2)] ?? Number.NaN;

/**
 * Crystals that charge flipping solves, as a Markdown table: of some seeds, 200 cycles and 20 to polish, every atomic
 * position within 0.3 Å of its own one of as many highest peaks, up to origin and hand.
 */
export function chargeFlippingTable(): void {
  const instrument = instrumentTo(PAPER_INSTRUMENT, {
    wavelength: ANODES.find(({ id }) => id === 'MoKa1')!.wavelength,
    widthScale: 0.2,
    dMin: 0.8,
  });
  console.log(
    `\nCharge flipping from random phases, ${SEEDS} seeds, ${CYCLES} + ${POLISH} cycles, weak share 0.2.\n`,
  );
  console.log(
    '| crystal | d_min / Å | amplitudes | best δ / σ | solved | cycles to 45° | phase error at the end | most atoms found |',
  );
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
  for (const { id } of LIBRARY) {
    const structure = read(id);
    for (const dMin of RESOLUTIONS) {
      const point = structureFactors(structure, dMin);
      const soft = withBlur(point, 4);
      const absent = absentReflections(structure.sites, soft.hkl);
      const powder = extractAmplitudes(soft, instrument, absent);
      const cases = [
        ['ideal, B = 0', point, amplitudesOf(point)],
        [
          `powder, B = 4 Å² (${powder.groups} groups, ${(100 * powder.error).toFixed(0)} % off)`,
          soft,
          powder.amplitudes,
        ],
      ] as const;
      for (const [name, factors, amplitudes] of cases) {
        const tried = DELTAS.map(value => ({
          value,
          ...outcome(structure, factors, amplitudes, dMin, {
            delta: { unit: 'sigma', value },
            weakShare: 0.2,
          }),
        }));
        tried.sort((p, q) => q.solved - p.solved || q.best - p.best || p.value - q.value);
        const { value, solved, cycle, phaseError, best, atoms } = tried[0]!;
        const medians = solved ? `${cycle} | ${phaseError.toFixed(0)}°` : '– | –';
        console.log(
          `| ${id} | ${dMin} | ${name} | ${value} | ${solved}/${SEEDS} | ${medians} | ${best}/${atoms} |`,
        );
      }
    }
  }
}
