import type { ReactNode } from 'react';
import { cellIndex } from '../../crystal/cell.ts';
import { useBraggscape } from '../../state/store.ts';
import { toX, toY } from '../map/mapFrame.ts';
import type { MapScene } from '../map/useMapScene.ts';
import { PathOverlay } from './PathOverlay.tsx';
import { RELAX_LOOK, triangle } from './relaxLook.ts';

/** The relaxation as the fourth trajectory: its projection onto the slice, up to the step that is shown. */
export function RelaxPath({
  scene,
  width,
  height,
}: {
  scene: MapScene;
  width: number;
  height: number;
}): ReactNode {
  const run = useBraggscape(state => state.energy.relaxation);
  const shown = useBraggscape(state => state.energy.shownStep);
  const sites = useBraggscape(state => state.structure?.sites ?? null);
  if (!run || run.count === 0 || run.sites !== sites) return null;
  const { frame, slice } = scene;
  const last = shown ?? run.count - 1;
  const points = Array.from({ length: last + 1 }, (_, i) => [
    toX(frame, run.cells[6 * i + cellIndex(slice.x)]!),
    toY(frame, run.cells[6 * i + cellIndex(slice.y)]!),
  ]) as [number, number][];
  const end = points.at(-1)!;
  return (
    <PathOverlay frame={frame} width={width} height={height} points={points} look={RELAX_LOOK}>
      <circle cx={points[0]![0]} cy={points[0]![1]} r="6" fill="#14181d" stroke="#fff" strokeWidth="1.8" />
      <path
        d={triangle(...end)}
        fill={RELAX_LOOK.onMap}
        stroke="#14181d"
        strokeWidth="1.4"
        strokeLinejoin="round"
      />
    </PathOverlay>
  );
}
