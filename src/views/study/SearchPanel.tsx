import type { ReactNode } from 'react';
import type { FinishedTrial, MissedBy } from '../../study/record.ts';
import { searchOf } from '../../study/searches.ts';
import { rateOf, searchCounts } from '../../study/summary.ts';
import type { StudyMethod } from '../../study/trialKey.ts';
import { DataTable, ScrollBox } from '../../ui/DataTable.tsx';
import { formatNumber } from '../../ui/format.ts';
import { SampleLine } from '../SampleLine.tsx';
import styles from './SearchPanel.module.css';
import { StructureName } from './StructureName.tsx';
import { PanelNote, StudyPanel } from './StudyPanel.tsx';
import { settingStyle } from './settingStyle.ts';
import { isDescent, type Shown } from './shown.ts';

/** Reasons in words, after "3 ends". */
export const MISSED_BY: Readonly<Record<MissedBy, string>> = {
  setting: 'the truth in another setting',
  pseudoSymmetry: 'pseudo-symmetry: its lattice, the atoms along other axes',
  limit: 'at a limit of the search',
  basin: 'another minimum',
};

interface MethodRow {
  readonly setting: StudyMethod;
  readonly trials: readonly FinishedTrial[];
}

/** Strict recovery of the searches beyond the paper beside its descents from the same starts, and what they leave. */
export function SearchPanel({ shown, level }: { shown: Shown; level: number | null }): ReactNode {
  const rows = shown.settings
    .filter(isDescent)
    .map(
      (setting): MethodRow => ({ setting, trials: shown.trials.filter(trial => trial.setting === setting) }),
    );
  if (!rows.some(({ trials }) => searchCounts(trials))) return null;
  return (
    <StudyPanel
      title="Beyond the paper, from the same starts"
      about="the searches"
      help={[
        '**Strict recovery** of every treatment at every level, per cent with the 95 % Jeffreys interval; the paper’s descents start from the same distorted copies. An evaluation is a pattern computed, with its derivatives or without; of a descent every step is one.',
        '**Continued**: peaks wide at first and narrower stage by stage, by Levenberg–Marquardt in logarithms of lengths and in radians, down three ladders of widths from each start, with slow background taken out of both patterns. Held: the crystal family keeps its parameters tied; free: all six move. With up to 20 starts it ends as soon as three agree.',
        '**VC-GPWDF** (Otero-de-la-Roza 2024): multi-level single linkage within ±15 % and ±10°, one Gaussian kernel of 0.5°, until 10,000 evaluations gain less than 10⁻⁴ or nothing is left to gain.',
        '**L-BFGS** and **cell and atoms**: quasi-Newton in ångström, a tenth of a logarithm of a length weighing as much as an ångström; both at once from peaks 2° and 1° wide on.',
      ]}
    >
      <p className={styles.sentence}>{inWords(shown, level)}</p>
      <ScrollBox label="Strict recovery by treatment" className={styles.scroll}>
        <DataTable
          caption="Strict recovery by treatment and distortion, per cent"
          testId="searches"
          rows={rows}
          rowKey={({ setting }) => setting}
          columns={[
            {
              head: 'strict recovery / %',
              style: ({ setting }) => ({ color: settingStyle(setting).text }),
              cell: ({ setting }) => (
                <>
                  <SampleLine style={settingStyle(setting)} width={24} /> {settingStyle(setting).name}
                </>
              ),
            },
            ...shown.levels.map(sigma => ({
              head: `σ ${sigma}`,
              cell: ({ trials }: MethodRow) => (
                <Share trials={trials.filter(trial => trial.sigma === sigma)} />
              ),
            })),
            {
              head: `evaluations, σ ${level ?? '–'}`,
              cell: ({ trials }) => efforts(trials.filter(({ sigma }) => sigma === level)),
            },
          ]}
        />
      </ScrollBox>
      <Missed rows={rows} level={level} />
    </StudyPanel>
  );
}

/** Best strict share of some settings from one start each; null where there is none. */
function bestShare(
  trials: readonly FinishedTrial[],
  isOne: (trial: FinishedTrial) => boolean,
): number | null {
  const ones = trials.filter(isOne);
  const shares = [...new Set(ones.map(({ setting }) => setting))].map(
    setting =>
      rateOf(
        ones.filter(trial => trial.setting === setting),
        'strict',
      ).share,
  );
  return shares.length ? Math.max(...shares) : null;
}

