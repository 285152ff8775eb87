import type { ReactNode } from 'react';
import type { CellKey } from '../../crystal/cell.ts';
import { fieldRange } from '../../landscape/minima.ts';
import { PARAMETER_PAIRS } from '../../state/gallery/figureJob.ts';
import type { Figure } from '../../state/gallery/gallerySlice.ts';
import { ParameterSymbol } from '../CellParameter.tsx';
import { MiniMap } from '../map/MiniMap.tsx';
import type { PictureProps } from './pictureProps.ts';
import styles from './WallPicture.module.css';

const COLUMNS = 5;
const NAMES = 30;

/** One scale for all tiles: from the lowest to the highest loss among them. */
export function sharedRange({ tiles }: Figure): readonly [number, number] {
  const ranges = tiles.map(tile => fieldRange(tile.map.values));
  return ranges.length
    ? [Math.min(...ranges.map(([low]) => low)), Math.max(...ranges.map(([, high]) => high))]
    : [-1, 0];
}

/** "a, γ". */
export const PairName = ({ x, y }: { x: CellKey; y: CellKey }): ReactNode => (
  <span>
    <ParameterSymbol of={x} />, <ParameterSymbol of={y} />
  </span>
);

/** All slices as small multiples, each with the number of its false minima. */
export function WallPicture({ figure, width, height }: PictureProps): ReactNode {
  const side = Math.floor(Math.min((height - 16) / 3, width / COLUMNS - NAMES));
  const range = sharedRange(figure);
  const most = Math.max(1, ...figure.tiles.map(tile => tile.minima.length));
  return (
    <div className={styles.wall}>
      {PARAMETER_PAIRS.map(([x, y]) => {
        const tile = figure.tiles.find(entry => entry.x === x && entry.y === y);
        return (
          <div key={`${x} ${y}`} className={styles.tile}>
            {tile ? (
              <MiniMap map={tile.map} side={side} range={range} lines={false} marks={false} />
            ) : (
              <div className={styles.empty} style={{ width: side, height: side }} />
            )}
            <span className={styles.name} aria-hidden="true">
              <PairName x={x} y={y} />
              {tile?.map.final && (
                <span className={tile.minima.length === most ? styles.most : ''}>{tile.minima.length}</span>
              )}
            </span>
          </div>
        );
      })}
    </div>
  );
}
