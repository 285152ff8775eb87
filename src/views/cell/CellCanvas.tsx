import type { KeyboardEvent, ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';
import styles from './CellCanvas.module.css';
import { viewKey } from './turning.ts';
import type { CellStage } from './useCellStage.ts';

export interface CellCanvasProps {
  readonly cell: CellStage;
  /** An application takes keys for more than the view. */
  readonly role: 'img' | 'application';
  readonly label: string;
  /** Id of the text that explains the keys. */
  readonly describedBy?: string;
  /** Said where there is no WebGL 2, and where its context was lost. */
  readonly messages: Readonly<Record<'unavailable' | 'lost', string>>;
  /** True where a key was used; the others turn and zoom the view. */
  onKey?(event: KeyboardEvent): boolean;
  onBlur?(): void;
  /** Laid over the picture. */
  readonly children?: ReactNode;
}

/** The picture of a cell with the letters of its axes, turned by pointer and keys. */
export function CellCanvas(props: CellCanvasProps): ReactNode {
  const { cell, role, label, describedBy, messages, onKey, onBlur, children } = props;
  const { host, stage, drawing, retry } = cell;
  // Keys that the picture uses are not passed on: outside it arrows move the probe.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || !stage.current) return;
    if (!onKey?.(event) && !viewKey(stage.current, event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <div className={styles['picture']} data-cell-picture="">
        {/* biome-ignore-start lint/a11y: a picture that is turned from the keyboard, whose role the caller gives */}
        <div
          ref={host}
          className={styles['canvas']}
          role={role}
          aria-label={label}
          aria-describedby={describedBy}
          tabIndex={0}
          onKeyDown={onKeyDown}
          onBlur={onBlur}
        >
          {['a', 'b', 'c'].map(axis => (
            <i key={axis} className={styles['axis']} data-axis={axis} hidden>
              {axis}
            </i>
          ))}
        </div>
        {/* biome-ignore-end lint/a11y: a picture that is turned from the keyboard, whose role the caller gives */}
        {children}
      </div>
      {(drawing === 'unavailable' || drawing === 'lost') && (
        <div className={styles['message']} role="status">
          <p>{messages[drawing]}</p>
          <Button small onClick={retry}>
            Try again
          </Button>
        </div>
      )}
    </>
  );
}
