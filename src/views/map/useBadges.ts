import { useMemo } from 'react';
import { EQUAL, type OtherMinimum } from '../../landscape/falseMinima.ts';
import { slicePlaces, strideOf } from '../../landscape/slice.ts';
import { useSeveral } from '../../state/core/store.ts';
import { pointOfStep } from '../../state/explore/descentRun.ts';
import { pathsOf } from '../../state/explore/selectors.ts';
import { placeBadges } from './badges.ts';
import { insideFrame, toX, toY } from './mapFrame.ts';
import type { MapScene } from './useMapScene.ts';

export interface Badge extends OtherMinimum {
  /** Its number, or "=": it has the pattern of the truth. */
  readonly mark: string;
  /** Pixel of the minimum, and where its number stands. */
  readonly at: readonly [number, number];
  readonly place: readonly [number, number];
}

/** The marked minima on screen, kept clear of path ends and of the truth. */
export function useBadges({ frame, slice, falseMinima, equalMinima, truths }: MapScene): readonly Badge[] {
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
    const minima = [
      ...falseMinima.map(entry => ({ ...entry, mark: String(entry.number) })),
      ...equalMinima.map(entry => ({ ...entry, mark: EQUAL })),
    ]
      .map(entry => ({ ...entry, at: pixel(entry.minimum.x, entry.minimum.y) }))
      .filter(({ at }) => insideFrame(frame, ...at));
    const places = placeBadges(
      frame,
      minima.map(({ at }) => at),
      [...ends, ...truths.map(truth => pixel(...truth))],
    );
    return minima.map((entry, i) => ({ ...entry, place: places[i]! }));
  }, [frame, slice, falseMinima, equalMinima, truths, runs]);
}
