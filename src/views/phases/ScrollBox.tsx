import type { ReactNode } from 'react';

/** What is longer than its pane; the keyboard can scroll it. */
export function ScrollBox({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable
    <section className="lab-scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
