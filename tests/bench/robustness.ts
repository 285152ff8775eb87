/**
 * npm run robustness [-- --copies 5 --sigma 0.1 --starts 1 --only real --freedom held,free,tested]: how often a cell is recovered when the target has what the
 * model has not, one error at a time and all together. Targets by the dense reference, with errors put in; the model that
 * fits is that of the recovery. A JSON line a condition: held, free, and held with the test of the family, which should find no reason to
 * leave it. The same on every machine.
 */
import type { Cell } from '../../src/crystal/cell.ts';
import { LIBRARY } from '../../src/crystal/library.ts';
import type { Structure } from '../../src/crystal/structure.ts';
import { blurred, type Instrument, PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { coordinateNoise } from '../../src/noise/noise.ts';
import { normalDeviate } from '../../src/num/normalDeviate.ts';
import { seededRng } from '../../src/num/rng.ts';
import { SettingsOf } from '../../src/recovery/basins.ts';
import type { Freedom } from '../../src/recovery/ladder.ts';
import { lastStage } from '../../src/recovery/recoverSteps.ts';
import { recoverySteps } from '../../src/recovery/recovery.ts';
import { gapError } from '../../src/recovery/verdict.ts';
import { jeffreysInterval } from '../../src/stats/jeffreys.ts';
import {
  AGREE,
  type RecoveryTrial,
  recoveryStart,
  recoverySubject,
  recoveryTrialSteps,
} from '../../src/study/recoveryTrial.ts';
import { trialSeed } from '../../src/study/seeds.ts';
import { ended } from '../support/ended.ts';
import { textured } from '../support/textured.ts';
import { DERIVATIVE, PSEUDO_SYMMETRIC, type PseudoSymmetric } from './falseSuccess.ts';
import { readCrystal } from './readCrystal.ts';

/** What the target has and the model has not. */
interface Mismatch {
  /** Straight line and hump, each as a share of the highest peak. */
  readonly background?: number;
  /** Counts at the highest point. */
  readonly counts?: number;
  readonly secondLine?: boolean;
  /** March–Dollase parameter along c. */
  readonly march?: number;
  /** Area of another crystal's pattern as a share. */
  readonly impurity?: number;
  /** Degrees, in whole bins. */
  readonly shift?: number;
  /** Noise of the model's coordinates, unit fraction. */
  readonly atoms?: number;
  /** Factor on the widths of the target's peaks. */
  readonly width?: number;
  /** End of the window, degrees. */
  readonly window?: number;
}

const CONDITIONS: Readonly<Record<string, Mismatch>> = {
  clean: {},
  real: {
    background: 0.1,
    counts: 1000,
    secondLine: true,
    march: 0.85,
    impurity: 0.1,
    shift: 0.03,
    atoms: 0.01,
  },
  'background 3 + 3 %': { background: 0.03 },
  'background 10 + 10 %': { background: 0.1 },
  '100 counts': { counts: 100 },
  'Kα₂': { secondLine: true },
  'March 0.7': { march: 0.7 },
  'March 0.4': { march: 0.4 },
  'impurity 20 %': { impurity: 0.2 },
  'zero shift 0.1°': { shift: 0.1 },
  'atoms off 0.02': { atoms: 0.02 },
  'atoms off 0.05': { atoms: 0.05 },
  'peaks twice as wide': { width: 2 },
  'window to 60°': { window: 60 },
};

const argument = (name: string, otherwise: string): string => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1]!;
};

function targetOf(
  structure: Structure,
  other: Structure,
  instrument: Instrument,
  mismatch: Mismatch,
  seed: number,
): Float64Array {
  const rng = seededRng(seed);
  const source: Instrument = {
    ...blurred(instrument, mismatch.width ?? 1),
    ...(mismatch.secondLine ? { secondWavelength: 1.54439 } : {}),
  };
  const own = textured(structure, source, mismatch.march ?? 1);
  const area = (pattern: Float64Array): number => pattern.reduce((sum, value) => sum + value, 0);
  const share = mismatch.impurity ?? 0;
  const foreign = share > 0 ? textured(other, source, 1) : new Float64Array(own.length);
  const scale = share > 0 ? (share * area(own)) / area(foreign) : 0;
  const moved = Math.round((mismatch.shift ?? 0) / instrument.step);
  const out = Float64Array.from(own, (_, i) => {
    const at = Math.max(0, i - moved);
    return own[at]! + scale * foreign[at]!;
  });
  const highest = out.reduce((most, value) => Math.max(most, value), 0);
  const { background = 0, counts } = mismatch;
  for (let i = 0; i < out.length; i++) {
    const x = i / out.length;
    out[i]! += background * highest * (1 - 0.7 * x + Math.exp(-(((x - 0.3) / 0.15) ** 2)));
    if (counts) out[i]! += Math.sqrt((out[i]! * highest) / counts) * normalDeviate(rng);
  }
  return out;
}

