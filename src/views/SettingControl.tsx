import type { ReactNode } from 'react';
import type { ChoiceCodec, NumberCodec } from '../state/core/codecs.ts';
import type { Setting } from '../state/core/settings.ts';
import { Checkbox } from '../ui/Checkbox.tsx';
import { NumberField } from '../ui/NumberField.tsx';
import { Prose } from '../ui/Prose.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { Select } from '../ui/Select.tsx';
import { Slider } from '../ui/Slider.tsx';

export interface SettingControlProps {
  readonly row: Setting;
  readonly value: unknown;
  /**
   * Takes the value, or says why not.
   * @param undoable whether this is the first change of a gesture: the one to undo; absent as the setting says
   */
  onChange(value: unknown, undoable?: boolean): string | null | undefined;
  /** In place of the name that the row has. */
  readonly name?: string | undefined;
  readonly small?: boolean | undefined;
  /** Drawings in place of the words of a choice. */
  readonly glyphs?: Readonly<Record<string, ReactNode>> | undefined;
  /** False where another check knows the limits and says why. */
  readonly limited?: boolean;
}

/** Name of a setting without its italics. */
const nameOf = ({ name, row, label }: Setting): string => name ?? row?.replaceAll('*', '') ?? label;

/** The control of a setting, as its row in the table says: a box, a bar or list of choices, a number or a slider with a number. */
export function SettingControl(props: SettingControlProps): ReactNode {
  const { row, value, onChange, name = nameOf(row), small = false, glyphs } = props;
  if (typeof value === 'boolean')
    return (
      <Checkbox checked={value} onChange={on => void onChange(on)}>
        {name}
      </Checkbox>
    );
  if ('limits' in row.codec) return <NumberControl {...props} name={name} value={value as number} />;
  const { choices, words } = row.codec as ChoiceCodec<string>;
  const options = (row.order ?? choices).map(choice => {
    const [label, title] = [words[choice] ?? choice].flat();
    return { value: choice, label: label!, ...(title !== undefined && { title }) };
  });
  const shared = { label: name, value: value as string, onChange: (next: string) => void onChange(next) };
  if (row.select) return <Select {...shared} options={options} />;
  return (
    <Segmented
      {...shared}
      small={small}
      options={options.map(option => ({
        ...option,
        label: glyphs?.[option.value] ?? <Prose text={option.label} />,
      }))}
    />
  );
}

/** Typed values may go beyond the slider, up to the limits of the setting. */
function NumberControl(props: SettingControlProps & { name: string; value: number }): ReactNode {
  const { row, name, value, onChange, limited = true } = props;
  const { limits, whole } = row.codec as NumberCodec;
  const { unit, step = 1, slider, logarithmic, steppers = true, prefix } = row;
  const times = row.percent ? 100 : 1;
  const decimals = row.decimals ?? (slider ? 2 : undefined);
  const shown = times === 1 ? value : Number((times * value).toPrecision(10));
  const place = logarithmic ? Math.log10 : Number;
  const take = (next: number, undoable?: boolean): string | null | undefined =>
    whole && !Number.isInteger(next) ? `${name} is a whole number` : onChange(next / times, undoable);
  return (
    <>
      {slider && (
        <Slider
          label={name}
          value={place(Math.max(slider[0], Math.min(slider[1], shown)))}
          min={place(slider[0])}
          max={place(slider[1])}
          step={logarithmic ? 0.01 : step}
          text={`${Number(shown.toFixed(decimals))} ${unit ?? ''}`}
          onChange={(next, first) =>
            void take(logarithmic ? Number((10 ** next).toPrecision(2)) : next, first)
          }
        />
      )}
      <NumberField
        label={name}
        step={step}
        steppers={steppers}
        value={shown}
        onChange={next => take(next)}
        {...(unit === undefined ? {} : { unit })}
        {...(prefix === undefined ? {} : { prefix: <Prose text={prefix} /> })}
        {...(decimals === undefined ? {} : { decimals })}
        {...(limited ? { min: times * limits[0], max: times * limits[1] } : {})}
      />
    </>
  );
}
