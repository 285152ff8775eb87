import type { ReactNode } from 'react';
import { NumberField } from '../../ui/NumberField.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { Row } from '../controls/Section.tsx';

export interface SliderRowProps {
  readonly label: ReactNode;
  readonly name: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly unit?: string;
  readonly decimals?: number;
  /** Typed values may go beyond the slider, up to here. */
  readonly limits?: readonly [number, number];
  onChange(value: number, first: boolean): void;
}

/** A value with a slider for the hand and a field for the number. */
export function SliderRow(props: SliderRowProps): ReactNode {
  const {
    label,
    name,
    value,
    min,
    max,
    step,
    unit = '',
    decimals = 2,
    limits = [min, max],
    onChange,
  } = props;
  return (
    <Row label={label}>
      <Slider
        label={name}
        value={Math.max(min, Math.min(max, value))}
        min={min}
        max={max}
        step={step}
        text={`${Number(value.toFixed(decimals))} ${unit}`}
        onChange={onChange}
      />
      <NumberField
        label={name}
        unit={unit}
        step={step}
        min={limits[0]}
        max={limits[1]}
        decimals={decimals}
        value={value}
        onChange={next => {
          onChange(next, true);
          return null;
        }}
      />
    </Row>
  );
}
