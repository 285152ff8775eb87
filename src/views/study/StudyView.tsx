import { type ReactNode, useRef } from 'react';
import { lossOf } from '../../losses/registry.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { setStudy } from '../../state/study/studyActions.ts';
import type { StudyInputs } from '../../state/study/studySettings.ts';
import type { Criterion } from '../../study/summary.ts';
import { formatPlain } from '../../ui/format.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { SettingInput } from '../SettingRow.tsx';
import { NearMissTable } from './NearMissTable.tsx';
import { RateChart } from './RateChart.tsx';
import { ScatterPanel } from './ScatterPanel.tsx';
import { StripPanel } from './StripPanel.tsx';
import { StructurePanel } from './StructurePanel.tsx';
import { StudyExports } from './StudyExports.tsx';
import { StudyNote } from './StudyNote.tsx';
import { StudyPanel } from './StudyPanel.tsx';
import { StudyProgress } from './StudyProgress.tsx';
import styles from './StudyView.module.css';
import { settingLook } from './settingLook.ts';
import { isDescent, type Shown } from './shown.ts';
import { TablesPanel } from './TablesPanel.tsx';
import { TrialPanel } from './TrialPanel.tsx';
import { useShown } from './useShown.ts';

/** Results of a study: rates, scatter, structures, failures, tables, strips, one trial. */
export function StudyView(): ReactNode {
  const { study, shown, level } = useShown();
  const inputs = useBraggscape(state => state.inputs.study);
  const failure = useBraggscape(state => state.study.shippedFailure);
  const page = useRef<HTMLDivElement>(null);
  const empty = shown.trials.length === 0;
  return (
    <div className={styles.study} ref={page}>
      <StudyProgress />
      <ShowBar shown={shown} level={level}>
        <StudyExports study={study} page={page} />
      </ShowBar>
      {empty ? (
        <p className={styles.empty} role="status">
          {emptySentence(inputs.source, inputs.noise, failure)}
        </p>
      ) : (
        <>
          <div className={styles.top}>
            <RatePanel shown={shown} level={level} />
            <ScatterPanel shown={shown} level={level} />
          </div>
          <div className={styles.middle}>
            <StructurePanel shown={shown} level={level} />
            <NearMissTable shown={shown} />
          </div>
          <TrialPanel />
          <StripPanel shown={shown} level={level} />
          <TablesPanel records={study?.records ?? []} />
        </>
      )}
      <StudyNote shown={shown} />
    </div>
  );
}

function emptySentence(source: 'shipped' | 'own', noise: string, failure: string | null): string {
  if (source === 'own')
    return `This device has no results for ${noise} noise yet. Run a plan, or merge a file.`;
  return failure ?? 'Reading the shipped results.';
}

/** The part of the results that is shown. */
function ShowBar({
  shown,
  level,
  children,
}: {
  shown: Shown;
  level: number | null;
  children: ReactNode;
}): ReactNode {
  const inputs = useBraggscape(state => state.inputs.study);
  const loss = shown.losses.includes(inputs.shownLoss) ? inputs.shownLoss : shown.losses[0];
  return (
    <div className={styles.show}>
      <SettingInput
        of="study.source"
        small
        onChange={(source: StudyInputs['source']) => setStudy({ source }, false)}
      />
      <SettingInput
        of="study.noise"
        name="Noise shown"
        small
        onChange={(noise: StudyInputs['noise']) =>
          setStudy({ noise, levels: null, level: noise === 'lattice' ? 0.1 : 0.05 }, false)
        }
      />
      {loss && shown.losses.length > 1 && (
        <Segmented
          small
          label="Loss shown"
          value={loss}
          options={shown.losses.map(id => ({ value: id, label: lossOf(id).label }))}
          onChange={shownLoss => setStudy({ shownLoss, shownRate: null }, false)}
        />
      )}
      {shown.rates.length > 1 && (
        <Segmented
          small
          label="Learning rate shown"
          value={String(inputs.shownRate ?? shown.trials.find(({ loss: own }) => own)?.learningRate)}
          options={shown.rates.map(rate => ({ value: String(rate), label: `rate ${formatPlain(rate)}` }))}
          onChange={rate => setStudy({ shownRate: Number(rate) }, false)}
        />
      )}
      {shown.levels.length > 1 && level !== null && (
        <Segmented
          small
          label="Distortion shown in the panels"
          value={String(level)}
          options={shown.levels.map(sigma => ({ value: String(sigma), label: `σ ${sigma}` }))}
          onChange={sigma => setStudy({ level: Number(sigma) }, false)}
        />
      )}
      <span className="spacer" />
      {children}
    </div>
  );
}

const TITLES = {
  match: 'Match rate',
  unscaled: 'Match rate without scaling of the volume',
  strict: 'Strict recovery',
} as const;

function RatePanel({ shown, level }: { shown: Shown; level: number | null }): ReactNode {
  const criterion = useBraggscape(state => state.inputs.study.criterion);
  const bars = shown.levels.flatMap(sigma =>
    shown.settings
      .filter(isDescent)
      .map(
        setting => shown.trials.filter(trial => trial.sigma === sigma && trial.setting === setting).length,
      ),
  );
  const [low, high] = [Math.min(...bars), Math.max(...bars)];
  return (
    <StudyPanel
      title={TITLES[criterion]}
      about="the rates"
      info={
        <>
          <p>
            Share of trials whose crystal at the end counts as the truth, with the 95 % Jeffreys interval (the
            prior Beta(½, ½), equal tails).
          </p>
          <p>
            <b>Match</b>: StructureMatcher of pymatgen with the paper’s tolerances (0.1, 0.2, 5°), which
            brings both crystals to one volume first. <b>Unscaled</b>: the same without that. <b>Strict</b>:
            all lengths within 0.5 % and all angles within 0.5° of the truth; for coordinates a match with no
            atom further off than 0.05 Å.
          </p>
          <p>
            The dotted line is the distorted crystal before any descent, the dashed one its projection onto
            the crystal family, again without any descent: since the matcher rescales, a projected cubic cell
            matches whatever its length. The bars of the paper’s Figure 1 exist only as a picture, so nothing
            is drawn for them.
          </p>
        </>
      }
      note={<>n = {low === high ? low : `${low}–${high}`} a bar, 95 % Jeffreys intervals</>}
      tools={
        <SettingInput
          of="study.criterion"
          small
          onChange={(value: Criterion) => setStudy({ criterion: value }, false)}
        />
      }
    >
      <RateChart shown={shown} level={level} />
      <ul className={styles.legend}>
        {shown.settings.map(setting => {
          const look = settingLook(setting);
          return (
            <li key={setting}>
              <svg width="22" height="12" viewBox="0 0 22 12" aria-hidden="true">
                {isDescent(setting) ? (
                  <>
                    <rect x="4" y="2" width="12" height="10" fill={look.line} fillOpacity={0.3} />
                    <line x1="4" x2="16" y1="2" y2="2" stroke={look.line} strokeWidth={2.5} />
                  </>
                ) : (
                  <line
                    x1="0"
                    x2="22"
                    y1="6"
                    y2="6"
                    stroke={look.line}
                    strokeWidth={1.8}
                    strokeDasharray={look.dash}
                  />
                )}
              </svg>
              {look.name}
            </li>
          );
        })}
      </ul>
    </StudyPanel>
  );
}
