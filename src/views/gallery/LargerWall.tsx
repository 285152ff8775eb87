import type { ReactNode } from 'react';
import { isLength } from '../../crystal/cell.ts';
import { SYMBOLS } from '../../landscape/symmetryLines.ts';
import { linkOf } from '../../state/core/permalink.ts';
import type { Figure, WallTile } from '../../state/gallery/figure.ts';
import type { Preset } from '../../state/gallery/presets.ts';
import { COLOUR_MAPS } from '../../ui/colourMaps.ts';
import { formatNumber } from '../../ui/format.ts';
import { useSize } from '../../ui/useSize.ts';
import { toX, toY } from '../map/mapFrame.ts';
import { MiniMap } from './MiniMap.tsx';
import { sharedRange } from './WallPicture.tsx';

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
      <div className="larger-wall" ref={ref} style={{ gridTemplateColumns: `repeat(${columns}, 1fr)` }}>
        {side > 40 &&
          figure.tiles.map(tile => (
            <a key={`${tile.x} ${tile.y}`} href={tileLink(preset, tile)}>
              <span className="visually-hidden">Loss over </span>
              <span aria-hidden="true">
                <MiniMap map={tile.map} side={side} range={range} marks>
                  {frame =>
                    tile.minima.map(({ number, minimum }) => (
                      <g key={number}>
                        <circle
                          cx={toX(frame, minimum.x)}
                          cy={toY(frame, minimum.y)}
                          r="6.5"
                          fill="#fff"
                          stroke="#14181d"
                          strokeWidth="1"
                        />
                        <text
                          className="badge-number small"
                          x={toX(frame, minimum.x)}
                          y={toY(frame, minimum.y) + 3}
                          textAnchor="middle"
                          style={{ fill: '#14181d' }}
                        >
                          {number}
                        </text>
                      </g>
                    ))
                  }
                </MiniMap>
              </span>
              <span className="wall-caption">
                <span>
                  {[tile.x, tile.y].map((key, i) => (
                    <span key={key}>
                      {i > 0 && ', '}
                      {isLength(key) ? <i>{SYMBOLS[key]}</i> : SYMBOLS[key]}
                    </span>
                  ))}
                </span>
                <span>
                  {tile.map.final ? tile.minima.length : '…'}
                  <span className="visually-hidden"> false minima. Open in the explorer.</span>
                </span>
              </span>
            </a>
          ))}
      </div>
      <div
        className="wall-scale"
        aria-label={`Cosine loss from ${formatNumber(range[0], 2)} to ${formatNumber(range[1], 2)}`}
        role="img"
      >
        <span>loss {formatNumber(range[0], 2)}</span>
        <span
          className="bar"
          style={{ background: `linear-gradient(90deg, ${COLOUR_MAPS.viridis.join(', ')})` }}
        />
        <span>{formatNumber(range[1], 2)}</span>
      </div>
    </>
  );
}

const tileLink = ({ inputs }: Preset, { x, y }: WallTile): string =>
  `#${linkOf({ ...inputs, slice: { ...inputs.slice, x, y }, focus: { kind: 'truth' } })}`;
