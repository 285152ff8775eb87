import { type ReactNode, useRef } from 'react';
import styles from './Slider.module.css';

export interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** The value in words, for those who do not see it. */
  readonly text?: string;
  /** @param first whether this is the first change of a gesture: the one to undo */
  onChange(value: number, first: boolean): void;
}

/** The platform's slider, dressed. */
export function Slider({ label, value, min, max, step, text, onChange }: SliderProps): ReactNode {
  const going = useRef(false);
  const end = (): void => {
    going.current = false;
  };
  return (
    <input
      className={styles.slider}
      type="range"
      aria-label={label}
      aria-valuetext={text}
      min={min}
      max={max}
      step={step}
      value={value}
      onChange={event => {
        onChange(Number(event.target.value), !going.current);
        going.current = true;
      }}
      onPointerUp={end}
      onKeyUp={end}
      onBlur={end}
    />
  );
}
