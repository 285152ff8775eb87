import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { formatPlain, typedNumber } from './format.ts';
import { InputBox } from './InputBox.tsx';
import styles from './NumberField.module.css';

export interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  /** Why a number is refused; null takes it. */
  onChange(value: number): string | null | undefined;
  readonly unit?: string;
  /** Shown inside the box in front of the number, e.g. an italic U. */
  readonly prefix?: ReactNode;
  readonly step: number;
  readonly min?: number;
  readonly max?: number;
  readonly decimals?: number;
  readonly steppers?: boolean;
}

/** A number with unit and steppers. Typing is a draft until Enter or leaving; Escape gives it up. */
export function NumberField(props: NumberFieldProps): ReactNode {
  const { label, value, onChange, unit = '', prefix, step, decimals, steppers = true } = props;
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const [message, setMessage] = useState<string | null>(null);
  const shown =
    draft ?? (decimals === undefined ? formatPlain(value) : formatPlain(Number(value.toFixed(decimals))));

  const take = (next: number): void => {
    const refused = refusal(next, props) ?? onChange(next) ?? null;
    setMessage(refused);
    if (refused === null) setDraft(null);
  };
  const commit = (): void => {
    if (draft === null) return;
    const next = typedNumber(draft);
    if (Number.isNaN(next)) setMessage(`“${draft}” is not a number`);
    else take(next);
  };
  const move = (steps: number): void => {
    const base = draft === null ? value : typedNumber(draft);
    const next = Number(((Number.isNaN(base) ? value : base) + steps * step).toPrecision(10));
    take(
      Math.max(props.min ?? Number.NEGATIVE_INFINITY, Math.min(props.max ?? Number.POSITIVE_INFINITY, next)),
    );
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') commit();
    else if (event.key === 'Escape') {
      setDraft(null);
      setMessage(null);
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      move((event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? 10 : 1));
    } else return;
    event.stopPropagation();
  };

  return (
    <InputBox
      prefix={prefix}
      unit={unit}
      message={message}
      id={id}
      behind={
        steppers && (
          <span className={styles.steppers}>
            <Stepper label={`Raise ${label}`} path="M1 5 4 2l3 3" onStep={() => move(1)} />
            <Stepper label={`Lower ${label}`} path="M1 2l3 3 3-3" onStep={() => move(-1)} />
          </span>
        )
      }
    >
      <input
        type="text"
        inputMode="decimal"
        autoComplete="off"
        aria-label={unit ? `${label}, ${unit}` : label}
        aria-invalid={message !== null}
        aria-describedby={message ? id : undefined}
        value={shown}
        data-settled={draft === null ? '' : undefined}
        onChange={event => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={onKeyDown}
      />
    </InputBox>
  );
}

function Stepper({ label, path, onStep }: { label: string; path: string; onStep(): void }): ReactNode {
  return (
    // The arrow keys do the same from the field itself.
    <button type="button" tabIndex={-1} aria-label={label} onClick={onStep}>
      <svg
        width="8"
        height="7"
        viewBox="0 0 8 7"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        aria-hidden="true"
      >
        <path d={path} />
      </svg>
    </button>
  );
}

function refusal(value: number, { min, max, unit = '', label }: NumberFieldProps): string | null {
  if (min !== undefined && value < min)
    return `${label} cannot be below ${formatPlain(min)}\u202f${unit}`.trim();
  if (max !== undefined && value > max)
    return `${label} cannot be above ${formatPlain(max)}\u202f${unit}`.trim();
  return null;
}
