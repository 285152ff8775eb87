import { oneOf, optional } from '../linkCodecs.ts';
import { fieldsOf, type LinkField } from '../linkField.ts';
import { GALLERY_FILTERS, type GalleryInputs, LARGER_IDS } from './galleryInputs.ts';
import { PRESET_IDS } from './presetIds.ts';

const gallery = fieldsOf<GalleryInputs>();

export const GALLERY_FIELDS: readonly LinkField<GalleryInputs>[] = [
  gallery('gf', 'filter of the gallery', 'filter', oneOf(GALLERY_FILTERS)),
  gallery('gv', 'larger view of the gallery', 'larger', optional(oneOf(LARGER_IDS))),
  gallery('cap', 'caption', 'caption', optional(oneOf(PRESET_IDS))),
];
