import type { ReactNode } from 'react';
import type { Slice } from '../../landscape/slice.ts';
import { type ContinuedRun, stageSpan } from '../../state/explore/continuedRun.ts';
import type { PathRun } from '../../state/explore/descentRun.ts';
import { ModeMarker } from '../ModeMarker.tsx';
import { modeStyle } from '../modeStyle.ts';
import { DescentPath } from './DescentPath.tsx';
import { descentAt, descentPaths } from './descentPaths.ts';
import type { MapFrame } from './mapFrame.ts';

/** Of the line widths and dashes of the large map. */
const SCALE = 0.62;

/** The continued path to the end of a stage on a small map; under the plain patterns the descents from the same start too. */
export function StagePaths({
  paths,
  stage,
  slice,
  frame,
}: {
  readonly paths: readonly (PathRun | ContinuedRun)[];
  readonly stage: number;
  readonly slice: Slice;
  readonly frame: MapFrame;
}): ReactNode {
  const run = paths.find(path => 'stages' in path);
  if (!run) return null;
  const drawn = stage === run.widths.length - 1 ? paths : [run];
  return descentPaths(drawn, frame, slice).map(entry => {
    const { mode, count } = entry.run;
    const { d, at } = descentAt(
      entry,
      frame,
      slice,
      entry.run === run ? stageSpan(run, stage)[1] : count - 1,
    );
    const style = modeStyle(mode);
    return (
      <g key={mode}>
        <DescentPath d={d} style={style} scale={SCALE} />
        <ModeMarker kind={style.marker} x={at[0]} y={at[1]} fill={style.onMap} stroke="#fff" />
      </g>
    );
  });
}
