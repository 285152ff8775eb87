import { useMemo } from 'react';
import type { FalseMinimum } from '../../landscape/falseMinima.ts';
import { slicePlaces, strideOf } from '../../landscape/slice.ts';
import { useSeveral } from '../../state/core/store.ts';
import { pointOfStep } from '../../state/explore/descentRun.ts';
import { pathsOf } from '../../state/explore/selectors.ts';
import { placeBadges } from './badges.ts';
import { insideFrame, toX, toY } from './mapFrame.ts';
import type { MapScene } from './useMapScene.ts';

export interface Badge extends FalseMinimum {
  /** Pixel of the minimum, and where its number stands. */
  readonly at: readonly [number, number];
  readonly place: readonly [number, number];
}

/** The numbered minima on screen, kept clear of path ends and of the truth. */
export function useBadges({ frame, slice, falseMinima, truth }: MapScene): readonly Badge[] {
  const runs = useSeveral(pathsOf);
  return useMemo(() => {
    const pixel = (x: number, y: number): readonly [number, number] => [toX(frame, x), toY(frame, y)];
    const [px, py] = slicePlaces(slice);
    const ends = runs
      .filter(run => run.count > 0 && run.stride === strideOf(slice))
      .map(run => {
        const end = pointOfStep(run, run.count - 1);
        return pixel(end[px]!, end[py]!);
      });
    const minima = falseMinima
      .map(entry => ({ ...entry, at: pixel(entry.minimum.x, entry.minimum.y) }))
      .filter(({ at }) => insideFrame(frame, ...at));
    const places = placeBadges(
      frame,
      minima.map(({ at }) => at),
      [...ends, pixel(...truth)],
    );
    return minima.map((entry, i) => ({ ...entry, place: places[i]! }));
  }, [frame, slice, falseMinima, truth, runs]);
}
