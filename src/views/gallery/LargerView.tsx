import { type ReactNode, useEffect } from 'react';
import { linkOf } from '../../state/core/permalink.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { resume, unwant, want } from '../../state/gallery/galleryQueue.ts';
import type { Figure, WallTile } from '../../state/gallery/gallerySlice.ts';
import { cardOf } from '../../state/gallery/gallerySlice.ts';
import type { Preset } from '../../state/gallery/preset.ts';
import { presetLink } from '../../state/gallery/presets.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { ColourBar } from '../../ui/ColourBar.tsx';
import { Formula } from '../../ui/Formula.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Prose } from '../../ui/Prose.tsx';
import { useSize } from '../../ui/useSize.ts';
import { MiniMap } from '../map/MiniMap.tsx';
import { toX, toY } from '../map/mapFrame.ts';
import { NumberBadge } from '../map/marks.tsx';
import card from './Card.module.css';
import { MovingParameters, openLarger } from './Card.tsx';
import { findingOf } from './finding.ts';
import page from './GalleryPage.module.css';
import { LargerRows } from './LargerRows.tsx';
import styles from './LargerView.module.css';
import { PairName, sharedRange } from './WallPicture.tsx';

/** One figure on a page of its own, with a link of its own, made to be printed. */
export function LargerView({ preset }: { preset: Preset }): ReactNode {
  const { status, done: share, figure, message } = useBraggscape(state => cardOf(state, preset.id));
  const now = useBraggscape(state => state.inputs);
  const { id } = preset;
  useEffect(() => {
    want([id]);
    return () => unwant([id]);
  }, [id]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) openLarger(null);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return (
    <main className={`${page.page} ${styles.larger}`}>
      <div className={page.head}>
        <div>
          <h2>{preset.question}</h2>
          <p>
            {preset.figure && <span className={card.tag}>{preset.figure}</span>}{' '}
            <Formula text={preset.inputs.structureId} />, <MovingParameters preset={preset} />
          </p>
        </div>
        <div className={styles.tools}>
          <Button onClick={() => openLarger(null)}>Back to the gallery</Button>
          <Button onClick={() => print()}>Print</Button>
          <a className={buttonClass()} href={presetLink(preset, now)}>
            Open in the explorer
          </a>
        </div>
      </div>
      <p className={styles.finding} role="status">
        {status === 'done' && figure ? (
          <Prose text={findingOf(preset, figure)} />
        ) : status === 'failed' ? (
          `This picture could not be computed: ${message}`
        ) : (
          `Computing: ${Math.round(100 * share)} %`
        )}
        {(status === 'failed' || status === 'cancelled') && (
          <Button small onClick={() => resume([id])}>
            Compute
          </Button>
        )}
      </p>
      {figure &&
        (preset.kind === 'wall' ? (
          <LargerWall preset={preset} figure={figure} />
        ) : (
          <LargerRows figure={figure} />
        ))}
      <p className={styles.words}>
        <Prose text={preset.see} />
      </p>
      <p className={styles.words}>
        <Prose text={preset.attempt} />
      </p>
    </main>
  );
}

const LEAST = 150;
const GAP = 34;

/** The wall of slices large enough to see the minima, each a link to its explorer. */
function LargerWall({ preset, figure }: { preset: Preset; figure: Figure }): ReactNode {
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
