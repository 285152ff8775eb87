import type { ReactNode } from 'react';
import { useBraggscape } from '../../state/core/store.ts';
import { setStudy } from '../../state/study/studyActions.ts';
import { planOfInputs } from '../../state/study/studyPlan.ts';
import { cancelStudy, pauseStudy, startStudy } from '../../state/study/studyRun.ts';
import type { StudyRun } from '../../state/study/studySlice.ts';
import { descentCount } from '../../study/plan.ts';
import { Button } from '../../ui/Button.tsx';
import { formatDuration, formatNumber, THIN } from '../../ui/format.ts';
import { Icon } from '../../ui/Icon.tsx';
import styles from './StudyProgress.module.css';
import { settingLook } from './settingLook.ts';

/** The run, its progress, and the buttons for it. */
export function StudyProgress(): ReactNode {
  const run = useBraggscape(state => state.study.run);
  const ready = useBraggscape(state => state.study.ready);
  const inputs = useBraggscape(state => state.inputs.study);
  const plan = planOfInputs(inputs);
  const start = (): void => {
    setStudy({ source: 'own' }, false);
    void startStudy(plan);
  };
  if (!run)
    return (
      <div className={styles.progress} data-testid="study-progress">
        <b className={styles.count}>{formatNumber(descentCount(plan), 0)}</b> descents planned
        <span className="spacer" />
        <Button kind="primary" disabled={!ready || descentCount(plan) === 0} onClick={start}>
          Run
        </Button>
      </div>
    );
  const share = run.total ? run.done / run.total : 0;
  return (
    <div className={styles.progress} data-testid="study-progress">
      <span>
        <b className={styles.count}>{formatNumber(run.doneDescents, 0)}</b> of{' '}
        {formatNumber(run.totalDescents, 0)} descents
      </span>
      <div className={styles.middle}>
        <div
          className={styles.bar}
          role="progressbar"
          aria-label="Study"
          aria-valuemin={0}
          aria-valuemax={run.total}
          aria-valuenow={run.done}
        >
          <div style={{ width: `${100 * share}%` }} />
        </div>
        <p className={styles.line} role="status">
          <span>{stateSentence(run)}</span>
          <span>{forecastSentence(run)}</span>
        </p>
      </div>
      {run.status === 'computing' ? (
        <Button onClick={pauseStudy}>
          <Icon name="pause" /> Pause
        </Button>
      ) : run.status === 'done' ? (
        <Button kind="primary" onClick={start}>
          Run the plan
        </Button>
      ) : (
        <Button
          kind="primary"
          onClick={() => {
            setStudy({ source: 'own' }, false);
            void startStudy(run.plan);
          }}
        >
          Resume
        </Button>
      )}
      {run.status !== 'done' && <Button onClick={() => void cancelStudy()}>Stop here</Button>}
    </div>
  );
}

function stateSentence({ status, now, message }: StudyRun): string {
  if (status === 'failed') return `Stopped: ${message}`;
  if (status === 'cancelled') return 'Paused. What is done is kept on this device.';
  if (status === 'done') return 'Finished.';
  if (!now) return 'Starting.';
  return `Now: ${now.structure}, ${now.noise} ${now.sigma}, copy ${now.variant}, ${now.loss}, ${settingLook(now.setting).name}`;
}

function forecastSentence({ secondsPerDescent, remaining }: StudyRun): string {
  if (secondsPerDescent === null || remaining === null) return '';
  return `${formatNumber(secondsPerDescent, secondsPerDescent < 10 ? 2 : 0)}${THIN}s a descent, about ${formatDuration(remaining)} left`;
}
