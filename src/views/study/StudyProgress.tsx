import { type ReactNode, useMemo } from 'react';
import { useBraggscape } from '../../state/core/store.ts';
import { planOfInputs } from '../../state/study/studyPlan.ts';
import { cancelStudy, pauseStudy, plannedRun, startStudy } from '../../state/study/studyRun.ts';
import { setStudy } from '../../state/study/studySettings.ts';
import type { StudyRun } from '../../state/study/studySlice.ts';
import type { StudyPlan } from '../../study/plan.ts';
import { Button } from '../../ui/Button.tsx';
import { formatDuration, formatNumber, THIN } from '../../ui/format.ts';
import { Icon } from '../../ui/Icon.tsx';
import styles from './StudyProgress.module.css';
import { settingStyle } from './settingStyle.ts';

/** The run, its progress, and the buttons for it. */
export function StudyProgress(): ReactNode {
  const run = useBraggscape(state => state.study.run);
  const ready = useBraggscape(state => state.study.ready);
  const inputs = useBraggscape(state => state.inputs.study);
  const own = useBraggscape(state => state.study.own);
  const plan = useMemo(() => planOfInputs(inputs), [inputs]);
  // Without a run the plan is counted against what is kept: what was stopped stays done.
  const kept = useMemo(() => (run ? null : plannedRun(plan, own?.records ?? [])), [run, plan, own]);
  const start = (what: StudyPlan): void => {
    setStudy({ source: 'own' }, false);
    void startStudy(what);
  };
  const { doneDescents, totalDescents } = run ?? kept!;
  const begun = run !== null || doneDescents > 0;
  return (
    <div className={styles.progress} data-testid="study-progress">
      <span>
        <b className={styles.count}>{formatNumber(begun ? doneDescents : totalDescents, 0)}</b>{' '}
        {begun
          ? `of ${formatNumber(totalDescents, 0)} descents${run ? '' : ' done and kept on this device'}`
          : 'descents planned'}
      </span>
      {run ? <RunLine run={run} /> : <span className="spacer" />}
      {run?.status === 'computing' ? (
        <Button onClick={pauseStudy}>
          <Icon name="pause" /> Pause
        </Button>
      ) : (
        <Button
          kind="primary"
          disabled={!run && (!ready || totalDescents === 0)}
          onClick={() => start(run && run.status !== 'done' ? run.plan : plan)}
        >
          {!run ? (begun ? 'Go on' : 'Run') : run.status === 'done' ? 'Run the plan' : 'Resume'}
        </Button>
      )}
      {run && run.status !== 'done' && <Button onClick={() => void cancelStudy()}>Stop here</Button>}
    </div>
  );
}

function RunLine({ run }: { run: StudyRun }): ReactNode {
  const { done, total } = run;
  return (
    <div className={styles.middle}>
      <div
        className={styles.bar}
        role="progressbar"
        aria-label="Study"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
      >
        <div style={{ width: `${total ? (100 * done) / total : 0}%` }} />
      </div>
      <p className={styles.line} role="status">
        <span>{stateSentence(run)}</span>
        <span>{forecastSentence(run)}</span>
      </p>
    </div>
  );
}

function stateSentence({ status, now, message }: StudyRun): string {
  if (status === 'failed') return `Stopped: ${message}`;
  if (status === 'cancelled') return 'Paused. What is done is kept on this device.';
  if (status === 'done') return 'Finished.';
  if (!now) return 'Starting.';
  return `Now: ${now.structure}, ${now.noise} ${now.sigma}, copy ${now.variant}, ${now.loss}, ${settingStyle(now.setting).name}`;
}

function forecastSentence({ secondsPerDescent, remaining }: StudyRun): string {
  if (secondsPerDescent === null || remaining === null) return '';
  return `${formatNumber(secondsPerDescent, secondsPerDescent < 10 ? 2 : 0)}${THIN}s a descent, about ${formatDuration(remaining)} left`;
}
