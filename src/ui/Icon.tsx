import type { ReactNode } from 'react';
import { Button } from './Button.tsx';

const PATHS = {
  expand: 'M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4',
  download: 'M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11',
  reset: 'M3 8a5 5 0 1 0 1.6-3.7M3 2.5v3h3',
  layers: 'M8 2 2 5.2l6 3.2 6-3.2zM2 8.5l6 3.2 6-3.2M2 11.5l6 3.2 6-3.2',
  link: 'M6.7 9.3a2.6 2.6 0 0 0 3.7 0l2.4-2.4a2.6 2.6 0 0 0-3.7-3.7l-1 1M9.3 6.7a2.6 2.6 0 0 0-3.7 0L3.2 9.1a2.6 2.6 0 0 0 3.7 3.7l1-1',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M8 1v1.6M8 13.4V15M1 8h1.6M13.4 8H15M3 3l1.2 1.2M11.8 11.8 13 13M13 3l-1.2 1.2M4.2 11.8 3 13',
  moon: 'M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z',
  first: 'M4 3v10M13 3.5 7 8l6 4.5z',
  last: 'M12 3v10M3 3.5 9 8l-6 4.5z',
  previous: 'M10 3 5 8l5 5',
  next: 'M6 3l5 5-5 5',
  play: 'M5 3.2 13 8l-8 4.8z',
  pause: 'M5.2 3v10M10.8 3v10',
  close: 'M4 4l8 8M12 4l-8 8',
  undo: 'M6 3 2.5 6.5 6 10M2.5 6.5h7a4 4 0 0 1 0 8H7',
  redo: 'M10 3l3.5 3.5L10 10M13.5 6.5h-7a4 4 0 0 0 0 8H9',
  folder:
    'M1.8 4.2c0-.7.5-1.2 1.2-1.2h3.2l1.6 1.8H13c.7 0 1.2.5 1.2 1.2v6c0 .7-.5 1.2-1.2 1.2H3c-.7 0-1.2-.5-1.2-1.2z',
  more: 'M3 8h.01M8 8h.01M13 8h.01',
  menu: 'M2.5 4h11M2.5 8h11M2.5 12h11',
} as const;

export type IconName = keyof typeof PATHS;

/** A line icon of 16 × 16; the button around it carries the name. */
export function Icon({ name }: { name: IconName }): ReactNode {
  const filled = name === 'play' || name === 'first' || name === 'last';
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill={filled ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth={name === 'pause' || name === 'more' ? 2.6 : 1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}

/** Down, at the end of what opens a list; 12 × 12. */
export const Chevron = (): ReactNode => (
  <svg
    width="12"
    height="12"
    viewBox="0 0 12 12"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.5"
    aria-hidden="true"
  >
    <path d="M2.5 4.5 6 8l3.5-3.5" />
  </svg>
);

export interface IconButtonProps {
  readonly name: IconName;
  readonly label: string;
  onClick(): void;
  readonly disabled?: boolean;
  readonly small?: boolean;
  readonly className?: string | undefined;
}

/** A button that is an icon; its name is its tooltip too. */
export function IconButton({ name, label, ...rest }: IconButtonProps): ReactNode {
  return (
    <Button kind="icon" aria-label={label} title={label} {...rest}>
      <Icon name={name} />
    </Button>
  );
}
