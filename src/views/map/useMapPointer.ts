import { type RefObject, useEffect, useRef } from 'react';
import { dropStart, moveStart, setFocus, setHover, setRanges } from '../../state/actions.ts';
import { analysis } from '../../state/insight/analysisSlice.ts';
import { setInsight } from '../../state/insight/insightActions.ts';
import { store } from '../../state/store.ts';
import { fromPixel, insideFrame, type MapFrame, toX, toY } from './mapFrame.ts';
import type { MapScene } from './useMapScene.ts';

/** A press that moves less than this is a click, pixels. */
const CLICK_SLOP = 4;
/** How near a press must be to a start, a minimum or the truth to mean it, pixels. */
const REACH = 10;
/** Wheel events closer than this belong to one gesture, ms. */
const GESTURE_GAP = 600;

type Point = readonly [number, number];

/** What a held pointer does. */
type Grip =
  | { readonly kind: 'press'; readonly from: Point }
  | { readonly kind: 'pan'; readonly from: Point; readonly frame: MapFrame }
  | { readonly kind: 'start'; readonly index: number }
  | { readonly kind: 'probe' }
  | { readonly kind: 'line'; readonly from: Point }
  | { readonly kind: 'pinch'; readonly points: readonly [Point, Point]; readonly frame: MapFrame };

/** The profile line between two points of the pane. */
function drawLine(frame: MapFrame, from: Point, to: Point, undoable: boolean): void {
  const [p, q] = [fromPixel(frame, ...from), fromPixel(frame, ...to)];
  const line = [p.x, p.y, q.x, q.y].map(value => Number(value.toFixed(6)));
  setInsight({ line: line as unknown as readonly [number, number, number, number] }, undoable);
}

/**
 * The pointer on the map. Mouse: hover looks, click drops starts (Shift keeps the others), a drag pans, a drag of a
 * start moves it, the wheel zooms. Touch: one finger moves the probe, two pan and zoom.
 */
