/**
 * Descents of the study per minute and core, and what the whole lattice grid of the paper would take on two cores.
 * Prints; `npm run bench` calls it, `tsx tests/bench/study.ts` runs it alone. Never part of the tests.
 */
import { fileURLToPath } from 'node:url';
import { LIBRARY } from '../../src/crystal/library.ts';
import { PAPER_CONDITIONS, trialsOf } from '../../src/study/plan.ts';
import { paperSeries, studyPreset } from '../../src/study/presets.ts';
import { trialRunner } from '../../src/study/trialRunner.ts';
import { libraryStructure } from '../support/library.ts';

const STRUCTURES = ['U2Ti', 'Au2S', 'Na3MnCoNiO6'];
const SIGMA = 0.1;

/** Returns the figures by name. @param copies distorted copies of each structure */
export function benchStudy(copies = 2): Record<string, number> {
  const figures: Record<string, number> = {};
  const run = trialRunner(new Map(LIBRARY.map(({ id }) => [id, libraryStructure(id)])), PAPER_CONDITIONS);
  let seconds = 0;
  let cosineSeconds = 0;
  console.log(`\nStudy: descents per minute on one core, lattice noise ${SIGMA}, ${copies} copies:`);
  for (const { loss, mode, learningRate } of paperSeries('lattice')) {
    const series = [{ loss, mode, learningRate }];
    let perDescent = 0;
    for (const id of STRUCTURES) {
      const plan = {
        ...studyPreset('paper').plan('lattice'),
        structures: [id],
        levels: [SIGMA],
        series,
        variants: copies,
      };
      const trials = trialsOf(plan).filter(trial => trial.loss);
      // Prepares the crystal and warms up.
      run({ ...trials[0]!, sigma: 0 });
      const start = performance.now();
      let steps = 0;
      for (const trial of trials) {
        const record = run(trial);
        if ('failure' in record) throw new Error(record.failure);
        steps += record.steps;
      }
      const each = (performance.now() - start) / 1000 / trials.length;
      perDescent += each / STRUCTURES.length;
      const name = `${id} ${loss} ${mode} (rate ${learningRate})`;
      figures[`study ${name} per minute`] = Number((60 / each).toPrecision(3));
      console.log(
        `${name.padEnd(50)} ${(60 / each).toFixed(0).padStart(6)}   ${Math.round(steps / trials.length)} steps each`,
      );
    }
    // 10 structures × 50 copies × 5 levels, over two cores
    seconds += (2500 * perDescent) / 2;
    if (loss === 'cosine') cosineSeconds += (2500 * perDescent) / 2;
  }
  figures['study cosine grid min'] = Number((cosineSeconds / 60).toPrecision(3));
  figures['study lattice grid min'] = Number((seconds / 60).toPrecision(3));
  console.log(
    `The paper's lattice grid on two cores, from these: ${(seconds / 60).toFixed(0)} min (aim: below 60); of it cosine, two series of four: ${(cosineSeconds / 60).toFixed(0)} min.`,
  );
  return figures;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) benchStudy();
