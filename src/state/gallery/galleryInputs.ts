import type { PresetId } from './presetIds.ts';

export const GALLERY_FILTERS = ['all', 'landscapes', 'descents', 'patterns'] as const;
export type GalleryFilter = (typeof GALLERY_FILTERS)[number];

/** Pictures with a larger view of their own. */
export const LARGER_IDS = ['fig5', 'figS2', 'figS3'] as const;
export type LargerId = (typeof LARGER_IDS)[number];

/** What a link carries of the gallery. */
export interface GalleryInputs {
  readonly filter: GalleryFilter;
  /** The picture that is open in its larger view. */
  readonly larger: LargerId | null;
  /** The picture whose caption stands over the explorer. */
  readonly caption: PresetId | null;
}

export const DEFAULT_GALLERY: GalleryInputs = { filter: 'all', larger: null, caption: null };
