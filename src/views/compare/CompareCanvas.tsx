import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useMemo, useRef } from 'react';
import type { Ink } from '../../ui/ink.ts';
import { useSize } from '../../ui/useSize.ts';
import { AXES } from '../pattern/axes.ts';
import { type GestureHandlers, type GestureSurface, usePatternGestures } from '../pattern/gestures.ts';
import { preparedCanvas } from '../pattern/preparedCanvas.ts';
import { crisp, lines } from '../pattern/strokes.ts';
import { usePalette } from '../pattern/usePalette.ts';
import { usePixelRatio } from '../pattern/usePixelRatio.ts';
import { nearestPeak, ownAngle } from './compareCursor.ts';
import { compareFrame, compareLayout } from './compareFrame.ts';
import { readComparePalette } from './comparePalette.ts';
import type { CompareScene, CompareView } from './compareScene.ts';
import { type ComparePicture, paintCompare } from './paintCompare.ts';

export interface CompareCanvasProps extends GestureHandlers {
  readonly scene: CompareScene;
  readonly view: CompareView;
  /** Angle at the wavelength of the axis that the pointer or the keys are at. */
  readonly at: number | null;
  onKeyDown(event: KeyboardEvent): void;
  readonly shown: RefObject<ComparePicture | null>;
  readonly withDifference: boolean;
  readonly label: string;
}

/** The picture on two canvases: the patterns, and over them what follows the pointer. */
export function CompareCanvas(props: CompareCanvasProps): ReactNode {
  const { scene, view, at, shown, withDifference, label, onKeyDown } = props;
  const [ref, size] = useSize<HTMLDivElement>();
  const below = useRef<HTMLCanvasElement>(null);
  const above = useRef<HTMLCanvasElement>(null);
  const palette = usePalette(ref, readComparePalette);
  const ratio = usePixelRatio();
  const picture = useMemo((): ComparePicture | null => {
    if (!palette || size.width < 80 || size.height < 80) return null;
    const layout = compareLayout(size.width, size.height, scene.curves.length, withDifference);
    return { frame: compareFrame(layout, scene, view), scene, view, palette };
  }, [palette, size, scene, view, withDifference]);
  const surface = useRef<GestureSurface | null>(null);
  const selection = usePatternGestures(ref, surface, props);

  useEffect(() => {
    shown.current = picture;
    surface.current = picture && {
      frame: picture.frame,
      view: picture.view,
      target: { instrument: picture.scene.instrument },
    };
    if (!picture) return;
    const frame = requestAnimationFrame(() => {
      const ctx = preparedCanvas(below.current, picture.frame.layout, ratio);
      if (ctx) paintCompare(ctx, picture);
    });
    return () => cancelAnimationFrame(frame);
  }, [picture, ratio, shown]);

  useEffect(() => {
    if (!picture) return;
    const frame = requestAnimationFrame(() => {
      const ctx = preparedCanvas(above.current, picture.frame.layout, ratio);
      if (ctx) paintMarks(ctx, picture, at, selection);
    });
    return () => cancelAnimationFrame(frame);
  }, [picture, ratio, at, selection]);

  return (
    <div
      ref={ref}
      className="compare-plot"
      role="application"
      aria-label="Plot of the compared patterns"
      aria-describedby="compare-keys"
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

/** The line of the cursor, the nearest tick of every pattern, and a range being drawn. */
function paintMarks(
  ctx: Ink,
  { frame, scene, view, palette }: ComparePicture,
  at: number | null,
  selection: readonly [number, number] | null,
): void {
  const { layout } = frame;
  ctx.clearRect(0, 0, layout.width, layout.height);
  if (selection) {
    const from = Math.max(layout.left, Math.min(...selection));
    const to = Math.min(layout.right, Math.max(...selection));
    ctx.fillStyle = palette.ink;
    ctx.globalAlpha = 0.08;
    ctx.fillRect(from, layout.top, to - from, layout.axis - layout.top);
    ctx.globalAlpha = 1;
  }
  if (at === null) return;
  const x = layout.left + frameShare(frame, scene, view, at);
  if (!(x >= layout.left && x <= layout.right)) return;
  lines(ctx, palette.axis, 1, [[crisp(x), layout.top, crisp(x), layout.axis]]);
  scene.curves.forEach((curve, i) => {
    const peak = curve.curve.peaks[nearestPeak(curve, ownAngle(scene, curve, at, view.axis))];
    if (!peak) return;
    const tick = frame.xOf(curve, peak.twoTheta);
    const top = layout.rows[i]!;
    if (tick >= layout.left && tick <= layout.right)
      lines(ctx, palette.series[curve.entry.colour] ?? palette.ink, 3.5, [
        [tick, top - 1, tick, top + layout.tick + 1],
      ]);
  });
}

/** Pixels from the left end of the axis to an angle at the axis's wavelength. */
function frameShare(
  frame: ComparePicture['frame'],
  scene: CompareScene,
  view: CompareView,
  twoTheta: number,
): number {
  const { left, right } = frame.layout;
  const place = AXES[view.axis].at(twoTheta, scene.instrument.wavelength);
  return ((place - frame.low) / (frame.high - frame.low)) * (right - left);
}
