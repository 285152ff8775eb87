/** The pages in the order of the navigation, which leaves out the last: `?` leads to it. `app/pages.ts` says what each shows. */
export const PAGES = [
  { id: 'explore', label: 'Explore' },
  { id: 'gallery', label: 'Gallery' },
  { id: 'compare', label: 'Compare' },
  { id: 'study', label: 'Study' },
  { id: 'phases', label: 'Phase problem' },
  { id: 'help', label: 'Documentation' },
] as const;

export type PageId = (typeof PAGES)[number]['id'];

/** Pages of the navigation. */
export const IN_NAVIGATION = PAGES.filter(({ id }) => id !== 'help');

export const PAGE_IDS: readonly PageId[] = PAGES.map(page => page.id);