export function useMapPointer(element: RefObject<HTMLElement | null>, scene: MapScene | null): void {
  const latest = useRef(scene);
  latest.current = scene;
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    const down = new Map<number, Point>();
    let grip: Grip | null = null;
    let lastWheel = 0;
    let first = true;

    const at = (event: MouseEvent): Point => {
      const box = target.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    const near = (point: Point, x: number, y: number): boolean =>
      Math.hypot(point[0] - x, point[1] - y) <= REACH;

    const onDown = (event: PointerEvent): void => {
      const now = latest.current;
      const point = at(event);
      if (!now || event.button !== 0 || !insideFrame(now.frame, ...point)) return;
      target.setPointerCapture(event.pointerId);
      down.set(event.pointerId, point);
      first = true;
      if (analysis.get().drawing) {
        grip = { kind: 'line', from: point };
        return;
      }
      if (event.pointerType === 'touch') {
        const [p, q] = [...down.values()];
        grip = p && q ? { kind: 'pinch', points: [p, q], frame: now.frame } : { kind: 'probe' };
        if (grip.kind === 'probe') look(now, point);
        return;
      }
      const index = store
        .getState()
        .inputs.starts.findIndex(start => near(point, toX(now.frame, start.x), toY(now.frame, start.y)));
      grip = index >= 0 ? { kind: 'start', index } : { kind: 'press', from: point };
    };

    const look = (now: MapScene, point: Point): void =>
      setFocus({ kind: 'probe', ...fromPixel(now.frame, ...point) });

    const onMove = (event: PointerEvent): void => {
      const now = latest.current;
      if (!now || now.stale) return;
      const point = at(event);
      if (down.has(event.pointerId)) down.set(event.pointerId, point);
      if (!grip) {
        if (event.pointerType !== 'touch')
          setHover(insideFrame(now.frame, ...point) ? fromPixel(now.frame, ...point) : null);
        return;
      }
      if (grip.kind === 'probe') look(now, point);
      else if (grip.kind === 'line') {
        drawLine(now.frame, grip.from, point, first);
        first = false;
      } else if (grip.kind === 'pinch') pinch(grip);
      else if (grip.kind === 'start') {
        const { x, y } = fromPixel(now.frame, ...point);
        moveStart(grip.index, x, y, first);
        first = false;
      } else if (grip.kind === 'press') {
        if (Math.hypot(point[0] - grip.from[0], point[1] - grip.from[1]) > CLICK_SLOP)
          grip = { kind: 'pan', from: grip.from, frame: now.frame };
      } else {
        const { frame, from } = grip;
        const dx = ((point[0] - from[0]) / frame.width) * (frame.xRange[1] - frame.xRange[0]);
        const dy = ((point[1] - from[1]) / frame.height) * (frame.yRange[1] - frame.yRange[0]);
        setHover(null);
        setRanges(
          [frame.xRange[0] - dx, frame.xRange[1] - dx],
          [frame.yRange[0] + dy, frame.yRange[1] + dy],
          first,
        );
        first = false;
      }
    };

    const pinch = ({ points, frame }: Extract<Grip, { kind: 'pinch' }>): void => {
      const [p, q] = [...down.values()];
      if (!p || !q) return;
      const distance = (u: Point, v: Point): number => Math.max(20, Math.hypot(u[0] - v[0], u[1] - v[1]));
      const scale = distance(...points) / distance(p, q);
      const middle = (u: Point, v: Point): Point => [(u[0] + v[0]) / 2, (u[1] + v[1]) / 2];
      const [from, to] = [middle(...points), middle(p, q)];
      zoom(frame, from, to, scale);
    };

    /** Scales the ranges of `frame` so that what lay under `from` comes to lie under `to`. */
    const zoom = (frame: MapFrame, from: Point, to: Point, scale: number): void => {
      const anchor = fromPixel(frame, ...from);
      const spanX = (frame.xRange[1] - frame.xRange[0]) * scale;
      const spanY = (frame.yRange[1] - frame.yRange[0]) * scale;
      const x0 = anchor.x - ((to[0] - frame.left) / frame.width) * spanX;
      const y0 = anchor.y - (1 - (to[1] - frame.top) / frame.height) * spanY;
      setRanges([x0, x0 + spanX], [y0, y0 + spanY], first);
      first = false;
    };

    const onUp = (event: PointerEvent): void => {
      const now = latest.current;
      const held = grip;
      const released = down.get(event.pointerId);
      down.delete(event.pointerId);
      grip = null;
      if (held?.kind === 'line') analysis.set({ drawing: false });
      if (!now || now.stale || held?.kind !== 'press' || !released) return;
      if (near(released, toX(now.frame, now.truth[0]), toY(now.frame, now.truth[1]))) {
        setHover(null);
        setFocus({ kind: 'truth' });
        return;
      }
      const minimum = store.getState().inputs.view.minima
        ? now.falseMinima.find(entry =>
            near(released, toX(now.frame, entry.minimum.x), toY(now.frame, entry.minimum.y)),
          )
        : undefined;
      if (minimum) {
        setHover(null);
        setFocus({ kind: 'minimum', index: minimum.index });
        return;
      }
      const { x, y } = fromPixel(now.frame, ...released);
      dropStart(x, y, event.shiftKey);
    };

    const onCancel = (event: PointerEvent): void => {
      down.delete(event.pointerId);
      grip = null;
    };
    const onLeave = (): void => setHover(null);

    const onWheel = (event: WheelEvent): void => {
      const now = latest.current;
      const point = at(event);
      if (!now || now.stale || !insideFrame(now.frame, ...point)) return;
      event.preventDefault();
      first = event.timeStamp - lastWheel > GESTURE_GAP;
      lastWheel = event.timeStamp;
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      zoom(now.frame, point, point, Math.exp(Math.max(-1, Math.min(1, 0.0015 * lines * event.deltaY))));
    };

    target.addEventListener('pointerdown', onDown);
    target.addEventListener('pointermove', onMove);
    target.addEventListener('pointerup', onUp);
    target.addEventListener('pointercancel', onCancel);
    target.addEventListener('pointerleave', onLeave);
    target.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      target.removeEventListener('pointerdown', onDown);
      target.removeEventListener('pointermove', onMove);
      target.removeEventListener('pointerup', onUp);
      target.removeEventListener('pointercancel', onCancel);
      target.removeEventListener('pointerleave', onLeave);
      target.removeEventListener('wheel', onWheel);
    };
  }, [element]);
}
