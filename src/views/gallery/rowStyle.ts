import type { RowRole } from '../../state/gallery/gallerySlice.ts';

/** Colours of the four rows: those of the descents that end there. */
export const ROW_STYLES: Readonly<Record<RowRole, { readonly line: string; readonly text: string }>> = {
  truth: { line: 'var(--ink)', text: 'var(--ink)' },
  distorted: { line: 'var(--ink2)', text: 'var(--ink2)' },
  unconstrained: { line: 'var(--free)', text: 'var(--free-text)' },
  constrained: { line: 'var(--constrained)', text: 'var(--constrained-text)' },
};

export const ROLES: readonly RowRole[] = ['truth', 'distorted', 'unconstrained', 'constrained'];
