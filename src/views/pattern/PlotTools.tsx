import type { ReactNode } from 'react';
import { useBraggscape } from '../../state/core/store.ts';
import { setView } from '../../state/explore/actions.ts';
import { IconButton } from '../../ui/Icon.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import styles from './PlotTools.module.css';

const AXIS_OPTIONS = [
  { value: 'twoTheta', label: '2θ', title: 'Scattering angle 2θ' },
  { value: 'q', label: <i>Q</i>, title: 'Q = 4π sinθ/λ' },
  { value: 'd', label: <i>d</i>, title: 'Spacing d, logarithmic: equal strains are equal lengths' },
] as const;

const INTENSITY_OPTIONS = [
  { value: 'linear', label: 'lin', title: 'Linear intensity' },
  { value: 'sqrt', label: '√', title: 'Square root of intensity' },
  { value: 'log', label: 'log', title: 'Logarithmic intensity' },
] as const;

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

const STYLE_OPTIONS = [
  {
    value: 'profile',
    label: glyph('M1 12.5C4 12.5 3.6 2 5 2s1 10 3.2 10 1.4-5 2.5-5 .9 5.5 4.3 5.5'),
    title: 'Profiles',
  },
  { value: 'sticks', label: glyph('M1 12.5h14M4 12V2M8 12V8M12 12V5'), title: 'Sticks' },
] as const;

/** Axis, intensity and style of every pattern plot, the way back from a zoom, and files. */
export function PlotTools(props: {
  readonly resetLabel: string;
  onReset(): void;
  readonly downloads: ReactNode;
}): ReactNode {
  const axis = useBraggscape(state => state.inputs.view.axis);
  const intensity = useBraggscape(state => state.inputs.view.intensity);
  const style = useBraggscape(state => state.inputs.view.style);
  return (
    <div className={styles.tools}>
      <Segmented
        small
        label="Axis"
        value={axis}
        options={AXIS_OPTIONS}
        onChange={value => setView({ axis: value })}
      />
      <div className={styles.more}>
        <Segmented
          small
          label="Intensity"
          value={intensity}
          options={INTENSITY_OPTIONS}
          onChange={value => setView({ intensity: value })}
        />
        <Segmented
          small
          label="Peaks as"
          value={style}
          options={STYLE_OPTIONS}
          onChange={value => setView({ style: value })}
        />
        <span className={styles.icons}>
          <IconButton name="expand" label={props.resetLabel} className="small" onClick={props.onReset} />
          {props.downloads}
        </span>
      </div>
    </div>
  );
}
