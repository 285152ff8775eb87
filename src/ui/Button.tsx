import type { ComponentProps, ReactNode } from 'react';
import styles from './Button.module.css';

export interface ButtonStyle {
  /** The chief one of its place, an icon, a word in a sentence, or the small (i); plain when left out. */
  readonly kind?: 'primary' | 'icon' | 'text' | 'info' | undefined;
  readonly small?: boolean | undefined;
  readonly className?: string | undefined;
}

/** Class names of a button, for links and labels that look like one. */
export const buttonClass = ({ kind, small, className }: ButtonStyle = {}): string =>
  [styles.button, kind && styles[kind], small && styles.small, className].filter(Boolean).join(' ');

/** A button that submits nothing. */
export function Button({
  kind,
  small,
  className,
  ...rest
}: ButtonStyle & ComponentProps<'button'>): ReactNode {
  return <button type="button" {...rest} className={buttonClass({ kind, small, className })} />;
}
