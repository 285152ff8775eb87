import type { ReactNode } from 'react';
import { slicePlaces } from '../../landscape/slice.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { DescentPath } from '../map/DescentPath.tsx';
import { pathUpTo, pixelPath } from '../map/mapFrame.ts';
import type { MapScene } from '../map/useMapScene.ts';
import { RELAX_STYLE, triangle } from './relaxStyle.ts';

const BLEND_STYLE = { onMap: '#ffffff', dash: '', width: 2.2 } as const;

/** The projection of a run onto the slice up to a step, with both ends in pixels. */
function drawn({ frame, slice }: MapScene, cells: Float64Array, count: number) {
  const path = pixelPath(frame, { cells, count, stride: 6 }, slicePlaces(slice));
  const [begin, end] = [0, -1].map(at => [path.xs.at(at)!, path.ys.at(at)!] as const);
  return { d: pathUpTo(path, count, end!), begin: begin!, end: end! };
}

/** The descent on the blend, white with a dark casing; a second stage goes on from where the first ended. */
export function BlendPaths({ scene }: { scene: MapScene }): ReactNode {
  const runs = useBraggscape(state => state.energy.blends);
  return runs
    .filter(run => run.count > 0)
    .map(run => {
      const {
        d,
        end: [x, y],
      } = drawn(scene, run.cells, run.count);
      return (
        <g key={run.start}>
          <DescentPath d={d} style={BLEND_STYLE} casing="dark" />
          <path d={`M${x} ${y - 7}l7 7-7 7-7-7z`} fill="#fff" stroke="#14181d" strokeWidth="1.6" />
        </g>
      );
    });
}

/** The relaxation as the fourth trajectory: its projection onto the slice, up to the step that is shown. */
export function RelaxPath({ scene }: { scene: MapScene }): ReactNode {
  const run = useBraggscape(state => state.energy.relaxation);
  const shown = useBraggscape(state => state.energy.shownStep);
  const sites = useBraggscape(state => state.structure?.sites ?? null);
  if (!run || run.count === 0 || run.sites !== sites) return null;
  const { d, begin, end } = drawn(scene, run.cells, (shown ?? run.count - 1) + 1);
  return (
    <>
      <DescentPath d={d} style={RELAX_STYLE} casing="dark" />
      <circle cx={begin[0]} cy={begin[1]} r="6" fill="#14181d" stroke="#fff" strokeWidth="1.8" />
      <path
        d={triangle(...end)}
        fill={RELAX_STYLE.onMap}
        stroke="#14181d"
        strokeWidth="1.4"
        strokeLinejoin="round"
      />
    </>
  );
}
