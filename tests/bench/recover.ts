import { LIBRARY } from '../../src/crystal/library.ts';
import type { Structure } from '../../src/crystal/structure.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { scatteringModel } from '../../src/diffraction/pattern.ts';
import type { Freedom } from '../../src/recovery/ladder.ts';
import { recoverySubject, recoveryTrialSteps } from '../../src/study/recoveryTrial.ts';
import { largeCell } from './largeCells.ts';
import { readCrystal } from './readCrystal.ts';
import { growth } from './timing.ts';

/** Copies of each crystal of the library. */
const COPIES = 3;

interface Cost {
  readonly evaluations: number;
  /** CPU time of a recovery, preparation included. */
  readonly ms: number;
}

function costOf(id: string, structure: Structure, freedom: Freedom, copies: number): Cost {
  const cpu = process.cpuUsage();
  let evaluations = 0;
  for (let variant = 0; variant < copies; variant++) {
    const subject = recoverySubject(structure, PAPER_INSTRUMENT);
    const trial = {
      structure: id,
      sigma: 0.1,
      variant,
      seed: 7,
      freedom,
      starts: 1,
      measure: 'cosine',
    } as const;
    const steps = recoveryTrialSteps(trial, subject);
    let step = steps.next();
    while (!step.done) step = steps.next();
    if (!('failure' in step.value)) evaluations += step.value.evaluations;
  }
  const { user, system } = process.cpuUsage(cpu);
  return { evaluations: evaluations / copies, ms: (user + system) / 1000 / copies };
}

/** Evaluations and CPU time a recovery at σ = 0.1, from one start; of large cells the growth with the reflections. */
export function benchRecover(): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { id } of LIBRARY) {
    const { structure } = readCrystal(id);
    for (const freedom of ['held', 'free'] as const) {
      const { evaluations, ms } = costOf(id, structure, freedom, COPIES);
      found[`recover ${id} ${freedom} evaluations`] = evaluations;
      found[`recover ${id} ${freedom} ms`] = ms;
    }
  }
  const points: { work: number; ms: number }[] = [];
  for (const atoms of [100, 300, 1000]) {
    const structure = largeCell(atoms, 1);
    const { evaluations, ms } = costOf(structure.name, structure, 'free', 1);
    found[`recover ${atoms} atoms evaluations`] = evaluations;
    found[`recover ${atoms} atoms ms`] = ms;
    const { count } = scatteringModel(structure.sites, PAPER_INSTRUMENT, structure.cell).sums;
    points.push({ work: count, ms: ms / evaluations });
  }
  found['recover growth of an evaluation with reflections'] = growth(points);
  return found;
}
