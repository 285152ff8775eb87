import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { firstMap } from '../../state/firstMap.ts';
import { painted } from '../../ui/painted.ts';
import type { CellPainter } from './frame.ts';
import type { Stage } from './stage.ts';
import { createSvgPainter } from './svgPainter.ts';

/** A long map is not waited for, ms. */
const PATIENCE = 3000;

/** What draws now: SVG while WebGL starts, and where it is unavailable or its context was lost. */
export type Drawing = 'starting' | 'webgl' | 'unavailable' | 'lost';

export interface UsedPainter {
  readonly painter: RefObject<CellPainter | null>;
  readonly drawing: Drawing;
  /** Tries WebGL again. */
  retry(): void;
}

/** Gives a stage what draws: SVG at once, WebGL as soon as it has been fetched. Its effect runs after the stage's own. */
export function useCellPainter(
  host: RefObject<HTMLElement | null>,
  stage: RefObject<Stage | null>,
): UsedPainter {
  const painter = useRef<CellPainter>(null);
  const [drawing, setDrawing] = useState<Drawing>('starting');
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another painter
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    let dropped = false;
    const take = (next: CellPainter | null, state: Drawing): void => {
      painter.current?.dispose();
      painter.current = next;
      setDrawing(state);
      stage.current?.setPainter(next);
    };
    take(createSvgPainter(element), 'starting');
    const onLost = (): void => {
      if (!dropped) take(createSvgPainter(element), 'lost');
    };
    const onRestored = (): void => {
      if (!dropped) setAttempt(count => count + 1);
    };
    // 130 kB and a WebGL context: after the first map, meanwhile SVG draws.
    firstMap(PATIENCE)
      .then(painted)
      .then(() => import('./glPainter.ts'))
      .then(({ createGlPainter }) => {
        if (!dropped) take(createGlPainter(element, onLost, onRestored), 'webgl');
      })
      // No WebGL 2, or three could not be fetched: the SVG stays.
      .catch(() => !dropped && setDrawing('unavailable'));
    return () => {
      dropped = true;
      take(null, 'starting');
    };
  }, [attempt]);
  const retry = useCallback(() => setAttempt(count => count + 1), []);
  return { painter, drawing, retry };
}
