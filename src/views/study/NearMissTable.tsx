import { type ReactNode, useMemo } from 'react';
import { MATCH_ORDER } from '../../matching/matcher.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { study } from '../../state/study/studySlice.ts';
import type { FinishedTrial } from '../../study/record.ts';
import { CRITERIA } from '../../study/summary.ts';
import { trialId } from '../../study/trialKey.ts';
import { type Column, DataTable, RowButton, ScrollBox } from '../../ui/DataTable.tsx';
import { formatNumber } from '../../ui/format.ts';
import { SampleLine } from '../SampleLine.tsx';
import { asItIs, GAUGES, Gauge, unmeasured } from './Gauge.tsx';
import styles from './NearMissTable.module.css';
import { OpenTrialButton } from './OpenTrialButton.tsx';
import { Missing } from './ScatterPanel.tsx';
import { StructureName } from './StructureName.tsx';
import { PanelNote, StudyPanel } from './StudyPanel.tsx';
import { type SettingStyle, settingStyle } from './settingStyle.ts';
import { isDescent, type Shown } from './shown.ts';

const ROWS = 40;

/** A head in two lines. */
const broken = (first: string, second: string): ReactNode => (
  <>
    {first}
    <br />
    {second}
  </>
);

const styleOf = ({ setting }: FinishedTrial): SettingStyle => settingStyle(setting);

/** Descents that end with a similar pattern and another crystal, with the measures of the matcher. */
export function NearMissTable({ shown }: { shown: Shown }): ReactNode {
  const { criterion, distance, noise } = useBraggscape(state => state.inputs.study);
  const selected = useBraggscape(state => state.study.selected);
  const descents = shown.trials.filter(({ loss }) => loss);
  const misses = useMemo(
    () =>
      shown.trials
        .filter(trial => isDescent(trial.setting) && !CRITERIA[criterion](trial))
        .sort((p, q) => q.cosine - p.cosine),
    [shown, criterion],
  );
  const chosen = (trial: FinishedTrial): boolean => trialId(trial) === selected;
  const choose = (trial: FinishedTrial): void => study.set({ selected: trialId(trial) });
  const columns: readonly Column<FinishedTrial>[] = [
    {
      head: 'structure',
      cell: trial => (
        <RowButton pressed={chosen(trial)} onPress={() => choose(trial)}>
          <StructureName id={trial.structure} />
        </RowButton>
      ),
    },
    { head: 'σ', cell: ({ sigma }) => sigma },
    { head: 'copy', cell: ({ variant }) => variant },
    {
      head: 'setting',
      className: styles.setting,
      style: trial => ({ color: styleOf(trial).text }),
      cell: trial => (
        <>
          <SampleLine style={styleOf(trial)} width={24} /> {styleOf(trial).name}
        </>
      ),
    },
    { head: 'cosine', cell: ({ cosine }) => formatNumber(cosine, 3) },
    { head: `${distance === 'amd' ? 'ΔAMD' : 'EMD'} / Å`, cell: trial => formatNumber(trial[distance], 3) },
    ...(noise === 'coordinates'
      ? []
      : [{ head: broken('cell as it is,', 'off by'), cell: (trial: FinishedTrial) => asItIs(trial) }]),
    // A lattice that fits may still lay atoms on others: their criterion stands beside.
    ...GAUGES.filter(({ name }) => noise !== 'coordinates' || name === 'displacement').map(
      (gauge): Column<FinishedTrial> => ({
        head: broken(`${gauge.name},`, `limit ${gauge.limitText}`),
        cell: trial => <Gauge of={gauge} trial={trial} />,
      }),
    ),
    { head: 'steps', cell: ({ steps }) => formatNumber(steps, 0) },
  ];
  return (
    <StudyPanel
      className={styles.misses}
      title={`No ${criterion === 'strict' ? 'recovery' : 'match'}, yet similar`}
      about="the gauges"
      help={[
        '**As it is**: the largest deviations of a length and of an angle of the cell at the end. **Reduced**: what the matcher measures before it says no, of the reduced primitive cells brought to one volume, so that the same trial is often nearer. It lays the lattice of one primitive cell onto the other in the way that fits best: worst ratio of two lengths, worst difference of two angles, largest displacement of an atom in units of the free length (V/n)^⅓. The limits are the paper’s: 10 %, 5° and 0.2.',
        MATCH_ORDER,
      ]}
      note={`${misses.length} of ${descents.length} descents${misses.length > ROWS ? `; the ${ROWS} most similar first` : ''}`}
      tools={<OpenTrialButton />}
    >
      <ScrollBox label="Descents without success" className={styles.scroll}>
        <DataTable
          caption="Descents without success, most similar pattern first"
          testId="misses"
          columns={columns}
          rows={misses.slice(0, ROWS)}
          rowKey={trialId}
          chosen={chosen}
          onChoose={choose}
        />
      </ScrollBox>
      <Missing
        what="Not measured"
        rows={misses
          .slice(0, ROWS)
          .map(trial => [`${trial.structure}, σ ${trial.sigma}, copy ${trial.variant}`, unmeasured(trial)])}
      />
      {misses.length === 0 && <PanelNote>Every descent shown counts as success.</PanelNote>}
    </StudyPanel>
  );
}
