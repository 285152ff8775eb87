import type { ReactNode } from 'react';
import { MiniMap } from '../map/MiniMap.tsx';
import { StagePaths } from '../map/StagePaths.tsx';
import { widthName } from '../widthName.ts';
import { Losses } from './DescentsPicture.tsx';
import { MiniPaths } from './MiniPaths.tsx';
import picture from './Picture.module.css';
import type { PictureProps } from './pictureProps.ts';
import styles from './WayDownPicture.module.css';

const GAP = 6;

/** The stages one under another, all paths on the plain map, and the losses on their way. */
export function WayDownPicture({ preset, figure, width, height, share }: PictureProps): ReactNode {
  const { map, runs, continued, stages } = figure;
  if (!map) return null;
  const tall = height - 24;
  const small = Math.floor((tall - 2 * GAP) / 3);
  const beside = stages.length > 3 ? 2 * small + GAP : small;
  const side = Math.min(tall, width - beside - 64);
  const paths = continued ? [...runs, continued] : runs;
  const rest = width - beside - side - 76;
  return (
    <div className={picture.row}>
      <div className={styles.stages}>
        {stages.map((stage, i) => (
          <div key={stage.width} className={styles.stage}>
            <MiniMap map={stage} side={small} lines={false} marks={false}>
              {frame => <StagePaths paths={paths} stage={i} slice={map.slice} frame={frame} />}
            </MiniMap>
            <span>{widthName(stage.width, stage.smoothing)}</span>
          </div>
        ))}
      </div>
      <MiniMap map={map} side={side}>
        {frame => (
          <MiniPaths
            runs={paths}
            slice={map.slice}
            frame={frame}
            start={preset.inputs.starts[0]}
            share={share}
          />
        )}
      </MiniMap>
      {rest > 100 && runs.length > 0 && <Losses runs={paths} width={rest} height={height} share={share} />}
    </div>
  );
}
