import type { Gestures, Point } from '../../ui/useGestures.ts';

/** A picture that is turned, moved and enlarged by hand. */
export interface Turnable {
  /** Radians about its upright axis and about the screen's horizontal. */
  orbit(turn: number, tilt: number): void;
  /** Times `factor`, keeping the pixel (x, y) in place; the middle of the pane where there is none. */
  zoom(factor: number, x?: number, y?: number): void;
  pan?(dx: number, dy: number): void;
  /** Back to the default view, or straight down an axis. */
  view(axis?: 0 | 1 | 2): void;
}

/** Radians per pixel of dragging, the exponent of the zoom per pixel of the wheel, and radians of an arrow key. */
const DRAG = 0.0095;
const WHEEL = 0.0016;
const KEY_TURN = (5 * Math.PI) / 180;

/** Mouse: drag turns, right or Shift drag moves, wheel zooms. Touch: one finger turns, two move and zoom. */
export const turningGestures = (
  picture: () => Turnable | null,
): Required<Pick<Gestures, 'rightButton' | 'onPress' | 'onPinch' | 'onWheel'>> => ({
  rightButton: true,
  onPress(from, { button, shiftKey }) {
    let last = from;
    return {
      move(at) {
        const [dx, dy] = [at[0] - last[0], at[1] - last[1]];
        last = at;
        if (button > 0 || shiftKey) picture()?.pan?.(dx, dy);
        else picture()?.orbit(dx * DRAG, dy * DRAG);
      },
    };
  },
  onPinch() {
    let before: { readonly scale: number; readonly to: Point } | null = null;
    return ({ scale, from, to }) => {
      const [x, y] = before?.to ?? from;
      picture()?.pan?.(to[0] - x, to[1] - y);
      picture()?.zoom(scale / (before?.scale ?? 1), ...to);
      before = { scale, to };
    };
  },
  onWheel([x, y], { dy }) {
    picture()?.zoom(Math.exp(-Math.max(-120, Math.min(120, dy)) * WHEEL), x, y);
    return true;
  },
});

type Keys = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/**
 * Arrows turn (with Shift they move), + and − zoom, 0 and Home reset, 1 2 3 look down a b c; with Ctrl, Meta or Alt they
 * are the browser's. True where a key was used.
 */
export function viewKey(picture: Turnable, event: Keys): boolean {
  const { key, shiftKey } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  if (arrow) {
    const [x = 0, y = 0] = arrow;
    if (shiftKey) picture.pan?.(24 * x, 24 * y);
    else picture.orbit(KEY_TURN * x, KEY_TURN * y);
  } else if (key === '+' || key === '=') picture.zoom(1.15);
  else if (key === '-' || key === '\u2212') picture.zoom(1 / 1.15);
  else if (key === '0' || key === 'Home') picture.view();
  else if (/^[123]$/.test(key)) picture.view((Number(key) - 1) as 0 | 1 | 2);
  else return false;
  return true;
}
