import type { ComponentType, ReactNode } from 'react';
import type { Figure } from '../../state/gallery/figure.ts';
import type { Preset, PresetKind } from '../../state/gallery/presets.ts';
import { DescentsPicture, ReadingsPicture } from './DescentsPicture.tsx';
import { MinimaPicture } from './MinimaPicture.tsx';
import type { PictureProps } from './pictureProps.ts';
import { RowsPicture } from './RowsPicture.tsx';
import { WallPicture } from './WallPicture.tsx';

const PICTURES: Readonly<Record<PresetKind, ComponentType<PictureProps>>> = {
  minima: MinimaPicture,
  descents: DescentsPicture,
  failure: DescentsPicture,
  readings: ReadingsPicture,
  rows: RowsPicture,
  wall: WallPicture,
};

/** What a card shows, as far as it is computed. */
export function Picture(props: PictureProps & { preset: Preset; figure: Figure }): ReactNode {
  const Shown = PICTURES[props.preset.kind];
  return <Shown {...props} />;
}
