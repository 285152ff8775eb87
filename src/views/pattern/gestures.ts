import { type RefObject, useEffect, useRef } from 'react';
import type { Instrument } from '../../diffraction/instrument.ts';
import type { Quantity } from './axes.ts';
import { between, panned, type Range, zoomed } from './zoom.ts';

/** What pointers need to know of the picture under them. */
export interface GestureSurface {
  readonly frame: {
    readonly layout: { readonly left: number; readonly right: number };
    twoThetaAt(x: number): number;
  };
  readonly view: { readonly axis: Quantity; readonly range: Range };
  readonly target: { readonly instrument: Instrument };
}

/** What pointers ask for. */
export interface GestureHandlers {
  /** The 2θ under the pointer, or none. */
  onPoint(twoTheta: number | null): void;
  /** A click or tap without a drag. */
  onPick(twoTheta: number): void;
  onRange(range: Range): void;
  onReset(): void;
  /** The range being drawn, pixels; null when it is done. */
  onSelection(pixels: readonly [number, number] | null): void;
}

type Drag =
  | { readonly kind: 'select'; readonly x: number }
  | { readonly kind: 'pan'; readonly x: number; readonly range: Range }
  | { readonly kind: 'pinch'; readonly xs: readonly [number, number]; readonly range: Range };

/** Pixels that a hand moves in a click. */
const STEADY = 4;

/**
 * Drag selects a range, Shift-drag and the middle button pan, the wheel zooms about the pointer, a double click
 * resets; a finger points, two pinch.
 */
export function usePatternGestures(
  element: RefObject<HTMLElement | null>,
  picture: RefObject<GestureSurface | null>,
  handlers: GestureHandlers,
): void {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    const stop = new AbortController();
    const on = <K extends keyof HTMLElementEventMap>(
      type: K,
      react: (event: HTMLElementEventMap[K]) => void,
    ): void => target.addEventListener(type, react, { signal: stop.signal, passive: false });

    let drag: Drag | null = null;
    const fingers = new Map<number, number>();
    const pixel = (event: MouseEvent): number => event.clientX - target.getBoundingClientRect().left;
    const share = (shown: GestureSurface, x: number): number => {
      const { left, right } = shown.frame.layout;
      return (x - left) / (right - left);
    };
    const angle = (shown: GestureSurface, x: number): number => {
      const { left, right } = shown.frame.layout;
      return shown.frame.twoThetaAt(Math.max(left, Math.min(right, x)));
    };
    const move = (shown: GestureSurface, range: Range, by: number): void =>
      latest.current.onRange(panned(range, by, shown.view.axis, shown.target.instrument));

    on('pointerdown', event => {
      const shown = picture.current;
      if (!shown) return;
      const x = pixel(event);
      if (event.pointerType === 'touch') {
        fingers.set(event.pointerId, x);
        const [p, q] = [...fingers.values()];
        if (p !== undefined && q !== undefined) drag = { kind: 'pinch', xs: [p, q], range: shown.view.range };
        latest.current.onPoint(drag ? null : angle(shown, x));
      } else if (event.button === 1 || (event.button === 0 && event.shiftKey)) {
        event.preventDefault();
        target.focus({ preventScroll: true });
        drag = { kind: 'pan', x, range: shown.view.range };
      } else if (event.button === 0) drag = { kind: 'select', x };
      else return;
      target.setPointerCapture(event.pointerId);
    });

    on('pointermove', event => {
      const shown = picture.current;
      if (!shown) return;
      const x = pixel(event);
      if (fingers.has(event.pointerId)) fingers.set(event.pointerId, x);
      if (drag?.kind === 'pinch') {
        const [p, q] = [...fingers.values()];
        if (p !== undefined && q !== undefined) latest.current.onRange(pinched(shown, drag, [p, q], share));
      } else if (drag?.kind === 'pan') move(shown, drag.range, share(shown, drag.x) - share(shown, x));
      else {
        if (drag) latest.current.onSelection(Math.abs(x - drag.x) > STEADY ? [drag.x, x] : null);
        latest.current.onPoint(angle(shown, x));
      }
    });

    const end = (event: PointerEvent, finished: boolean): void => {
      const shown = picture.current;
      const touch = fingers.delete(event.pointerId);
      const ended = drag;
      if (fingers.size === 0) drag = null;
      latest.current.onSelection(null);
      if (touch) latest.current.onPoint(null);
      if (!shown || !finished || ended?.kind === 'pan' || ended?.kind === 'pinch') return;
      const x = pixel(event);
      if (ended && Math.abs(x - ended.x) > STEADY)
        latest.current.onRange(
          between(
            shown.view.range,
            share(shown, ended.x),
            share(shown, x),
            shown.view.axis,
            shown.target.instrument,
          ),
        );
      else if (ended || touch) latest.current.onPick(angle(shown, x));
    };
    on('pointerup', event => end(event, true));
    on('pointercancel', event => end(event, false));
    on('pointerleave', () => {
      if (!drag) latest.current.onPoint(null);
    });
    on('keydown', event => {
      if (event.key !== 'Escape' || drag?.kind !== 'select') return;
      drag = null;
      latest.current.onSelection(null);
    });
    on('dblclick', () => latest.current.onReset());
    on('wheel', event => {
      const shown = picture.current;
      if (!shown) return;
      event.preventDefault();
      const lineHeight = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const { axis, range } = shown.view;
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        move(
          shown,
          range,
          (event.deltaX * lineHeight) / (shown.frame.layout.right - shown.frame.layout.left),
        );
        return;
      }
      // A trackpad's pinch comes as a wheel with Ctrl and small steps.
      const factor = Math.exp(
        Math.max(-1, Math.min(1, event.deltaY * lineHeight * (event.ctrlKey ? 0.01 : 0.002))),
      );
      const fixed = Math.max(0, Math.min(1, share(shown, pixel(event))));
      latest.current.onRange(zoomed(range, factor, fixed, axis, shown.target.instrument));
    });
    return () => stop.abort();
  }, [element, picture]);
}

/** Two fingers keep the places under them. */
function pinched(
  shown: GestureSurface,
  { xs, range }: Extract<Drag, { kind: 'pinch' }>,
  now: readonly [number, number],
  share: (shown: GestureSurface, x: number) => number,
): Range {
  const { axis } = shown.view;
  const { instrument } = shown.target;
  const factor = Math.max(10, Math.abs(xs[1] - xs[0])) / Math.max(10, Math.abs(now[1] - now[0]));
  const middle = share(shown, 0.5 * (xs[0] + xs[1]));
  const grown = zoomed(range, factor, middle, axis, instrument);
  const moved = share(shown, 0.5 * (now[0] + now[1])) - middle;
  return panned(grown, -moved, axis, instrument);
}
