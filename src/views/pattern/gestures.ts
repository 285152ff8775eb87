import { type RefObject, useState } from 'react';
import { CLICK_SLOP, type Point, useGestures } from '../../ui/useGestures.ts';
import type { Picture } from './frame.ts';
import { panned, partBetween, type Range, zoomed } from './zoom.ts';

/** Requests of pointers. */
export interface GestureHandlers {
  /** The 2θ under the pointer, or none. */
  onPoint(twoTheta: number | null): void;
  /** A click or tap without a drag. */
  onPick(twoTheta: number): void;
  onRange(range: Range): void;
  onReset(): void;
}

/**
 * Drag selects a range, Shift-drag and the middle button pan, the wheel zooms about the pointer, a double click
 * resets; a finger points, two pinch. Returns the range being drawn, pixels; null where none is.
 */
export function usePatternGestures(
  element: RefObject<HTMLElement | null>,
  picture: RefObject<Picture | null>,
  { onPoint, onPick, onRange, onReset }: GestureHandlers,
): readonly [number, number] | null {
  const [selection, setSelection] = useState<readonly [number, number] | null>(null);
  const angle = ([x]: Point): number | null => {
    if (!picture.current) return null;
    const { layout, twoThetaAt } = picture.current.frame;
    return twoThetaAt(Math.max(layout.left, Math.min(layout.right, x)));
  };
  const pick = (at: Point): void => {
    const twoTheta = angle(at);
    if (twoTheta !== null) onPick(twoTheta);
  };

  useGestures(element, {
    onPress: (pressed, event) => {
      const shown = picture.current;
      if (!shown) return null;
      const {
        view,
        scene: { instrument },
      } = shown;
      if (event.pointerType === 'touch') {
        onPoint(angle(pressed));
        return {
          move: at => onPoint(angle(at)),
          end: at => {
            onPoint(null);
            pick(at);
          },
          cancel: () => onPoint(null),
        };
      }
      if (event.button === 1 || event.shiftKey) {
        event.preventDefault();
        element.current?.focus({ preventScroll: true });
        return {
          move: (at, from) => onRange(panned(view, shareOf(shown, from) - shareOf(shown, at), instrument)),
        };
      }
      return {
        click: pick,
        move: (at, from) => {
          setSelection([from[0], at[0]]);
          onPoint(angle(at));
        },
        end: (at, from) => {
          setSelection(null);
          // Back where it began, it is called off.
          if (Math.abs(at[0] - from[0]) > CLICK_SLOP)
            onRange(partBetween(view, shareOf(shown, from), shareOf(shown, at), instrument));
        },
        cancel: () => setSelection(null),
      };
    },
    onPinch: () => {
      const shown = picture.current;
      return ({ scale, from, to }) => {
        if (!shown) return;
        const [pressed, now] = [shareOf(shown, from), shareOf(shown, to)];
        onRange(zoomed(shown.view, 1 / scale, shown.scene.instrument, pressed, now));
      };
    },
    onHover: at => onPoint(at && angle(at)),
    onDoubleClick: onReset,
    onWheel: (at, { dx, dy, pinch }) => {
      const shown = picture.current;
      if (!shown) return false;
      const {
        view,
        scene: { instrument },
      } = shown;
      const { left, right } = shown.frame.layout;
      if (Math.abs(dx) > Math.abs(dy)) onRange(panned(view, dx / (right - left), instrument));
      else {
        const factor = Math.exp(Math.max(-1, Math.min(1, dy * (pinch ? 0.01 : 0.002))));
        onRange(zoomed(view, factor, instrument, Math.max(0, Math.min(1, shareOf(shown, at)))));
      }
      return true;
    },
  });
  return selection;
}

/** Of the width of the axis. */
function shareOf({ frame: { layout } }: Picture, [x]: Point): number {
  return (x - layout.left) / (layout.right - layout.left);
}
