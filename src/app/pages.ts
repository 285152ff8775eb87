import type { ComponentType } from 'react';
import type { PageId } from '../state/core/pages.ts';
import type { PageProps } from './pageProps.ts';

export interface Page {
  /** Parts of the bar that concern the page. */
  readonly bar: { readonly structure: boolean; readonly undo: boolean; readonly controls: boolean };
  /** Fetches the page's code; only the explorer is part of the first load. Each page renders one <main>. */
  load(): Promise<ComponentType<PageProps>>;
}

export const PAGE_TABLE: Readonly<Record<PageId, Page>> = {
  explore: {
    bar: { structure: true, undo: true, controls: true },
    load: async () => (await import('./ExplorePage.tsx')).ExplorePage,
  },
  gallery: {
    bar: { structure: false, undo: false, controls: false },
    load: async () => (await import('../views/gallery/GalleryPage.tsx')).GalleryPage,
  },
  compare: {
    bar: { structure: false, undo: true, controls: false },
    load: async () => (await import('../views/compare/CompareView.tsx')).CompareView,
  },
  phases: {
    bar: { structure: true, undo: true, controls: false },
    load: async () => (await import('../views/phases/PhasesView.tsx')).PhasesView,
  },
  help: {
    bar: { structure: false, undo: false, controls: false },
    load: async () => (await import('../views/help/HelpPage.tsx')).HelpPage,
  },
  study: {
    bar: { structure: false, undo: true, controls: true },
    load: async () => (await import('../views/study/StudyView.tsx')).StudyView,
  },
};
