import type { ReactNode } from 'react';
import type { Progress } from '../state/core/progress.ts';
import { Button } from '../ui/Button.tsx';
import { formatDuration, formatNumber } from '../ui/format.ts';
import styles from './ProgressLine.module.css';

/** Progress of a computation, or how it came about, in one line, with the way to stop it or to try again. */
export function ProgressLine(props: {
  readonly progress: Progress;
  /** Name of what is counted: "points". */
  readonly unit: string;
  /** Beginning of a sentence about what could not be computed. */
  readonly what?: string;
  /** Said behind the count while it runs. */
  readonly also?: string;
  /** Said behind the time that it took: " on WebGL". */
  readonly engine?: string;
  /** Said when it was cancelled. */
  readonly stopped?: string;
  /** Asks for it again, under a name for the rest of a cancelled one; none: no way but the settings. */
  readonly again?: { readonly rest: string; run(): void };
  cancel(): void;
  readonly className: string;
  readonly testId?: string;
  /** Shown while nothing is computed. */
  readonly children?: ReactNode;
}): ReactNode {
  const {
    progress,
    unit,
    what = 'It',
    also = '',
    engine = '',
    stopped = 'Stopped; what was computed stays.',
    again,
    cancel,
    className,
    testId,
    children,
  } = props;
  const { status, done, total, remaining, elapsed, message } = progress;
  const button = (text: string, run: () => void): ReactNode => (
    <Button kind="text" onClick={run}>
      {text}
    </Button>
  );
  return (
    <div className={className} aria-live="polite" data-testid={testId} data-status={status}>
      {status === 'computing' && (
        <span className={styles.progress}>
          <span>
            {formatNumber(done, 0)} of {formatNumber(total, 0)} {unit}
            {also}
          </span>
          <span className={styles.bar} aria-hidden="true">
            <span style={{ width: `${(100 * done) / Math.max(1, total)}%` }} />
          </span>
          {remaining !== null && <span>{formatDuration(remaining)} left</span>}
          {button('Cancel', cancel)}
        </span>
      )}
      {status === 'done' && elapsed !== null && (
        <span>
          {formatNumber(total, 0)} {unit} in {formatDuration(elapsed)}
          {engine}
        </span>
      )}
      {status === 'idle' && children}
      {status === 'cancelled' && (
        <span>
          {stopped} {again && button(again.rest, again.run)}
        </span>
      )}
      {status === 'failed' && (
        <span className="caution" role="alert">
          {what} could not be computed: {message}. {again && button('Try again', again.run)}
        </span>
      )}
    </div>
  );
}