/** A gain of plain descent by so much is one of the search. */
const GAIN = 0.2;
/** Below this, one start is not enough. */
const ENOUGH = 0.8;

/** What the level shown says about the landscape, from its rates. */
function inWords({ trials, levels }: Shown, level: number | null): string {
  const here = trials.filter(({ sigma }) => sigma === level);
  const [first] = here;
  if (!first || level === null) return '';
  const isOne = ({ setting }: FinishedTrial): boolean => searchOf(setting)?.starts === 1;
  const plain = bestShare(here, ({ learningRate }) => learningRate !== null);
  const one = bestShare(here, trial => isOne(trial) && trial.loss === 'cosine');
  const percent = (share: number): string => `${formatNumber(100 * share, 0)} %`;
  const told = `At σ = ${level}${first.noise === 'coordinates' ? `, ${inAngstrom(here, level)}` : ''}`;
  if (one === null) return '';
  if (first.noise === 'both')
    return `${told} lattice and atoms are recovered together in ${percent(one)} from one start.`;
  const helps = plain !== null && one > plain + GAIN;
  const moral =
    first.noise === 'lattice'
      ? helps && ': the lattice is rough and wants width'
      : one < ENOUGH && level === levels.at(-1)
        ? ': so far off the search is combinatorial and wants starts'
        : helps && ': the atoms are ill-conditioned and want a step';
  const beside = plain === null ? '' : `the best plain descent recovers ${percent(plain)} strictly, `;
  return `${told} ${beside}the best search from one start ${percent(one)}${moral || ''}.`;
}

/** Standard deviations of the displacement along the edges of the crystals, whose cells are kept. */
function inAngstrom(trials: readonly FinishedTrial[], sigma: number): string {
  const edges = trials.flatMap(({ end }) => end.slice(0, 3));
  const text = (edge: number): string => formatNumber(sigma * edge, sigma < 0.01 ? 3 : 2);
  return `${text(Math.min(...edges))} to ${text(Math.max(...edges))} Å along the edges,`;
}

function Share({ trials }: { trials: readonly FinishedTrial[] }): ReactNode {
  if (trials.length === 0) return <span className="quiet">–</span>;
  const { share, interval, n } = rateOf(trials, 'strict');
  return (
    <span title={`n = ${n}`}>
      <b>{formatNumber(100 * share, share > 0.99 && share < 1 ? 1 : 0)}</b>{' '}
      <span className="quiet">
        {formatNumber(100 * interval[0], 0)}–{formatNumber(100 * interval[1], 0)}
      </span>
    </span>
  );
}

/** Mean of a trial. */
function efforts(trials: readonly FinishedTrial[]): string {
  if (trials.length === 0) return '–';
  const found = searchCounts(trials);
  const steps = (): number => trials.reduce((sum, trial) => sum + trial.steps, 0) / trials.length;
  return formatNumber(found?.evaluations ?? steps(), 0);
}

/** Trials of the level that searches leave unrecovered, by crystal, with the reasons. */
function Missed({ rows, level }: { rows: readonly MethodRow[]; level: number | null }): ReactNode {
  const left = rows.flatMap(({ setting, trials }) => {
    const found = searchCounts(trials.filter(({ sigma }) => sigma === level));
    if (!found) return [];
    const crystals = Object.entries(found.missed);
    return [{ setting, crystals }];
  });
  return (
    <>
      {left.map(({ setting, crystals }) => (
        <PanelNote key={setting}>
          <b>{settingStyle(setting).name}</b>, σ = {level}, not recovered: {crystals.length === 0 && 'none'}
          {crystals.map(([structure, reasons], i) => (
            <span key={structure}>
              {i > 0 && '; '}
              <StructureName id={structure} />{' '}
              {Object.entries(reasons)
                .map(([reason, count]) => `${count} ${MISSED_BY[reason as MissedBy]}`)
                .join(', ')}
            </span>
          ))}
          .
        </PanelNote>
      ))}
    </>
  );
}
