import { LIBRARY } from '../../src/crystal/library.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { PAPER_LOSSES } from '../../src/losses/registry.ts';
import { objectiveFor } from '../../src/peakspace/objective.ts';
import { type Errors, errorsOf, referenceOf } from '../support/conformance.ts';
import { inPage } from './maps.ts';
import { readCrystal } from './readCrystal.ts';
import { note } from './record.ts';

/** Cells of each structure, and what their errors are held to: loss, gradient over its largest component. */
const CELLS = 200;
const HELD_TO = { float64: [1e-7, 1e-6], WebGL: [1e-6, 1e-4] } as const;

/** Both engines against the dense reference at 200 cells of each of the ten structures, every loss of the paper. */
export async function benchAccuracy(): Promise<void> {
  console.log(`\nWorst errors over ${CELLS} cells of each structure, loss and gradient:`);
  let broken = 0;
  const show = (id: string, loss: string, engine: keyof typeof HELD_TO, errors: Errors): void => {
    const entries = Object.entries(errors);
    const worst = (key: 'loss' | 'gradient'): number => Math.max(...entries.map(([, entry]) => entry[key]));
    const [lossLimit, gradientLimit] = HELD_TO[engine];
    const good = worst('loss') <= lossLimit && worst('gradient') <= gradientLimit;
    if (!good) broken++;
    note(`${id} ${loss} ${engine} loss error`, worst('loss'));
    note(`${id} ${loss} ${engine} gradient error`, worst('gradient'));
    const text = entries.map(
      ([trait, entry]) => `${trait} ${entry.loss.toExponential(0)} ${entry.gradient.toExponential(0)}`,
    );
    console.log(
      `  ${id.padEnd(12)} ${loss.padEnd(8)} ${engine.padEnd(8)} ${good ? 'kept  ' : 'BROKEN'} ${text.join(' · ')}`,
    );
  };
  await inPage(async page => {
    for (const { id } of LIBRARY) {
      const { text, structure } = readCrystal(id);
      for (const loss of PAPER_LOSSES) {
        const reference = referenceOf(structure, loss, CELLS, 2026);
        const objective = objectiveFor(structure.sites, PAPER_INSTRUMENT, loss, reference.target);
        show(
          id,
          loss.id,
          'float64',
          errorsOf(reference, (i, gradient) => objective(reference.cells[i]!.cell, gradient)),
        );
        const gpu = await page.evaluate(([cif, lossId, cells]) => window.evaluateOnGpu(cif, lossId, cells), [
          text,
          loss.id,
          reference.cells.flatMap(({ cell }) => Array.from(cell)),
        ] as const);
        show(
          id,
          loss.id,
          'WebGL',
          errorsOf(reference, (i, gradient) => {
            gradient.set(gpu.gradient.slice(6 * i, 6 * i + 6));
            return gpu.loss[i]!;
          }),
        );
      }
    }
  });
  if (broken) process.exitCode = 1;
  console.log(
    broken
      ? `  ${broken} of them are beyond what they are held to.`
      : '  All are within what they are held to.',
  );
}
