import type { Figure } from '../../state/gallery/gallerySlice.ts';
import type { Preset } from '../../state/gallery/preset.ts';

/** Props of every picture of a card. */
export interface PictureProps {
  readonly preset: Preset;
  readonly figure: Figure;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Of the replay, 0 to 1. */
  readonly share: number;
  /** True where the card is pointed at or focused. */
  readonly active: boolean;
}
