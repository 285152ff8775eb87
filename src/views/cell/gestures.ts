import type { Stage } from './stage.ts';

/** Radians per pixel of dragging, and per arrow key. */
const DRAG = 0.0095;
const KEY_TURN = (5 * Math.PI) / 180;
/** A press that moves less than this many pixels is a click. */
const CLICK = 4;

type Point = { readonly x: number; readonly y: number };

export interface GestureTargets {
  readonly stage: Stage;
  onHover(x: number, y: number): void;
  onLeave(): void;
  onClick(x: number, y: number): void;
  /** Takes hold of what is under a pixel: the drag then goes there instead of turning the cell; null where nothing is. */
  grab?(x: number, y: number): Held | null;
}

/** Something that is dragged: pixels since the press, and the end. */
export interface Held {
  move(dx: number, dy: number): void;
  end(): void;
}

/**
 * Mouse: drag turns, right or Shift drag moves, wheel zooms. Touch: one finger turns, two move and zoom.
 * Returns the way to stop listening.
 */
export function listenToPointers(host: HTMLElement, targets: GestureTargets): () => void {
  const { stage } = targets;
  const fingers = new Map<number, Point>();
  let moved = 0;
  let held: Held | null = null;
  let pressed: Point = { x: 0, y: 0 };
  const at = (event: MouseEvent): Point => {
    const box = host.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const spread = (): { middle: Point; distance: number } => {
    const [p, q] = [...fingers.values()] as [Point, Point];
    return { middle: { x: (p.x + q.x) / 2, y: (p.y + q.y) / 2 }, distance: Math.hypot(p.x - q.x, p.y - q.y) };
  };
  const down = (event: PointerEvent): void => {
    if (fingers.size === 0) moved = 0;
    const point = at(event);
    fingers.set(event.pointerId, point);
    held?.end();
    held = null;
    if (fingers.size === 1 && event.button === 0 && !event.shiftKey) {
      held = targets.grab?.(point.x, point.y) ?? null;
      pressed = point;
    }
    host.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent): void => {
    const before = fingers.get(event.pointerId);
    const now = at(event);
    if (!before) {
      if (event.pointerType === 'mouse') targets.onHover(now.x, now.y);
      return;
    }
    const [dx, dy] = [now.x - before.x, now.y - before.y];
    moved += Math.hypot(dx, dy);
    if (fingers.size > 2) return;
    if (fingers.size === 2) {
      const old = spread();
      fingers.set(event.pointerId, now);
      const next = spread();
      stage.pan(next.middle.x - old.middle.x, next.middle.y - old.middle.y);
      if (old.distance > 0) stage.zoom(next.distance / old.distance, next.middle.x, next.middle.y);
      return;
    }
    fingers.set(event.pointerId, now);
    if (moved < CLICK) return;
    if (held) held.move(now.x - pressed.x, now.y - pressed.y);
    else if (event.shiftKey || event.buttons > 1) stage.pan(dx, dy);
    else stage.orbit(dx * DRAG, dy * DRAG);
  };
  const up = (event: PointerEvent): void => {
    const point = fingers.get(event.pointerId);
    fingers.delete(event.pointerId);
    held?.end();
    held = null;
    if (point && fingers.size === 0 && moved < CLICK && event.type === 'pointerup' && event.button === 0)
      targets.onClick(point.x, point.y);
  };
  const wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const { x, y } = at(event);
    const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1);
    stage.zoom(Math.exp(-Math.max(-120, Math.min(120, pixels)) * 0.0016), x, y);
  };
  const noMenu = (event: Event): void => event.preventDefault();
  const stop = new AbortController();
  const { signal } = stop;
  host.addEventListener('pointerdown', down, { signal });
  host.addEventListener('pointermove', move, { signal });
  host.addEventListener('pointerup', up, { signal });
  host.addEventListener('pointercancel', up, { signal });
  host.addEventListener('pointerleave', () => targets.onLeave(), { signal });
  host.addEventListener('wheel', wheel, { signal, passive: false });
  host.addEventListener('contextmenu', noMenu, { signal });
  return () => stop.abort();
}

/** Arrows turn (with Shift they move), + and − zoom, 0 and Home reset, 1 2 3 look down a b c. True where a key was used. */
export function viewKey(stage: Stage, event: Pick<KeyboardEvent, 'key' | 'shiftKey'>): boolean {
  const arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (arrow) {
    const [x = 0, y = 0] = arrow;
    if (event.shiftKey) stage.pan(24 * x, 24 * y);
    else stage.orbit(KEY_TURN * x, KEY_TURN * y);
  } else if (event.key === '+' || event.key === '=') stage.zoom(1.15);
  else if (event.key === '-' || event.key === '\u2212') stage.zoom(1 / 1.15);
  else if (event.key === '0' || event.key === 'Home') stage.view();
  else if (/^[123]$/.test(event.key)) stage.view((Number(event.key) - 1) as 0 | 1 | 2);
  else return false;
  return true;
}
