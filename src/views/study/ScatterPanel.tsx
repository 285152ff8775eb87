import type { ReactNode } from 'react';
import type { LossId } from '../../losses/loss.ts';
import { lossOf } from '../../losses/registry.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { study } from '../../state/study/studySlice.ts';
import { PAPER_N, paperValue, STATISTICS } from '../../study/paperTables.ts';
import type { FinishedTrial } from '../../study/record.ts';
import { CRITERIA, correlationOf, finalLoss } from '../../study/summary.ts';
import { type Treatment, trialId } from '../../study/trialKey.ts';
import { Chart } from '../../ui/Chart.tsx';
import { DataTable, ScrollBox } from '../../ui/DataTable.tsx';
import { formatNumber } from '../../ui/format.ts';
import { SettingInput } from '../SettingRow.tsx';
import styles from './ScatterPanel.module.css';
import { PanelNote, StudyPanel } from './StudyPanel.tsx';
import { settingStyle } from './settingStyle.ts';
import { isDescent, type Shown } from './shown.ts';

/** Figure 4: whether a similar pattern means a similar crystal, with the three statistics. */
export function ScatterPanel({ shown, level }: { shown: Shown; level: number | null }): ReactNode {
  const { distance } = useBraggscape(state => state.inputs.study);
  const groups = shown.settings.filter(isDescent).map(setting => ({
    setting,
    trials: shown.trials.filter(trial => trial.setting === setting && trial.sigma === level),
  }));
  const loss: LossId = groups[0]?.trials[0]?.loss ?? 'cosine';
  const drawn = groups.filter(({ trials }) => trials[0]?.loss === loss).slice(0, MOST_DRAWN);
  const all = drawn.flatMap(({ trials }) => trials);
  const x = similarityRange(loss, all.map(similarityOf));
  const y = [0, all.reduce((most, trial) => Math.max(most, trial[distance]), 0.05) * 1.05] as const;
  return (
    <StudyPanel
      title="Does similarity mean structure?"
      about="the scatter"
      help={[
        'Each point is where one descent ended: how far its crystal is from the truth against how similar its pattern is. A metric that means structure puts all points on a falling line.',
        'ΔAMD: largest difference of the Average Minimum Distances up to the 100th neighbour. EMD: Earth Mover’s Distance of the Pointwise Distance Distributions, which the paper’s text describes. Both in ångström, both blind to elements.',
        `Mutual information by the nearest-neighbour estimator with three neighbours, in nats; it moves with n, so that values compare at equal n only. The paper’s have n = ${PAPER_N}. Pearson and Spearman between the loss and the distance: positive where a lower loss means a nearer crystal.`,
      ]}
      tools={<SettingInput of="study.distance" small undoable={false} />}
    >
      <p className={styles.heads}>
        <span>{distance === 'amd' ? 'ΔAMD' : 'EMD'} / Å</span>
        {drawn.map(({ setting }) => (
          <b key={setting} style={{ color: settingStyle(setting).text }}>
            {settingStyle(setting).name}
          </b>
        ))}
      </p>
      <div className={styles.row}>
        {drawn.map(group => (
          <Scatter key={group.setting} trials={group.trials} x={x} y={y} label={lossOf(loss).similarity} />
        ))}
      </div>
      <Statistics groups={groups} loss={loss} level={level} />
      <PanelNote>
        Grey: Tables 1, S1 and S2 of the paper, other seeds, n = {PAPER_N}. Filled: counts as success. Click a
        point to look at its trial.
      </PanelNote>
    </StudyPanel>
  );
}

/** Scatters that have room beside one another. */
const MOST_DRAWN = 3;

/** Similarity: the negative loss, or for MSE the relative squared error itself; the cosine for searches, whatever they minimise. */
const similarityOf = (trial: FinishedTrial): number => {
  if (trial.evaluations !== undefined) return trial.cosine;
  return trial.loss === 'mse' ? finalLoss(trial) : -finalLoss(trial);
};

