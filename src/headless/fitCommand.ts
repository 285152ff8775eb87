import { CELL_KEYS, type Cell } from '../crystal/cell.ts';
import type { Structure } from '../crystal/structure.ts';
import { fwhm } from '../diffraction/caglioti.ts';
import type { Instrument } from '../diffraction/instrument.ts';
import type { MeasuredScan } from '../formats/measuredScan.ts';
import { measuredRecovery } from '../recovery/measuredTarget.ts';
import { recoverySteps } from '../recovery/recovery.ts';
import { ALL_FREED, firstProfile, fitSteps, leBailSteps, sigmasOf } from '../refinement/fitScan.ts';
import type { Freed, RefinementInput } from '../refinement/refine.ts';
import { recoverySubject } from '../study/recoveryTrial.ts';
import { crystalFrom } from './crystals.ts';
import { commandLine, UsageError } from './options.ts';
import { radiationFrom, rangeFrom, scanFrom } from './recoverCommand.ts';

/** Zero shift and displacement trade off against one another and against the cell: one of them at a time. */
const USUAL: Freed = ALL_FREED.filter(key => key !== 'zero');

/** fit: a cell with uncertainties from a measured scan, one JSON line. */
export function fitCommand(args: readonly string[]): void {
  const line = commandLine(
    args,
    [
      ...['pattern', 'structure', 'wavelength', 'two-theta', 'free', 'background', 'monochromator'],
      ...['ratio', 'axis', 'starts', 'spread'],
    ],
    ['recover', 'no-le-bail'],
  );
  const [path, name] = [line.text('pattern'), line.text('structure')];
  if (path === undefined || name === undefined) throw new UsageError('fit needs --pattern and --structure');
  if (line.text('wavelength') === undefined)
    throw new UsageError('fit needs --wavelength: an anode (Cu, CuKa1, Co …) or ångström');
  const freed = freedFrom(line.list('free'));
  const axis = line.numbers('axis') ?? [0, 0, 1];
  if (axis.length !== 3 || !axis.every(Number.isInteger) || !axis.some(Boolean))
    throw new UsageError('--axis: give h,k,l');
  const background = line.number('background') ?? 8;
  if (!(Number.isInteger(background) && background >= 1 && background <= 24))
    throw new UsageError(`--background ${background}: give 1 to 24 terms`);
  const structure = crystalFrom(name);
  const whole = scanFrom(path);
  const range = rangeFrom(line);
  const scan = range ? within(whole, range) : whole;
  const radiation = radiationFrom(line);
  const { instrument, target } = measuredRecovery(whole, radiation, range);
  const recovered = line.flag('recover')
    ? recoveredCell(structure, instrument, target, line.number('starts') ?? 8, line.number('spread') ?? 0.1)
    : null;
  const input: RefinementInput = {
    setting: {
      twoTheta: scan.twoTheta,
      wavelength: radiation.wavelength,
      secondWavelength: radiation.secondWavelength,
      secondRatio: line.number('ratio') ?? radiation.secondRatio,
      monochromator: line.number('monochromator'),
      marchAxis: [axis[0]!, axis[1]!, axis[2]!],
    },
    observed: scan.intensity,
    sigma: sigmasOf(scan.intensity, scan.sigma),
    family: structure.family,
    sites: structure.sites,
    background,
  };
  const start = {
    cell: recovered?.cell ?? structure.cell,
    profile: firstProfile(fwhm(instrument, 40)),
  };
  const found = run(fitSteps(input, start, freed));
  const floor = line.flag('no-le-bail') ? null : run(leBailSteps(input, found, freed));
  console.log(
    JSON.stringify({
      cell: found.cell,
      esd: found.cellEsd,
      rp: round(found.rp),
      rwp: round(found.rwp),
      rexp: round(found.rexp),
      chi2: round(found.chi2),
      durbinWatson: round(found.durbinWatson),
      lebailRwp: floor && round(floor.rwp),
      parameters: found.parameters.map(({ name, value, esd, atBound }) => ({
        ...{ name, value, esd: Number.isFinite(esd) ? esd : null },
        ...(atBound ? { atBound } : {}),
      })),
      correlated: found.correlated.map(({ of, with: other, by }) => [of, other, round(by)]),
      starts: recovered?.starts ?? null,
      agree: recovered?.agree ?? null,
      points: scan.twoTheta.length,
      reason: found.reason,
    }),
  );
}

function freedFrom(names: readonly string[] | undefined): Freed {
  if (!names) return USUAL;
  const wrong = names.find(entry => !(ALL_FREED as readonly string[]).includes(entry));
  if (wrong) throw new UsageError(`--free ${wrong}: use some of ${ALL_FREED.join(', ')}`);
  return ALL_FREED.filter(key => names.includes(key));
}

/** The part of a scan in a range. @throws where fewer than 20 points are left */
function within(scan: MeasuredScan, [low, high]: readonly [number, number]): MeasuredScan {
  const inside = (_: number, i: number): boolean => scan.twoTheta[i]! >= low && scan.twoTheta[i]! <= high;
  const twoTheta = scan.twoTheta.filter(inside);
  if (twoTheta.length < 20)
    throw new UsageError(`--two-theta ${low},${high}: ${twoTheta.length} points of the scan lie there`);
  return {
    ...scan,
    twoTheta,
    intensity: scan.intensity.filter(inside),
    sigma: scan.sigma?.filter(inside) ?? null,
  };
}

/** The cell by continued descents, family held; the given one is the first start. */
function recoveredCell(
  structure: Structure,
  instrument: Instrument,
  target: ReturnType<typeof measuredRecovery>['target'],
  starts: number,
  spread: number,
): { readonly cell: Cell; readonly starts: number; readonly agree: number } {
  const { prepared } = recoverySubject(structure, instrument, target);
  const plan = { freedom: 'held', start: structure.cell, spread, starts, agree: 3 } as const;
  const { ends, verdict } = run(recoverySteps(prepared('cosine'), plan));
  const best = verdict.basins[0];
  if (!best) throw new Error('no start of the search has an end');
  console.error(
    `${verdict.agree} of ${verdict.of} starts end at ${CELL_KEYS.map((key, i) => `${key} ${best.cell[i]!.toFixed(i < 3 ? 4 : 2)}`).join(', ')}`,
  );
  return { cell: best.cell, starts: ends.length, agree: verdict.agree };
}

function run<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value as T;
  }
}

const round = (value: number): number => Number(value.toPrecision(6));
