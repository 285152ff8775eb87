import { type RefObject, useState } from 'react';
import { CLICK_SLOP, type Point, useGestures } from '../../ui/useGestures.ts';
import type { Picture } from './frame.ts';
import { between, panned, type Range, zoomed } from './zoom.ts';

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
      const { range, axis } = shown.view;
      const { instrument } = shown.scene;
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
          move: (at, from) =>
            onRange(panned(range, shareOf(shown, from) - shareOf(shown, at), axis, instrument)),
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
            onRange(between(range, shareOf(shown, from), shareOf(shown, at), axis, instrument));
        },
        cancel: () => setSelection(null),
      };
    },
    onPinch: () => {
      const shown = picture.current;
      return ({ scale, from, to }) => {
        if (!shown) return;
        const { range, axis } = shown.view;
        const { instrument } = shown.scene;
        const fixed = shareOf(shown, from);
        onRange(
          panned(
            zoomed(range, 1 / scale, fixed, axis, instrument),
            fixed - shareOf(shown, to),
            axis,
            instrument,
          ),
        );
      };
    },
    onHover: at => onPoint(at && angle(at)),
    onDoubleClick: onReset,
    onWheel: (at, { dx, dy, pinch }) => {
      const shown = picture.current;
      if (!shown) return false;
      const { axis, range } = shown.view;
      const { instrument } = shown.scene;
      const { left, right } = shown.frame.layout;
      if (Math.abs(dx) > Math.abs(dy)) onRange(panned(range, dx / (right - left), axis, instrument));
      else {
        const factor = Math.exp(Math.max(-1, Math.min(1, dy * (pinch ? 0.01 : 0.002))));
        onRange(zoomed(range, factor, Math.max(0, Math.min(1, shareOf(shown, at))), axis, instrument));
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