const [copies, sigma] = [Number(argument('copies', '5')), Number(argument('sigma', '0.1'))];
const starts = Number(argument('starts', '1'));
const freedoms = argument('freedom', 'held,free,tested').split(',') as RecoveryTrial['freedom'][];
const only = argument('only', '');
const set = argument('set', 'errors');
for (const [name, mismatch] of set === 'twins'
  ? []
  : Object.entries(CONDITIONS).filter(([id]) => !only || id === only))
  for (const freedom of freedoms) {
    let [reached, n, evaluations, leaves, claimed, wrongly] = [0, 0, 0, 0, 0, 0];
    const missed: Record<string, number> = {};
    for (const [k, { id }] of LIBRARY.entries()) {
      const { structure } = readCrystal(id);
      const other = readCrystal(LIBRARY[(k + 3) % LIBRARY.length]!.id).structure;
      const instrument = { ...PAPER_INSTRUMENT, twoThetaMax: mismatch.window ?? 90 };
      for (let variant = 0; variant < copies; variant++) {
        const seed = trialSeed(7, id, name, variant);
        const pattern = targetOf(structure, other, instrument, mismatch, seed);
        const sites = coordinateNoise(structure.sites, mismatch.atoms ?? 0, seededRng(seed + 1));
        const subject = recoverySubject({ ...structure, sites }, instrument, { pattern, excluded: null });
        const trial = { structure: id, sigma, variant, seed: 7, freedom, starts, measure: 'cosine' } as const;
        const steps = recoveryTrialSteps(trial, subject);
        let step = steps.next();
        while (!step.done) step = steps.next();
        n++;
        if ('failure' in step.value) continue;
        evaluations += step.value.evaluations;
        if (step.value.test?.leaves) leaves++;
        const claims = step.value.agree >= AGREE && step.value.rivals === 0;
        if (claims) claimed++;
        if (claims && !step.value.strict) wrongly++;
        if (step.value.strict) reached++;
        else missed[id] = (missed[id] ?? 0) + 1;
      }
    }
    const interval = jeffreysInterval(reached, n).map(value => Math.round(1000 * value) / 10);
    const percent = Math.round((1000 * reached) / n) / 10;
    const line = {
      condition: name,
      freedom,
      sigma,
      starts,
      n,
      percent,
      interval,
      evaluations: Math.round(evaluations / n),
    };
    const test = freedom === 'tested' ? { leaves } : {};
    const claims = starts > 1 ? { claimed, wrongly } : {};
    console.log(JSON.stringify({ ...line, ...test, ...claims, missed }));
  }

/** A crystal that its twin all but coincides with: which of them the search ends in, and what the verdict makes of it. */
function pseudoSymmetric(set: PseudoSymmetric, freedom: Freedom, counts: number | undefined): void {
  const { name, sites, family, cell, twin, near, from = { cell, sigma } } = set;
  const structure: Structure = { ...readCrystal(LIBRARY[0]!.id).structure, name, sites, family, cell };
  const settings = new SettingsOf(sites);
  const is = (one: Cell, other: Cell): boolean => settings.relation(one, other, near) === 'same';
  const totals = { right: 0, twin: 0, claimed: 0, wrongly: 0, named: 0, evaluations: 0 };
  const gaps: number[][] = [];
  for (let variant = 0; variant < copies; variant++) {
    const seed = trialSeed(7, name, counts ?? 0, variant);
    const mismatch = counts ? { counts } : {};
    const pattern = targetOf(structure, structure, PAPER_INSTRUMENT, mismatch, seed);
    const subject = recoverySubject(structure, PAPER_INSTRUMENT, { pattern, excluded: null });
    const prepared = subject.prepared('cosine');
    const copy = { structure: name, seed: 7, sigma: from.sigma, variant, freedom, starts } as const;
    const start = recoveryStart({ ...copy, measure: 'cosine' }, from.cell);
    const plan = { freedom, start, spread: from.sigma, starts, agree: starts > 1 ? AGREE : null };
    const { verdict, evaluations } = ended(recoverySteps(prepared, plan));
    const [best] = verdict.basins;
    const right = is(cell, best!.cell);
    const claims = verdict.agree >= AGREE && verdict.rivals.length === 0;
    totals.evaluations += evaluations / copies;
    if (right) totals.right++;
    if (is(twin, best!.cell)) totals.twin++;
    if (claims) totals.claimed++;
    if (claims && !right) totals.wrongly++;
    if (!right && verdict.rivals.some(rival => is(cell, rival.cell))) totals.named++;
    const misfit = prepared.misfit('free', lastStage(false));
    const x = prepared.parameters('free');
    const gap = misfit.value(x.fromCell(twin)) - misfit.value(x.fromCell(cell));
    gaps.push([gap, gapError(prepared, 'free', { cell, textured: false }, twin)]);
  }
  const [gap, gapErrors] = [0, 1].map(
    i => gaps.map(pair => pair[i]!).sort((p, q) => p - q)[gaps.length >> 1]!,
  );
  const line = { condition: name, freedom, counts: counts ?? null, starts, n: copies, ...totals };
  console.log(
    JSON.stringify({
      ...line,
      evaluations: Math.round(totals.evaluations),
      gap: Number(gap!.toPrecision(2)),
      gapError: Number(gapErrors!.toPrecision(2)),
    }),
  );
}

if (set === 'twins')
  for (const crystal of [...PSEUDO_SYMMETRIC, ...DERIVATIVE].filter(({ name }) => !only || name === only))
    for (const freedom of freedoms.filter(one => one !== 'tested'))
      if (crystal.family !== 'triclinic' || freedom === 'free')
        for (const counts of [undefined, 1000]) pseudoSymmetric(crystal, freedom, counts);
