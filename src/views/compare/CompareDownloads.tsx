import type { MouseEvent, ReactNode, RefObject } from 'react';
import { reflectionsCsv } from '../../diffraction/reflectionsCsv.ts';
import { notify } from '../../state/store.ts';
import { saveFile } from '../../ui/download.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { type SavedPicture, savedPng, savedSvg } from '../pattern/captioned.ts';
import { wavelengthText } from '../pattern/wavelengthText.ts';
import { compareCsv } from './compareExport.ts';
import type { CompareScene } from './compareScene.ts';
import { type ComparePicture, paintCompare } from './paintCompare.ts';

const saved = (picture: ComparePicture): SavedPicture => {
  const { curves, difference } = picture.scene;
  const names = curves.map(({ index, label }) => `${index + 1} ${label}`).join('; ');
  const pair = difference
    ? `; difference ${difference.first.index + 1} − ${difference.second.index + 1}`
    : '';
  return {
    width: picture.frame.layout.width,
    height: picture.frame.layout.height,
    palette: picture.palette,
    caption: [
      names,
      `Each in per cent of its highest point times its scale; ${wavelengthText(picture.scene.instrument.wavelength)} where no other is named${pair}`,
    ],
    paint: ctx => paintCompare(ctx, picture),
  };
};

const reflectionsOf = ({ curves }: CompareScene): string =>
  reflectionsCsv(
    curves.flatMap(({ label, curve: { table, instrument } }) =>
      table ? [{ label, table, wavelength: instrument.wavelength }] : [],
    ),
  );

/** The picture and its patterns as files. */
export function CompareDownloads({
  scene,
  shown,
}: {
  scene: CompareScene;
  shown: RefObject<ComparePicture | null>;
}): ReactNode {
  const picture = (save: (picture: ComparePicture) => Promise<void> | void) => async (): Promise<void> => {
    if (!shown.current) return;
    try {
      await save(shown.current);
    } catch (error) {
      notify({ id: 'compare-picture', tone: 'error', text: (error as Error).message });
    }
  };
  const items: readonly (readonly [string, () => void | Promise<void>])[] = [
    ['Picture (PNG)', picture(async shape => saveFile('comparison.png', await savedPng(saved(shape))))],
    ['Picture (SVG)', picture(shape => saveFile('comparison.svg', savedSvg(saved(shape)), 'image/svg+xml'))],
    ['Patterns (CSV)', () => saveFile('comparison.csv', compareCsv(scene), 'text/csv;charset=utf-8')],
    ['Reflections (CSV)', () => saveFile('reflections.csv', reflectionsOf(scene), 'text/csv;charset=utf-8')],
  ];
  return (
    <Popover label="Save the comparison" button={<Icon name="download" />} className="button icon small">
      <div className="menu-list">
        {items.map(([name, save]) => (
          <button
            type="button"
            key={name}
            className="button"
            onClick={(event: MouseEvent<HTMLButtonElement>) => {
              event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
              void save();
            }}
          >
            {name}
          </button>
        ))}
      </div>
    </Popover>
  );
}
