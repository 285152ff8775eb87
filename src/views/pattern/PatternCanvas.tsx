import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useMemo, useRef } from 'react';
import { useSize } from '../../ui/useSize.ts';
import { frameOf } from './frame.ts';
import { type GestureHandlers, usePatternGestures } from './gestures.ts';
import { layoutOf } from './layout.ts';
import { paintCursor } from './paintCursor.ts';
import { type Picture, paintPattern } from './paintPattern.ts';
import type { Cursor } from './peakReadout.ts';
import { preparedCanvas } from './preparedCanvas.ts';
import { binPositions, type CurrentScene, type TargetScene, type ViewSettings } from './scene.ts';
import { usePalette } from './usePalette.ts';
import { usePixelRatio } from './usePixelRatio.ts';

export interface PatternCanvasProps extends GestureHandlers {
  readonly target: TargetScene;
  readonly current: CurrentScene | null;
  readonly view: ViewSettings;
  readonly cursor: Cursor | null;
  /** 2θ under the pointer. */
  readonly pointer: number | null;
  onKeyDown(event: KeyboardEvent): void;
  /** What is on screen, for the export. */
  readonly shown: RefObject<Picture | null>;
  readonly label: string;
}

/** The picture on two canvases: the patterns, and over them what follows the pointer. */
export function PatternCanvas(props: PatternCanvasProps): ReactNode {
  const { target, current, view, cursor, pointer, shown, label, onKeyDown } = props;
  const [ref, size] = useSize<HTMLDivElement>();
  const below = useRef<HTMLCanvasElement>(null);
  const above = useRef<HTMLCanvasElement>(null);
  const palette = usePalette(ref);
  const ratio = usePixelRatio();
  const positions = useMemo(() => binPositions(target.instrument, view.axis), [target.instrument, view.axis]);
  const picture = useMemo((): Picture | null => {
    if (!palette || size.width < 80 || size.height < 60) return null;
    const frame = frameOf(
      layoutOf(size.width, size.height, view.look?.single),
      positions,
      target,
      current,
      view,
    );
    return { frame, positions, target, current, view, palette };
  }, [palette, size, positions, target, current, view]);

  const selection = usePatternGestures(ref, shown, props);

  useEffect(() => {
    shown.current = picture;
    if (!picture) return;
    const frame = requestAnimationFrame(() => {
      const ctx = preparedCanvas(below.current, picture.frame.layout, ratio);
      if (ctx) paintPattern(ctx, picture);
    });
    return () => cancelAnimationFrame(frame);
  }, [picture, ratio, shown]);

  useEffect(() => {
    if (!picture) return;
    const frame = requestAnimationFrame(() => {
      const ctx = preparedCanvas(above.current, picture.frame.layout, ratio);
      const x = pointer === null ? null : picture.frame.xOf(pointer);
      if (ctx) paintCursor(ctx, picture, { cursor, pointer: x, selection });
    });
    return () => cancelAnimationFrame(frame);
  }, [picture, ratio, cursor, pointer, selection]);

  return (
    // An application: the keys below are its own while it has the focus.
    <div
      ref={ref}
      className="pattern-plot"
      role="application"
      aria-label="Powder pattern plot"
      aria-describedby="pattern-keys"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes keys, see role
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <canvas ref={below} role="img" aria-label={label} />
      <div aria-hidden="true">
        <canvas ref={above} />
      </div>
    </div>
  );
}
