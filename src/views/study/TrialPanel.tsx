import { type ReactNode, useEffect, useState } from 'react';
import { PAPER_INSTRUMENT } from '../../diffraction/instrument.ts';
import { MATCH_ORDER } from '../../matching/matcher.ts';
import { reasonOf } from '../../num/reasonOf.ts';
import { loadStructure } from '../../state/files/loadStructure.ts';
import { type TrialRow, trialRows } from '../../state/study/trialRows.ts';
import { type FinishedTrial, isMatch } from '../../study/record.ts';
import { formatNumber } from '../../ui/format.ts';
import { linePath } from '../../ui/linePath.ts';
import { useSize } from '../../ui/useSize.ts';
import { asItIs, GAUGES, Gauge } from './Gauge.tsx';
import { OpenTrialButton } from './OpenTrialButton.tsx';
import { MISSED_BY } from './SearchPanel.tsx';
import { PanelNote, StudyPanel } from './StudyPanel.tsx';
import { settingStyle } from './settingStyle.ts';
import { type Selected, useSelected } from './shown.ts';
import styles from './TrialPanel.module.css';

type Drawn =
  | { readonly key: FinishedTrial; readonly rows: readonly TrialRow[] }
  | { readonly failure: string }
  | null;

/** One trial in the manner of the paper's Figure 5: the patterns of truth, start and ends, with their verdicts. */
export function TrialPanel(): ReactNode {
  const selected = useSelected();
  const drawn = useRows(selected);
  return (
    <StudyPanel
      className={styles.panel}
      title="One trial"
      about="the trial"
      help={[
        'Simulated patterns in the manner of the paper’s Figure 5: the truth, the distorted start, and where the descents from it end, each over its own maximum, with ticks at its reflections. The numbers beside are the cosine similarity with the truth and what the matcher measured.',
        MATCH_ORDER,
      ]}
      note={
        selected &&
        `\`${selected.trial.structure}\`, ${selected.trial.noise} σ = ${selected.trial.sigma}, copy ${selected.trial.variant}, seed ${selected.trial.seed}`
      }
      tools={<OpenTrialButton />}
    >
      {!selected && <PanelNote>Choose a point or a row to see its patterns and its verdict.</PanelNote>}
      {drawn && 'failure' in drawn && <PanelNote>{drawn.failure}</PanelNote>}
      {drawn &&
        'rows' in drawn &&
        drawn.rows.map(row => <Row key={row.setting} row={row} chosen={row.trial === drawn.key} />)}
      {drawn && 'rows' in drawn && <Axis />}
    </StudyPanel>
  );
}

function useRows(selected: Selected | null): Drawn {
  const [drawn, setDrawn] = useState<Drawn>(null);
  useEffect(() => {
    if (!selected) return setDrawn(null);
    const { trial, study } = selected;
    const control = new AbortController();
    loadStructure(trial.structure, control.signal).then(
      structure =>
        control.signal.aborted ||
        setDrawn({ key: trial, rows: trialRows(trial, study.records, structure, study.conditions) }),
      (error: Error) => control.signal.aborted || setDrawn({ failure: reasonOf(error) }),
    );
    return () => control.abort();
  }, [selected]);
  return drawn;
}

const HEIGHT = 66;
const [LOW, HIGH] = [5, PAPER_INSTRUMENT.twoThetaMax];

function Row({ row, chosen }: { row: TrialRow; chosen: boolean }): ReactNode {
  const { setting, trial } = row;
  const style =
    setting === 'truth' ? { name: 'truth', line: 'var(--ink2)', text: 'var(--ink)' } : settingStyle(setting);
  const [box, { width }] = useSize<HTMLDivElement>();
  const x = (twoTheta: number): number => (width * (twoTheta - LOW)) / (HIGH - LOW);
  const step = PAPER_INSTRUMENT.step * row.stride;
  const first = Math.ceil(LOW / step);
  const path = linePath(
    row.pattern.subarray(first),
    i => x(step * (first + i)),
    value => 52 - 48 * value,
  );
  return (
    <div className={styles.row} data-chosen={chosen} data-testid={`trial-${setting}`}>
      <span className={styles.name} style={{ color: style.text }}>
        {style.name}
      </span>
      <div ref={box} className={styles.plot}>
        {width > 0 && (
          <svg width={width} height={HEIGHT} role="img" aria-label={`Pattern: ${style.name}`}>
            <line x1={0} x2={width} y1={52} y2={52} stroke="var(--axis)" />
            <path d={path} fill="none" stroke={style.line} strokeWidth={1.3} />
            <path
              d={row.ticks.map(at => `M${x(at).toFixed(1)} 56v7`).join('')}
              stroke={style.line}
              strokeOpacity={0.7}
            />
          </svg>
        )}
      </div>
      <div className={styles.verdict}>
        {trial ? <Verdict trial={trial} /> : <span className="quiet">what is sought</span>}
      </div>
    </div>
  );
}

function Verdict({ trial }: { trial: FinishedTrial }): ReactNode {
  return (
    <>
      <span>
        <b>{isMatch(trial) ? 'match' : 'no match'}</b>, similarity {formatNumber(trial.cosine, 3)}
        {trial.loss && <span className="quiet"> {efforts(trial)}</span>}
      </span>
      <span className={styles.gauges}>as it is {asItIs(trial)}</span>
      {GAUGES.map(gauge => (
        <span key={gauge.name} className={styles.gauges}>
          {gauge.name === 'displacement' ? 'atoms' : gauge.name} <Gauge of={gauge} trial={trial} />
        </span>
      ))}
    </>
  );
}

function efforts({ steps, evaluations, starts, agree, missed }: FinishedTrial): string {
  if (evaluations === undefined) return `after ${formatNumber(steps, 0)} steps`;
  const agreed = starts! > 1 ? `, ${agree} of ${starts} starts agree` : '';
  return `after ${formatNumber(evaluations, 0)} evaluations${agreed}${missed ? `; ${MISSED_BY[missed]}` : ''}`;
}

function Axis(): ReactNode {
  return (
    <div className={`${styles.row} ${styles.axisRow}`} aria-hidden="true">
      <span className={styles.name}>2θ / °</span>
      <div className={styles.axis}>
        {[10, 30, 50, 70, 90].map(tick => (
          <span key={tick} style={{ left: `${(100 * (tick - LOW)) / (HIGH - LOW)}%` }}>
            {tick}
          </span>
        ))}
      </div>
      <span className={styles.verdict} />
    </div>
  );
}
