import type { MouseEvent, ReactNode, RefObject } from 'react';
import { CELL_KEYS, isLength } from '../../crystal/cell.ts';
import { SYMBOLS } from '../../landscape/symmetryLines.ts';
import { notify, store } from '../../state/store.ts';
import { saveFile } from '../../ui/download.ts';
import { formatNumber, THIN } from '../../ui/format.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { patternPng, patternSvg } from './exportPicture.ts';
import type { Picture } from './paintPattern.ts';
import { patternCsv, patternXy } from './patternTable.ts';
import { wavelengthText } from './wavelengthText.ts';

/** The picture and the patterns as files. */
export function PatternDownloads({ shown }: { shown: RefObject<Picture | null> }): ReactNode {
  const items: readonly (readonly [string, (picture: Picture) => void])[] = [
    ['Picture (PNG)', picture => void savePicture(picture, 'png')],
    ['Picture (SVG)', picture => void savePicture(picture, 'svg')],
    ['Target, current and difference (CSV)', saveCsv],
    ['Target (XY)', picture => saveXy('target', picture)],
    ['Current (XY)', picture => saveXy('current', picture)],
  ];
  const choose = (event: MouseEvent<HTMLButtonElement>, save: (picture: Picture) => void): void => {
    event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
    if (shown.current) save(shown.current);
  };
  return (
    <Popover label="Download" button={<Icon name="download" />} className="button icon small">
      <div className="pattern-downloads">
        {items.map(([name, save]) => (
          <button type="button" key={name} className="button" onClick={event => choose(event, save)}>
            {name}
          </button>
        ))}
      </div>
    </Popover>
  );
}

const crystal = (): string => store.getState().structureId ?? 'crystal';

/** The cell of the current crystal in words: "a 4.588 Å, …, γ 120.0°". */
function cellWords(): string {
  const { current } = store.getState();
  if (!current) return '';
  return CELL_KEYS.map((key, i) => {
    const value = current.cell[i]!;
    return isLength(key)
      ? `${SYMBOLS[key]} ${formatNumber(value, 4)}${THIN}Å`
      : `${SYMBOLS[key]} ${formatNumber(value, 2)}°`;
  }).join(', ');
}

async function savePicture(picture: Picture, format: 'png' | 'svg'): Promise<void> {
  const { structure, current, measured } = store.getState();
  const target = measured ? `measured pattern ${measured.name}` : 'target';
  const title = `${structure?.formula ?? crystal()}: ${target} (filled) and current (line), ${wavelengthText(picture.target.instrument.wavelength)}`;
  const detail = current
    ? `Current: ${cellWords()}; ${current.problem.loss} loss ${formatNumber(current.loss, 4)}`
    : '';
  try {
    if (format === 'svg')
      saveFile(`${crystal()}-pattern.svg`, patternSvg(picture, [title, detail]), 'image/svg+xml');
    else saveFile(`${crystal()}-pattern.png`, await patternPng(picture, [title, detail]));
  } catch (error) {
    notify({ id: 'pattern-picture', tone: 'error', text: (error as Error).message });
  }
}

function saveCsv({ target, current }: Picture): void {
  const text = patternCsv(target.instrument, target.side.values, current?.side.values ?? null, target.scale);
  saveFile(`${crystal()}-patterns.csv`, text, 'text/csv;charset=utf-8');
}

function saveXy(which: 'target' | 'current', { target, current }: Picture): void {
  const values = which === 'target' ? target.side.values : current?.side.values;
  if (!values) {
    notify({ id: 'pattern-file', tone: 'info', text: 'There is no current pattern to save yet.' });
    return;
  }
  const cell = store.getState()[which === 'target' ? 'structure' : 'current']?.cell ?? [];
  const title = `${crystal()}, ${which}, cell ${cell.map(value => Number(value.toPrecision(9))).join(' ')} (angstrom, degrees)`;
  saveFile(`${crystal()}-${which}.xy`, patternXy(title, target.instrument, values, target.scale));
}
