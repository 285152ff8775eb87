import { type ReactNode, useId, useRef } from 'react';
import { Button, type ButtonStyle } from './Button.tsx';
import styles from './Popover.module.css';
import { Prose } from './Prose.tsx';

export interface PopoverProps extends ButtonStyle {
  /** Accessible name of the button, where its content does not say it. */
  readonly label?: string;
  readonly button: ReactNode;
  /** Called when the panel opens. */
  onOpen?(): void;
  readonly children: ReactNode;
}

/** A button with a panel that floats: the platform's popover, closed by Escape or a click elsewhere. */
export function Popover({ label, button, onOpen, children, ...style }: PopoverProps): ReactNode {
  const id = useId();
  const anchor = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const place = (): void => {
    const box = anchor.current?.getBoundingClientRect();
    if (!box || !panel.current) return;
    const { style, offsetWidth, offsetHeight } = panel.current;
    style.left = `${Math.max(12, Math.min(box.left, innerWidth - offsetWidth - 12))}px`;
    const below = box.bottom + 6;
    const fits = below + offsetHeight < innerHeight - 12;
    style.top = `${fits ? below : Math.max(12, box.top - offsetHeight - 6)}px`;
  };
  return (
    <>
      <Button {...style} ref={anchor} aria-label={label} popoverTarget={id}>
        {button}
      </Button>
      <div
        id={id}
        ref={panel}
        popover="auto"
        className={styles.popover}
        onToggle={event => {
          if (event.newState !== 'open') return;
          onOpen?.();
          place();
        }}
      >
        {children}
      </div>
    </>
  );
}

/** The small (i): how a number was computed. */
export function Info(props: {
  readonly about: string;
  /** A heading, and paragraphs under it. */
  readonly title?: string;
  readonly help?: readonly string[] | undefined;
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <Popover label={`About ${props.about}`} button="i" kind="info">
      {props.title && <h3>{props.title}</h3>}
      {props.help?.map(text => (
        <p key={text}>
          <Prose text={text} />
        </p>
      ))}
      {props.children}
    </Popover>
  );
}
