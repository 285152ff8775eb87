import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { firstMap, MAP_PATIENCE } from '../../state/explore/firstMap.ts';
import { painted } from '../../ui/painted.ts';
import { rasterised } from '../../ui/raster.ts';
import { type Point, useGestures } from '../../ui/useGestures.ts';
import { useSize } from '../../ui/useSize.ts';
import { watchTheme } from '../palette.ts';
import type { DrawnAtom } from './cellAtoms.ts';
import { cellSvg } from './cellSvg.ts';
import type { CellPainter } from './frame.ts';
import { type CellRenderer, createStage } from './stage.ts';
import { turningGestures } from './turning.ts';

/** The painter at work: SVG while WebGL starts, and where it is unavailable or its context was lost. */
export type CellDrawing = 'starting' | 'webgl' | 'unavailable' | 'lost';

export interface CellStage {
  /** The element that is drawn in; see `createStage`. */
  readonly host: RefObject<HTMLDivElement | null>;
  readonly stage: RefObject<CellRenderer | null>;
  readonly drawing: CellDrawing;
  readonly atoms: readonly DrawnAtom[];
  /** By how much the strain is really multiplied. */
  readonly factor: number;
  /** Tries WebGL again. */
  retry(): void;
}

export interface StageTargets {
  onHover?(atom: number | null): void;
  onClick?(atom: number | null): void;
  /** Takes hold of an atom and follows the drag, pixels since the press; null leaves the drag to the view. */
  grab?(atom: number, stage: CellRenderer): ((dx: number, dy: number) => void) | null;
}

/** A stage for the cell in a pane. Nothing that moves passes through React. */
export function useCellStage(targets: StageTargets): CellStage {
  const [host, { width, height }] = useSize<HTMLDivElement>();
  const stage = useRef<CellRenderer>(null);
  const [atoms, setAtoms] = useState<readonly DrawnAtom[]>([]);
  const [factor, setFactor] = useState(1);
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const made = createStage({ host: element, onAtoms: setAtoms, onFactor: setFactor });
    stage.current = made;
    const stop = watchTheme(made.refresh);
    return () => {
      stop();
      made.dispose();
      stage.current = null;
    };
  }, [host]);
  useEffect(() => stage.current?.resize(width, height), [width, height]);
  const { drawing, retry } = usePainter(host, stage);
  const pick = (at: Point): number | null => stage.current?.pick(...at) ?? null;
  const turning = turningGestures(() => stage.current);
  useGestures(host, {
    ...turning,
    onHover: at => targets.onHover?.(at && pick(at)),
    onPress(from, event) {
      const left = event.button === 0;
      const atom = left && !event.shiftKey ? pick(from) : null;
      const held = atom === null || !stage.current ? null : targets.grab?.(atom, stage.current);
      return {
        ...turning.onPress(from, event),
        click: at => left && targets.onClick?.(pick(at)),
        ...(held && { move: (at, [x, y]) => held(at[0] - x, at[1] - y) }),
      };
    },
  });
  return { host, stage, drawing, atoms, factor, retry };
}

/** Gives a stage its painter: SVG at once, WebGL as soon as it has been fetched. Its effect runs after the stage's own. */
function usePainter(
  host: RefObject<HTMLElement | null>,
  stage: RefObject<CellRenderer | null>,
): Pick<CellStage, 'drawing' | 'retry'> {
  const [drawing, setDrawing] = useState<CellDrawing>('starting');
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => setAttempt(count => count + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another painter
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    let dropped = false;
    const take = (painter: CellPainter, state: CellDrawing): void => {
      setDrawing(state);
      stage.current?.setPainter(painter);
    };
    take(createSvgPainter(element), 'starting');
    const onLost = (): void => {
      if (!dropped) take(createSvgPainter(element), 'lost');
    };
    const onRestored = (): void => {
      if (!dropped) retry();
    };
    // 130 kB and a WebGL context: after the first map, meanwhile SVG draws.
    firstMap(MAP_PATIENCE)
      .then(painted)
      .then(() => import('./glPainter.ts'))
      .then(async ({ createGlPainter }) => {
        if (dropped) return;
        const painter = createGlPainter(element, onLost, onRestored);
        const frame = stage.current?.frame();
        if (frame) await painter.begin(frame);
        if (dropped) painter.dispose();
        else take(painter, 'webgl');
      })
      // No WebGL 2, or three could not be fetched: the SVG stays.
      .catch(() => !dropped && setDrawing('unavailable'));
    return () => {
      dropped = true;
      stage.current?.setPainter(null);
    };
  }, [attempt]);
  return { drawing, retry };
}

const NAMESPACE = 'http://www.w3.org/2000/svg';

/** Draws the cell as SVG inside `host`: before WebGL is there, and where it is not. */
export function createSvgPainter(host: HTMLElement): CellPainter {
  const svg = document.createElementNS(NAMESPACE, 'svg');
  svg.setAttribute('aria-hidden', 'true');
  host.prepend(svg);
  return {
    async begin(frame) {
      this.paint(frame);
    },
    paint(frame) {
      const { width, height } = frame.projection;
      svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
      // Numbers and element colours only: nothing of a file's text reaches the markup.
      svg.innerHTML = cellSvg(frame);
    },
    snapshot(frame, ratio) {
      const { width, height } = frame.projection;
      return rasterised(
        `<svg xmlns="${NAMESPACE}" width="${width}" height="${height}">${cellSvg(frame)}</svg>`,
        ratio,
      );
    },
    dispose: () => svg.remove(),
  };
}
