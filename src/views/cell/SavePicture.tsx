import type { ReactNode } from 'react';
import { elementsOf } from '../../crystal/structure.ts';
import { notify } from '../../state/core/notices.ts';
import { store } from '../../state/core/store.ts';
import { saveFile } from '../../ui/download.ts';
import { THIN } from '../../ui/format.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { cellPng, cellSvgFile } from './cellPicture.ts';
import { cellText, shownCell } from './readout.ts';
import styles from './SavePicture.module.css';
import type { CellStage } from './useCellStage.ts';

/** The picture as a file, in the colours of either theme. */
export function SavePicture({ cell }: { cell: CellStage }): ReactNode {
  return (
    <Popover label="Save a picture" button={<Icon name="download" />} className="button icon small">
      <div className={styles['choices']}>
        {(['png', 'svg'] as const).flatMap(format =>
          (['light', 'dark'] as const).map(theme => (
            <button
              key={format + theme}
              type="button"
              className="button"
              onClick={() => void save(cell, theme, format)}
            >
              {format.toUpperCase()}, {theme}
            </button>
          )),
        )}
      </div>
    </Popover>
  );
}

async function save(
  { stage: { current: stage }, factor }: CellStage,
  theme: 'light' | 'dark',
  format: 'png' | 'svg',
): Promise<void> {
  const frame = stage?.frame();
  const { structure, current } = store.getState();
  if (!stage || !frame || !structure) return;
  const cell = shownCell(structure, current);
  const caption = `${structure.formula}: ${cellText(cell).replaceAll(' Å', `${THIN}Å`)}`;
  const text = { elements: elementsOf(structure.sites), caption, factor };
  const name = `${structure.formula}-cell.${format}`;
  try {
    if (format === 'svg') saveFile(name, cellSvgFile(frame, theme, text), 'image/svg+xml');
    else saveFile(name, await cellPng(stage, frame, theme, text));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    notify({ id: 'cell-png', tone: 'error', text: `The picture was not saved: ${reason}` });
  }
}
