import { type RefObject, useEffect, useRef } from 'react';
import { setAnalysis } from '../../state/analysis/analysisSettings.ts';
import { analysis } from '../../state/analysis/analysisSlice.ts';
import { store } from '../../state/core/store.ts';
import { dropStart, moveStart, setFocus, setHover, setRanges } from '../../state/explore/actions.ts';
import { type Hold, type Point, useGestures } from '../../ui/useGestures.ts';
import { fromPixel, insideFrame, type MapFrame, toX, toY } from './mapFrame.ts';
import type { MapScene } from './useMapScene.ts';

/** Distance from a start, a minimum or the truth at which a press still means it, pixels. */
const REACH = 10;

const near = (frame: MapFrame, [px, py]: Point, x: number, y: number): boolean =>
  Math.hypot(px - toX(frame, x), py - toY(frame, y)) <= REACH;

/** The profile line between two points of the pane. */
function drawLine(frame: MapFrame, from: Point, to: Point, undoable: boolean): void {
  const [p, q] = [fromPixel(frame, ...from), fromPixel(frame, ...to)];
  const line = [p.x, p.y, q.x, q.y].map(value => Number(value.toFixed(6)));
  setAnalysis({ line: line as unknown as readonly [number, number, number, number] }, undoable);
}

/** Scales the ranges of a frame so that what lay under one point comes to lie under another. */
function zoom(frame: MapFrame, from: Point, to: Point, scale: number, undoable: boolean): void {
  const anchor = fromPixel(frame, ...from);
  const spanX = (frame.xRange[1] - frame.xRange[0]) * scale;
  const spanY = (frame.yRange[1] - frame.yRange[0]) * scale;
  const x0 = anchor.x - ((to[0] - frame.left) / frame.width) * spanX;
  const y0 = anchor.y - (1 - (to[1] - frame.top) / frame.height) * spanY;
  setRanges([x0, x0 + spanX], [y0, y0 + spanY], undoable);
}

/** Moves the ranges of a frame so that what lay under one point comes to lie under another. */
const pan = (frame: MapFrame, from: Point, to: Point, undoable: boolean): void => {
  setHover(null);
  zoom(frame, from, to, 1, undoable);
};

/** The truth or a minimum under the point becomes the current crystal; elsewhere starts are dropped. */
function click({ frame, truths, falseMinima, equalMinima }: MapScene, at: Point, keep: boolean): void {
  if (truths.some(truth => near(frame, at, ...truth))) {
    setHover(null);
    setFocus({ kind: 'truth' });
    return;
  }
  const minimum = store.getState().inputs.view.minima
    ? [...falseMinima, ...equalMinima].find(entry => near(frame, at, entry.minimum.x, entry.minimum.y))
    : undefined;
  if (minimum) {
    setHover(null);
    setFocus({ kind: 'minimum', index: minimum.index });
    return;
  }
  const { x, y } = fromPixel(frame, ...at);
  dropStart(x, y, keep);
}

/**
 * The pointer on the map. Mouse: hover looks, click drops starts (Shift keeps the others), a drag pans, a drag of a
 * start moves it, the wheel zooms. Touch: a tap drops starts, one finger moves the probe, two pan and zoom.
 */
export function useMapPointer(element: RefObject<HTMLElement | null>, scene: MapScene): void {
  const latest = useRef(scene);
  useEffect(() => {
    latest.current = scene;
  });
  const look = (at: Point): void => setFocus({ kind: 'probe', ...fromPixel(latest.current.frame, ...at) });
  /** A hold whose first move can be undone, and which waits while the map is replaced. */
  const dragged = (move: (at: Point, from: Point, first: boolean) => void, rest: Hold = {}): Hold => {
    let first = true;
    return {
      ...rest,
      move(at, from) {
        if (latest.current.stale) return;
        move(at, from, first);
        first = false;
      },
    };
  };

  useGestures(element, {
    onPress(at, event) {
      const { frame } = latest.current;
      const drop = (point: Point): void => {
        if (!latest.current.stale) click(latest.current, point, event.shiftKey);
      };
      if (event.button !== 0 || !insideFrame(frame, ...at)) return null;
      if (analysis.get().drawing)
        return dragged((to, from, first) => drawLine(latest.current.frame, from, to, first), {
          end: () => analysis.set({ drawing: false }),
        });
      if (event.pointerType === 'touch') {
        look(at);
        return dragged(look, { click: drop });
      }
      const start = store.getState().inputs.starts.findIndex(({ x, y }) => near(frame, at, x, y));
      if (start >= 0)
        return dragged((to, _, first) => {
          const { x, y } = fromPixel(latest.current.frame, ...to);
          moveStart(start, x, y, first);
        });
      return dragged((to, from, first) => pan(frame, from, to, first), { click: drop });
    },
    onPinch() {
      const { frame } = latest.current;
      let first = true;
      return ({ scale, from, to }) => {
        if (latest.current.stale) return;
        zoom(frame, from, to, 1 / scale, first);
        first = false;
      };
    },
    onHover(at) {
      const { frame, stale } = latest.current;
      if (at === null) setHover(null);
      else if (!stale) setHover(insideFrame(frame, ...at) ? fromPixel(frame, ...at) : null);
    },
    onWheel(at, { dy, first }) {
      const { frame, stale } = latest.current;
      if (stale || !insideFrame(frame, ...at)) return false;
      zoom(frame, at, at, Math.exp(Math.max(-1, Math.min(1, 0.0015 * dy))), first);
      return true;
    },
  });
}
