import type { ReactNode } from 'react';
import { cellIndex } from '../../crystal/cell.ts';
import { useBraggscape } from '../../state/store.ts';
import { toX, toY } from '../map/mapFrame.ts';
import type { MapScene } from '../map/useMapScene.ts';
import { PathOverlay } from './PathOverlay.tsx';

const LOOK = { onMap: '#ffffff', dash: '', width: 2.2 } as const;

/** The descent on the blend, white with a dark casing; a second stage goes on from where the first ended. */
export function BlendPaths({
  scene,
  width,
  height,
}: {
  scene: MapScene;
  width: number;
  height: number;
}): ReactNode {
  const runs = useBraggscape(state => state.energy.blends);
  const { frame, slice } = scene;
  return runs
    .filter(run => run.count > 0)
    .map(run => {
      const points = Array.from({ length: run.count }, (_, i) => [
        toX(frame, run.cells[6 * i + cellIndex(slice.x)]!),
        toY(frame, run.cells[6 * i + cellIndex(slice.y)]!),
      ]) as [number, number][];
      const [x, y] = points.at(-1)!;
      return (
        <PathOverlay key={run.start} frame={frame} width={width} height={height} points={points} look={LOOK}>
          <rect
            x={x - 5}
            y={y - 5}
            width="10"
            height="10"
            fill="#fff"
            stroke="#14181d"
            strokeWidth="1.6"
            transform={`rotate(45 ${x} ${y})`}
          />
        </PathOverlay>
      );
    });
}
