import type { ReactNode } from 'react';
import { elementsOf } from '../../crystal/structure.ts';
import { store } from '../../state/core/store.ts';
import { saveFile } from '../../ui/download.ts';
import { THIN } from '../../ui/format.ts';
import { readPalette } from '../palette.ts';
import { SaveMenu } from '../SaveMenu.tsx';
import { cellPng, cellSvgFile } from './cellPicture.ts';
import { cellText, shownCell } from './readout.ts';
import type { CellStage } from './useCellStage.ts';

/** The picture as a file, in the colours of either theme. */
export const SavePicture = ({ cell }: { cell: CellStage }): ReactNode => (
  <SaveMenu
    label="Save a picture"
    items={(['png', 'svg'] as const).flatMap(format =>
      (['light', 'dark'] as const).map(
        theme => [`${format.toUpperCase()}, ${theme}`, () => save(cell, theme, format)] as const,
      ),
    )}
  />
);

async function save(
  { host, stage: { current: stage }, factor }: CellStage,
  theme: 'light' | 'dark',
  format: 'png' | 'svg',
): Promise<void> {
  const now = stage?.frame();
  const { structure, current } = store.getState();
  if (!stage || !now || !structure || !host.current) return;
  const frame = { ...now, palette: readPalette(host.current, theme), hovered: null };
  const cell = shownCell(structure, current);
  const caption = `${structure.formula}: ${cellText(cell).replaceAll(' Å', `${THIN}Å`)}`;
  const text = { elements: elementsOf(structure.sites), caption, factor };
  const name = `${structure.formula}-cell.${format}`;
  if (format === 'svg') saveFile(name, cellSvgFile(frame, text), 'image/svg+xml');
  else saveFile(name, await cellPng(stage, frame, text));
}