/** Distance from the truth against similarity, one setting; filled points count as success. */
function Scatter(props: {
  readonly trials: readonly FinishedTrial[];
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly label: string;
}): ReactNode {
  const { trials, x, y, label } = props;
  const { criterion, distance } = useBraggscape(state => state.inputs.study);
  const selected = useBraggscape(state => state.study.selected);
  const succeeded = trials.filter(CRITERIA[criterion]).length;
  return (
    <Chart
      name="scatter"
      label={`${trials.length} trials, ${succeeded} filled: distance from the truth in ångström against ${label}`}
      margin={{ left: 34, right: 8, top: 10, bottom: 34 }}
      x={{ range: x, ticks: 3, title: label }}
      y={{ range: y, ticks: 4 }}
      points={trials.map(trial => ({
        key: trialId(trial),
        x: similarityOf(trial),
        y: trial[distance],
        colour: settingStyle(trial.setting).line,
        filled: CRITERIA[criterion](trial),
      }))}
      chosen={selected}
      onPoint={id => study.set({ selected: id })}
    />
  );
}

interface Group {
  readonly setting: Treatment;
  readonly trials: readonly FinishedTrial[];
}

/** Of loss against distance, a row a setting, the paper's beside. */
function Statistics(props: {
  readonly groups: readonly Group[];
  readonly loss: LossId;
  readonly level: number | null;
}): ReactNode {
  const { groups, loss, level } = props;
  const { distance, noise } = useBraggscape(state => state.inputs.study);
  const rows = groups.map(({ setting, trials }) => ({ setting, found: correlationOf(trials, distance) }));
  return (
    <>
      <ScrollBox label="Statistics" className={styles.statistics}>
        <DataTable
          caption="Statistics of loss against distance, the paper’s in grey"
          rows={rows}
          rowKey={({ setting }) => setting}
          columns={[
            {
              head: `σ = ${level ?? '–'}`,
              style: ({ setting }) => ({ color: settingStyle(setting).text }),
              cell: ({ setting }) => settingStyle(setting).name,
            },
            { head: 'n', cell: ({ found }) => found.n },
            ...STATISTICS.map(({ id, label }) => ({
              head: label,
              cell: ({ setting, found }: (typeof rows)[number]) => (
                <Beside
                  value={found[id]}
                  paper={
                    level === null || !isDescent(setting)
                      ? null
                      : paperValue(id, noise, level, { loss, mode: setting })
                  }
                />
              ),
            })),
          ]}
        />
      </ScrollBox>
      <Missing
        what="No statistic"
        rows={rows.map(({ setting, found }) => [settingStyle(setting).name, found.missing])}
      />
    </>
  );
}

/** What is missing where a dash stands, and why: each reason with the rows that it holds for. */
export function Missing(props: {
  readonly what: string;
  readonly rows: readonly (readonly [name: string, why: string | null])[];
}): ReactNode {
  const { what, rows } = props;
  const reasons = [...new Set(rows.flatMap(([, why]) => why ?? []))];
  if (reasons.length === 0) return null;
  const of = (reason: string): string =>
    rows.flatMap(([name, why]) => (why === reason ? name : [])).join('; ');
  return (
    <PanelNote>
      {what} (–): {reasons.map(reason => `${of(reason)}: ${reason}`).join('. ')}.
    </PanelNote>
  );
}

/** A value and in grey that of the paper. */
export function Beside({ value, paper }: { value: number | null; paper: number | null }): ReactNode {
  return (
    <>
      <b className={styles.value}>{value === null ? '–' : formatNumber(value, 2)}</b>{' '}
      <span className={styles.paper}>{paper === null ? '' : formatNumber(paper, 2)}</span>
    </>
  );
}

/** Below this share of the axis nothing would be drawn: then it begins near the least similar. */
const USED = 0.5;

/**
 * The axis of similarities: from 0 to 1 where the points use at least half of it, else from just beyond the least
 * similar, so that ends that are all alike can be told apart. Errors (MSE) run from 0 to the largest.
 * @param similarities what is drawn; may be empty
 */
export function similarityRange(loss: LossId, similarities: readonly number[]): readonly [number, number] {
  if (similarities.length === 0) return [0, 1];
  const least = similarities.reduce((low, value) => Math.min(low, value));
  const most = similarities.reduce((high, value) => Math.max(high, value));
  if (loss === 'mse') return [0, most > 0 ? most * 1.02 : 1];
  const high = Math.max(loss === 'wasserstein' ? 0 : 1, most);
  if (high === least) return [high - 1, high];
  if (high - least >= USED) return [Math.min(0, least), high];
  return [least - 0.1 * (high - least), high];
}
