/**
 * Relaxation from the distorted starts of the study (paper, Figure 6a and 6b):
 * tsx src/headless/energyRelax.ts WEIGHTS VARIANTS
 * Writes public/energy/relaxation.json. Lattice noise: cell and atoms relax, in the primitive cell of the distorted copy;
 * coordinate noise: the atoms relax at the true cell. Largest force 0.02 eV/Å.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LIBRARY } from '../crystal/library.ts';
import { atomsOf } from '../energy/atoms.ts';
import { loadModel } from '../energy/model.ts';
import { PUBLISHED } from '../energy/published.ts';
import { finish } from '../energy/radialTable.ts';
import { relaxedCell, startRelaxation, stepRelaxation } from '../energy/relax.ts';
import { PAPER_RELAXATION } from '../energy/relaxPlan.ts';
import { MATCH_OPTIONS, matchReduced, reduceCrystal } from '../matching/matcher.ts';
import type { Crystal } from '../matching/periodicSet.ts';
import { primitiveCrystal } from '../matching/primitiveCrystal.ts';
import { NOISE_LEVELS, type NoiseKind } from '../noise/noise.ts';
import { distortedStart } from '../study/distortedStart.ts';
import { PAPER_CONDITIONS, seedOf } from '../study/plan.ts';
import { rounded } from '../study/record.ts';
import { subjectOf } from '../study/subject.ts';
import { crystalFrom } from './crystals.ts';

const [path, variants = '2'] = process.argv.slice(2);
if (!path) throw new Error('name the file of weights: tsx src/headless/energyRelax.ts state.pt 2');
const bytes = new Uint8Array(readFileSync(path));
const { potential } = finish(loadModel(bytes));
const records: object[] = [];

for (const noise of ['lattice', 'coordinates'] as const satisfies readonly NoiseKind[])
  for (const { id } of LIBRARY) {
    const subject = subjectOf(crystalFrom(id), noise, PAPER_CONDITIONS);
    for (const sigma of NOISE_LEVELS[noise])
      for (let variant = 0; variant < Number(variants); variant++) {
        const trial = {
          structure: id,
          noise,
          sigma,
          variant,
          setting: 'distorted',
          loss: null,
          learningRate: null,
        } as const;
        const start = distortedStart(trial, subject.crystal, PAPER_CONDITIONS);
        const cell: Crystal = noise === 'lattice' ? primitiveCrystal(start) : start;
        const mode = noise === 'lattice' ? 'both' : 'ions';
        let state = startRelaxation(potential, atomsOf(cell.sites, cell.cell), { ...PAPER_RELAXATION, mode });
        while (!state.stopped) state = stepRelaxation(potential, state);
        const end = reduceCrystal({
          cell: relaxedCell(state),
          sites: cell.sites.map((site, i) => ({
            ...site,
            fract: [0, 1, 2].map(k => state.atoms.fract[3 * i + k]!) as unknown as typeof site.fract,
          })),
        });
        const lost = state.stopped === 'collapsed';
        records.push({
          structure: id,
          noise,
          sigma,
          variant,
          seed: seedOf(PAPER_CONDITIONS, trial),
          stop: state.stopped,
          steps: state.steps,
          start: matchReduced(subject.reduced, reduceCrystal(start)).end === 'match',
          match: !lost && matchReduced(subject.reduced, end).end === 'match',
          unscaled:
            !lost && matchReduced(subject.reduced, end, { ...MATCH_OPTIONS, scale: false }).end === 'match',
          cell: relaxedCell(state).map(value => rounded(value, 5)),
        });
        console.log(id, noise, sigma, variant, state.stopped, state.steps);
      }
  }
const source = {
  model: PUBLISHED.name,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  commit: `matgl ${PUBLISHED.commit}`,
  command: `tsx src/headless/energyRelax.ts state.pt ${variants}`,
  licence: PUBLISHED.licence,
};
const text = JSON.stringify({ source, variants: Number(variants), records }).replaceAll(
  '{"structure"',
  '\n{"structure"',
);
writeFileSync(join(import.meta.dirname, '../../public/energy/relaxation.json'), `${text}\n`);
