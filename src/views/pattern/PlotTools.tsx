import type { ReactNode } from 'react';
import { IconButton } from '../../ui/Icon.tsx';
import { SettingInput } from '../SettingRow.tsx';
import styles from './PlotTools.module.css';

const glyph = (path: string): ReactNode => (
  <svg
    width="16"
    height="14"
    viewBox="0 0 16 14"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.4"
    aria-hidden="true"
  >
    <path d={path} strokeLinejoin="round" strokeLinecap="round" />
  </svg>
);

const STYLES = {
  profile: glyph('M1 12.5C4 12.5 3.6 2 5 2s1 10 3.2 10 1.4-5 2.5-5 .9 5.5 4.3 5.5'),
  sticks: glyph('M1 12.5h14M4 12V2M8 12V8M12 12V5'),
};

/** Axis, intensity and style of every pattern plot, the way back from a zoom, and files. */
export function PlotTools(props: {
  readonly resetLabel: string;
  onReset(): void;
  readonly tool?: ReactNode;
  readonly downloads: ReactNode;
}): ReactNode {
  return (
    <div className={styles.tools}>
      <SettingInput of="view.axis" small />
      <div className={styles.more}>
        <SettingInput of="view.intensity" small />
        <SettingInput of="view.style" small glyphs={STYLES} />
        {props.tool}
        <span className={styles.icons}>
          <IconButton name="expand" label={props.resetLabel} small onClick={props.onReset} />
          {props.downloads}
        </span>
      </div>
    </div>
  );
}
