import type { ReactNode, RefObject } from 'react';
import { CELL_KEYS, isLength } from '../../crystal/cell.ts';
import { SYMBOLS } from '../../model/cellParameter.ts';
import { notify } from '../../state/core/notices.ts';
import { store } from '../../state/core/store.ts';
import type { CurrentCrystal } from '../../state/explore/exploreState.ts';
import { saveFile } from '../../ui/download.ts';
import { formatNumber, THIN } from '../../ui/format.ts';
import type { Picture } from './frame.ts';
import type { Caption } from './PlotDownloads.tsx';
import { PlotDownloads } from './PlotDownloads.tsx';
import { patternCsv, patternXy } from './patternTable.ts';
import type { CurrentScene, TargetScene } from './scene.ts';
import { wavelengthText } from './wavelengthText.ts';

/** The picture and the patterns of the explorer as files. */
export function PatternDownloads(props: {
  readonly target: TargetScene;
  readonly current: CurrentScene | null;
  readonly shown: RefObject<Picture | null>;
}): ReactNode {
  const { target, current, shown } = props;
  const { instrument, scale } = target;
  const saveXy = (which: 'target' | 'current', values: Float64Array | undefined): void => {
    if (!values) {
      notify({ id: 'pattern-file', tone: 'info', text: 'There is no current pattern to save yet.' });
      return;
    }
    const state = store.getState();
    const cell = state[which === 'target' ? 'structure' : 'current']?.cell ?? [];
    const beyond = which === 'current' ? movedWords(state.current) : '';
    const title = `${crystal()}, ${which}, cell ${cell.map(value => Number(value.toPrecision(9))).join(' ')} (angstrom, degrees)${beyond}`;
    saveFile(`${crystal()}-${which}.xy`, patternXy(title, instrument, values, scale));
  };
  return (
    <PlotDownloads
      label="Download"
      shown={shown}
      file={() => `${crystal()}-pattern`}
      caption={() => captionOf(instrument.wavelength)}
      tables={[
        [
          'Target, current and difference (CSV)',
          () =>
            saveFile(
              `${crystal()}-patterns.csv`,
              patternCsv(instrument, target.side.values, current?.side.values ?? null, scale),
              'text/csv;charset=utf-8',
            ),
        ],
        ['Target (XY)', () => saveXy('target', target.side.values)],
        ['Current (XY)', () => saveXy('current', current?.side.values)],
      ]}
    />
  );
}

const crystal = (): string => store.getState().structureId ?? 'crystal';

function captionOf(wavelength: number): Caption {
  const { structure, current, measured } = store.getState();
  const target = measured ? `measured pattern ${measured.name}` : 'target';
  return [
    `${structure?.formula ?? crystal()}: ${target} (filled) and current (line), ${wavelengthText(wavelength)}`,
    current
      ? `Current: ${cellWords(current.cell)}${movedWords(current)}; ${current.problem.loss} loss ${formatNumber(current.loss, 4)}`
      : '',
  ];
}

/** What else than the cell a problem moves, by its names in links: ", x.O5 0.15, y.O5 0.6"; of many their number. */
function movedWords(current: CurrentCrystal | null): string {
  const { point = [], problem } = current ?? {};
  const moved = problem?.model?.moved ?? [];
  if (moved.length > MOST_WORDS) return `, ${moved.length} coordinates moved`;
  return moved.map(({ id }, j) => `, ${id} ${Number(point[6 + j]!.toPrecision(9))}`).join('');
}

const MOST_WORDS = 4;

/** A cell in words: "a 4.588 Å, …, γ 120.0°". */
const cellWords = (cell: ArrayLike<number>): string =>
  CELL_KEYS.map((key, i) =>
    isLength(key)
      ? `${SYMBOLS[key]} ${formatNumber(cell[i]!, 4)}${THIN}Å`
      : `${SYMBOLS[key]} ${formatNumber(cell[i]!, 2)}°`,
  ).join(', ');
