import type { ReactNode } from 'react';
import { linkOf } from '../../state/core/permalink.ts';
import type { Figure, WallTile } from '../../state/gallery/gallerySlice.ts';
import type { Preset } from '../../state/gallery/presets.ts';
import { ColourBar } from '../../ui/ColourBar.tsx';
import { formatNumber } from '../../ui/format.ts';
import { useSize } from '../../ui/useSize.ts';
import { MiniMap } from '../map/MiniMap.tsx';
import { toX, toY } from '../map/mapFrame.ts';
import { NumberBadge } from '../map/marks.tsx';
import styles from './LargerWall.module.css';
import { PairName, sharedRange } from './WallPicture.tsx';

const LEAST = 150;
const GAP = 34;

/** The wall of slices large enough to see the minima, each a link to its explorer. */
export function LargerWall({ preset, figure }: { preset: Preset; figure: Figure }): ReactNode {
  const [ref, size] = useSize<HTMLDivElement>();
  const columns = Math.max(1, Math.min(5, Math.floor((size.width + GAP) / (LEAST + GAP))));
  const side = Math.floor((size.width - (columns - 1) * GAP) / columns) - 2;
  const range = sharedRange(figure);
  return (
    <>
      <div className={styles.wall} ref={ref} style={{ gridTemplateColumns: `repeat(${columns}, 1fr)` }}>
        {side > 40 &&
          figure.tiles.map(tile => (
            <a key={`${tile.x} ${tile.y}`} href={tileLink(preset, tile)}>
              <span className="visually-hidden">Loss over </span>
              <span aria-hidden="true">
                <MiniMap map={tile.map} side={side} range={range} marks>
                  {frame =>
                    tile.minima.map(({ number, minimum }) => (
                      <NumberBadge
                        key={number}
                        number={number}
                        x={toX(frame, minimum.x)}
                        y={toY(frame, minimum.y)}
                        radius={6.5}
                        ink="#14181d"
                        paper="#fff"
                      />
                    ))
                  }
                </MiniMap>
              </span>
              <span className={styles.caption}>
                <PairName x={tile.x} y={tile.y} />
                <span>
                  {tile.map.final ? tile.minima.length : '…'}
                  <span className="visually-hidden"> false minima. Open in the explorer.</span>
                </span>
              </span>
            </a>
          ))}
      </div>
      <div className={styles.scale}>
        <ColourBar
          colourMap="viridis"
          low={`loss ${formatNumber(range[0], 2)}`}
          high={formatNumber(range[1], 2)}
          width={220}
          label={`Cosine loss from ${formatNumber(range[0], 2)} to ${formatNumber(range[1], 2)}`}
        />
      </div>
    </>
  );
}

const tileLink = ({ inputs }: Preset, { x, y }: WallTile): string =>
  `#${linkOf({ ...inputs, slice: { ...inputs.slice, x, y }, focus: { kind: 'truth' } })}`;
