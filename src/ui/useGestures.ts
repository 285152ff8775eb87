import { createUseGesture, dragAction, pinchAction } from '@use-gesture/react';
import { type RefObject, useEffect, useRef } from 'react';

/** CSS pixels from the upper left corner of the element. */
export type Point = readonly [x: number, y: number];

/** A press and what follows from it. Points are where the pointer is now and where it was pressed. */
export interface Hold {
  /** Press and release without a drag. A hold without it is a drag from the first pixel on. */
  click?(at: Point): void;
  move?(at: Point, from: Point): void;
  /** The release after a drag. */
  end?(at: Point, from: Point): void;
  /** The drag is called off: by Escape, by a second finger or by the browser. */
  cancel?(): void;
}

/** Two fingers: the distance between them over that at the start, and the places between them then and now. */
export interface Pinch {
  readonly scale: number;
  readonly from: Point;
  readonly to: Point;
}

/** A turn of the wheel, pixels. */
export interface Wheel {
  readonly dx: number;
  readonly dy: number;
  /** Two fingers on a trackpad, which come as small steps. */
  readonly pinch: boolean;
  /** Begins a gesture. */
  readonly first: boolean;
}

/** Reactions of an element to pointers; what is left out stays with the browser. */
export interface Gestures {
  /** Takes presses of the right button too, in place of its menu. */
  readonly rightButton?: boolean;
  /** Left or middle button, pen or finger; null where the press means nothing. */
  onPress?(at: Point, event: PointerEvent): Hold | null;
  /** Called as two fingers come down, for what is to follow them. */
  onPinch?(): (pinch: Pinch) => void;
  /** Mouse or pen with nothing held; null as it leaves. */
  onHover?(at: Point | null): void;
  /** False where the page may scroll. */
  onWheel?(at: Point, wheel: Wheel): boolean;
  onDoubleClick?(at: Point): void;
}

/** A press that moves less than this is a click, pixels. */
export const CLICK_SLOP = 4;
/** Turns of the wheel closer than this belong to one gesture, ms. */
const WHEEL_GAP = 600;
/** Pixels of a line, where a wheel counts lines. */
const LINE = 16;

const useDragAndPinch = createUseGesture([dragAction, pinchAction]);

/** Drag, click, pinch, hover, wheel and double click of an element, by mouse, pen and fingers. */
export function useGestures(element: RefObject<HTMLElement | null>, gestures: Gestures): void {
  const latest = useRef(gestures);
  useEffect(() => {
    latest.current = gestures;
  });
  const held = useRef<{ readonly hold: Hold; dragged: boolean; stop(): void } | null>(null);
  const place = (x: number, y: number): Point => {
    const box = element.current?.getBoundingClientRect();
    return [x - (box?.left ?? 0), y - (box?.top ?? 0)];
  };
  const callOff = (): void => {
    const { current } = held;
    held.current = null;
    current?.hold.cancel?.();
    current?.stop();
  };

  useDragAndPinch(
    {
      onDrag: ({ first, last, xy, initial, event, cancel }) => {
        const at = place(...xy);
        if (first) {
          const hold = latest.current.onPress?.(at, event as PointerEvent);
          held.current = hold ? { hold, dragged: !hold.click, stop: cancel } : null;
          return;
        }
        const { current } = held;
        if (!current) return;
        const { hold } = current;
        const from = place(...initial);
        if (event.type === 'pointercancel') return callOff();
        if (Math.hypot(at[0] - from[0], at[1] - from[1]) > CLICK_SLOP) current.dragged = true;
        if (last) held.current = null;
        if (!current.dragged) {
          if (last) hold.click?.(at);
        } else if (last) hold.end?.(at, from);
        else hold.move?.(at, from);
      },
      onPinch: ({ first, last, movement: [scale], origin, memo }) => {
        const to = place(...origin);
        if (first) {
          callOff();
          return { from: to, follow: latest.current.onPinch?.() };
        }
        if (!last && memo) memo.follow?.({ scale: Math.max(0.05, Math.min(20, scale)), from: memo.from, to });
        return memo;
      },
    },
    {
      target: element,
      eventOptions: { passive: false },
      // The right button alone is 2, the middle one 4.
      drag: { pointer: { buttons: gestures.rightButton ? [1, 2, 4] : [1, 4], keys: false } },
      pinch: { pinchOnWheel: false },
    },
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: what the listeners call reads nothing but refs
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    const stop = new AbortController();
    const on = <K extends keyof HTMLElementEventMap>(
      type: K,
      react: (event: HTMLElementEventMap[K]) => void,
    ): void => target.addEventListener(type, react, { signal: stop.signal, passive: false });
    let lastWheel = Number.NEGATIVE_INFINITY;

    on('pointermove', event => {
      if (held.current || event.pointerType === 'touch') return;
      latest.current.onHover?.(place(event.clientX, event.clientY));
    });
    on('pointerleave', event => {
      if (!held.current && event.pointerType !== 'touch') latest.current.onHover?.(null);
    });
    on('dblclick', event => latest.current.onDoubleClick?.(place(event.clientX, event.clientY)));
    on('contextmenu', event => latest.current.rightButton && event.preventDefault());
    on('keydown', event => {
      if (event.key === 'Escape') callOff();
    });
    on('wheel', event => {
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1;
      const wheel = {
        dx: event.deltaX * pixels,
        dy: event.deltaY * pixels,
        pinch: event.ctrlKey,
        first: event.timeStamp - lastWheel > WHEEL_GAP,
      };
      if (!latest.current.onWheel?.(place(event.clientX, event.clientY), wheel)) return;
      event.preventDefault();
      lastWheel = event.timeStamp;
    });
    return () => stop.abort();
  }, [element]);
}
