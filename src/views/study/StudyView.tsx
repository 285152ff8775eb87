import { type ReactNode, useRef } from 'react';
import { lossOf } from '../../losses/registry.ts';
import { reasonOf } from '../../num/reasonOf.ts';
import { notify } from '../../state/core/notices.ts';
import { useBraggscape, useSeveral } from '../../state/core/store.ts';
import { keptStudyText } from '../../state/study/studyDb.ts';
import { forgetUnread } from '../../state/study/studyFiles.ts';
import { type StudyInputs, setNoise, setStudy } from '../../state/study/studySettings.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { saveFile } from '../../ui/download.ts';
import { formatNumber, formatPlain } from '../../ui/format.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { useHidden } from '../Section.tsx';
import { SettingInput } from '../SettingRow.tsx';
import { failuresInWords, noResults, QUESTIONS, resultsInWords } from './inWords.ts';
import { NearMissTable } from './NearMissTable.tsx';
import { RatePanel } from './RatePanel.tsx';
import { ScatterPanel } from './ScatterPanel.tsx';
import { SearchPanel } from './SearchPanel.tsx';
import { StripPanel } from './StripPanel.tsx';
import { StructurePanel } from './StructurePanel.tsx';
import { StudyExports } from './StudyExports.tsx';
import { StudyProgress } from './StudyProgress.tsx';
import { StudyRail } from './StudyRail.tsx';
import styles from './StudyView.module.css';
import { type Shown, useShown } from './shown.ts';
import { TablesPanel } from './TablesPanel.tsx';
import { TrialPanel } from './TrialPanel.tsx';

/** The study: plan on the left, results on the right. */
export function StudyView(props: {
  readonly narrow: boolean;
  /** True where the sheet of the plan is open; only where `narrow`. */
  readonly controls: boolean;
  onControls(open: boolean): void;
}): ReactNode {
  const noPlan = useHidden('controls');
  return (
    <main className={styles.page} data-alone={noPlan || undefined}>
      {noPlan ? null : props.narrow ? (
        <Dialog title="Plan" open={props.controls} onClose={() => props.onControls(false)}>
          <StudyRail />
        </Dialog>
      ) : (
        <StudyRail />
      )}
      <Results />
    </main>
  );
}

/** Rates, scatter, structures, failures, tables, strips, one trial. */
function Results(): ReactNode {
  const { study, shown, level } = useShown();
  const inputs = useBraggscape(state => state.inputs.study);
  const { failure, run } = useSeveral(({ study }) => ({ failure: study.shippedFailure, run: study.run }));
  const page = useRef<HTMLDivElement>(null);
  const empty = shown.trials.length === 0;
  return (
    <div className={styles.study} ref={page}>
      <StudyProgress />
      <Unread />
      <ShowBar shown={shown} level={level}>
        <StudyExports study={study} page={page} />
      </ShowBar>
      <div className={styles.lead} role="status">
        <p>
          <b>{QUESTIONS[inputs.noise]}</b>
        </p>
        {(empty ? noResults(inputs, run, failure) : resultsInWords(shown, level, inputs, run)).map(text => (
          <p key={text}>{text}</p>
        ))}
      </div>
      {!empty && (
        <>
          <div className={styles.top}>
            <RatePanel shown={shown} level={level} />
            <ScatterPanel shown={shown} level={level} />
          </div>
          <div className={styles.middle}>
            <StructurePanel shown={shown} level={level} />
            <NearMissTable shown={shown} />
          </div>
          <SearchPanel shown={shown} level={level} />
          <TrialPanel />
          <StripPanel shown={shown} level={level} />
          <TablesPanel records={study?.records ?? []} />
        </>
      )}
      <StudyNote shown={shown} />
    </div>
  );
}

/** Kept results that cannot be read any more, and the way to be rid of them. */
function Unread(): ReactNode {
  const unread = useBraggscape(state => state.study.unread);
  if (unread === 0) return null;
  const save = async (): Promise<void> => {
    saveFile('braggscape-study-set-aside.jsonl', await keptStudyText());
    await forgetUnread();
  };
  return (
    <div className={styles.show} role="status">
      <p>
        {formatNumber(unread, 0)} of the entries that this device keeps of the study{' '}
        {unread === 1 ? 'is' : 'are'} damaged and left out.
      </p>
      <Button
        small
        onClick={() =>
          void save().catch(error =>
            notify({ id: 'study', tone: 'error', text: `Nothing was set aside: ${reasonOf(error)}.` }),
          )
        }
      >
        Save to a file and set aside
      </Button>
    </div>
  );
}

/** The part of the results that is shown. */
function ShowBar(props: {
  readonly shown: Shown;
  readonly level: number | null;
  readonly children: ReactNode;
}): ReactNode {
  const { losses, rates, levels, trials } = props.shown;
  const { shownLoss, shownRate } = useBraggscape(state => state.inputs.study);
  return (
    <div className={styles.show}>
      <SettingInput of="study.source" small undoable={false} />
      <SettingInput
        of="study.noise"
        name="Noise shown"
        small
        onChange={(noise: StudyInputs['noise']) => setNoise(noise, false)}
      />
      <Choice
        label="Loss shown"
        all={losses}
        value={losses.includes(shownLoss) ? shownLoss : losses[0]}
        text={id => lossOf(id).label}
        onChange={next => setStudy({ shownLoss: next, shownRate: null }, false)}
      />
      <Choice
        label="Learning rate shown"
        all={rates}
        value={shownRate ?? trials.find(({ loss }) => loss)?.learningRate}
        text={rate => `rate ${formatPlain(rate)}`}
        onChange={next => setStudy({ shownRate: next }, false)}
      />
      <Choice
        label="Distortion shown in the panels"
        all={levels}
        value={props.level}
        text={sigma => `σ ${sigma}`}
        onChange={level => setStudy({ level }, false)}
      />
      <span className="spacer" />
      {props.children}
    </div>
  );
}

/** One of what the results have; nothing where there is no choice. */
function Choice<T extends string | number>(props: {
  readonly label: string;
  readonly all: readonly T[];
  readonly value: T | null | undefined;
  text(value: T): string;
  onChange(value: T): void;
}): ReactNode {
  const { label, all, value, text, onChange } = props;
  if (all.length < 2 || value === null || value === undefined) return null;
  const options = all.map(one => ({ value: one, label: text(one) }));
  return <Segmented small label={label} value={value} options={options} onChange={onChange} />;
}

/** Origin of the results. */
function StudyNote({ shown }: { shown: Shown }): ReactNode {
  const source = useBraggscape(state => state.inputs.study.source);
  const { note, own } = useSeveral(({ study }) => ({ note: study.note, own: study.own }));
  const failed = shown.failures.length > 0 && <p>{failuresInWords(shown.failures)}</p>;
  if (source === 'own')
    return (
      <footer className={styles.note}>
        {own && (
          <p>
            {formatNumber(own.records.length, 0)} trials on this device, seed {own.conditions.seed}, at most{' '}
            {formatNumber(own.conditions.maxIterations, 0)} steps.
          </p>
        )}
        {failed}
      </footer>
    );
  if (!note) return null;
  return (
    <footer className={styles.note}>
      <p>
        Shipped results of {note.date}, commit {note.commit.slice(0, 10)}, {note.machine},{' '}
        {formatNumber(note.hours, 1)} thread hours.
      </p>
      {note.remarks.map(remark => (
        <p key={remark}>{remark}</p>
      ))}
      {note.commands.map(command => (
        <p key={command}>
          <code>{command}</code>
        </p>
      ))}
      {failed}
    </footer>
  );
}
