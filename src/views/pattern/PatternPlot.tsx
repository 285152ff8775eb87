import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useBraggscape } from '../../state/core/store.ts';
import { useCanvasPainting } from '../../ui/useCanvasPainting.ts';
import { useSize } from '../../ui/useSize.ts';
import { usePalette } from '../palette.ts';
import { type Picture, plotFrame } from './frame.ts';
import { usePatternGestures } from './gestures.ts';
import { COUNTS_FROM } from './occupancy.ts';
import styles from './PatternPlot.module.css';
import { paintCursor } from './paintCursor.ts';
import { paintPattern } from './paintPattern.ts';
import { nearestPeak, nextPeak, POINTABLE } from './peaks.ts';
import { axisAngle, ownAngle, type PlotScene, type ViewSettings } from './plotScene.ts';
import { asZoom, clampRange, panned, type Range, zoomed } from './zoom.ts';

/** A place of the axis, 2θ at its wavelength: under the pointer, else of the peak that was clicked or reached by keys. */
export interface PlotCursor {
  readonly at: number | null;
  readonly picked: number | null;
  point(twoTheta: number | null): void;
  pick(twoTheta: number | null): void;
}

export function usePlotCursor(): PlotCursor {
  const [pointer, point] = useState<number | null>(null);
  const [picked, pick] = useState<number | null>(null);
  return { at: pointer ?? picked, picked, point, pick };
}

export interface PatternPlotProps<Scene extends PlotScene> {
  readonly scene: Scene;
  readonly view: ViewSettings;
  readonly cursor: PlotCursor;
  /** Index of the curve whose peaks clicks and keys go to. */
  readonly lead?: number;
  readonly name: string;
  /** Description of the picture, and of the keys that go from peak to peak, for those who do not see it. */
  readonly label: string;
  readonly stepKeys: string;
  /** The picture on screen, for what is saved. */
  readonly shown: RefObject<Picture<Scene> | null>;
  /** The peaks at a place, in words. */
  speak(twoTheta: number): string;
  onZoom(zoom: Range | null): void;
  /** Enter at a picked peak. */
  onEnter?(twoTheta: number): void;
}

/** Patterns on two canvases, the picture and over it what follows the pointer, with pointers and keys. */
export function PatternPlot<Scene extends PlotScene>(props: PatternPlotProps<Scene>): ReactNode {
  const { scene, view, cursor, lead = 0, shown, speak, onZoom, onEnter } = props;
  const [ref, size] = useSize<HTMLDivElement>();
  const below = useRef<HTMLCanvasElement>(null);
  const above = useRef<HTMLCanvasElement>(null);
  const palette = usePalette(ref);
  const keys = useId();
  const [spoken, setSpoken] = useState('');
  const { instrument } = scene;
  const picture = useMemo(
    (): Picture<Scene> | null =>
      palette && size.width >= 80 && size.height >= 60
        ? { frame: plotFrame(size.width, size.height, scene, view), scene, view, palette }
        : null,
    [palette, size, scene, view],
  );

  const setRange = (range: Range): void => onZoom(asZoom(range, scene.home));
  const reset = (): void => {
    onZoom(null);
    cursor.pick(null);
  };
  const leading = scene.curves[lead]!;
  /** Own angle of the leading curve at a place of the axis. */
  const own = (twoTheta: number): number => ownAngle(scene, leading, twoTheta, view.axis);
  /** Picks a peak of the leading curve and says what is there. */
  const pick = (index: number): number | null => {
    const peak = leading.peaks[index];
    if (!peak) return null;
    const twoTheta = axisAngle(scene, leading, peak.twoTheta, view.axis);
    cursor.pick(twoTheta);
    setSpoken(speak(twoTheta));
    return twoTheta;
  };
  const step = (direction: 1 | -1): void => {
    const [low, high] = view.range;
    const from = own(cursor.picked ?? (direction > 0 ? low : high));
    const twoTheta = pick(nextPeak(leading.peaks, from, direction, COUNTS_FROM * leading.strongest));
    if (twoTheta === null || (twoTheta >= low && twoTheta <= high)) return;
    const half = 0.5 * (high - low);
    setRange(clampRange([twoTheta - half, twoTheta + half], instrument));
  };
  const pan = (share: number) => () => setRange(panned(view, share, instrument));
  const zoom = (factor: number) => () => setRange(zoomed(view, factor, instrument, 0.5));
  const actions = new Map<string, () => void>([
    ['ArrowLeft', pan(-PAN)],
    ['ArrowRight', pan(PAN)],
    ['+', zoom(ZOOM)],
    ['=', zoom(ZOOM)],
    ['-', zoom(1 / ZOOM)],
    [',', () => step(-1)],
    ['.', () => step(1)],
    ['Home', reset],
    ['Escape', () => cursor.pick(null)],
  ]);
  if (onEnter && cursor.picked !== null) actions.set('Enter', () => onEnter(cursor.picked!));
  const onKeyDown = (event: KeyboardEvent): void => {
    const action = actions.get(event.key);
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
  const selection = usePatternGestures(ref, shown, {
    onPoint: cursor.point,
    onPick: twoTheta => pick(nearestPeak(leading.peaks, own(twoTheta), POINTABLE * leading.strongest)),
    onRange: setRange,
    onReset: reset,
  });

  const { at } = cursor;
  const layout = picture?.frame.layout ?? null;
  const paint = useMemo(
    () => picture && ((ctx: CanvasRenderingContext2D) => paintPattern(ctx, picture)),
    [picture],
  );
  const paintMarks = useMemo(
    () => picture && ((ctx: CanvasRenderingContext2D) => paintCursor(ctx, picture, { at, selection })),
    [picture, at, selection],
  );
  useEffect(() => {
    shown.current = picture;
  }, [picture, shown]);
  useCanvasPainting(below, layout, paint);
  useCanvasPainting(above, layout, paintMarks);

  return (
    <>
      {/* An application: the keys below are its own while it has the focus. */}
      <div
        ref={ref}
        className={styles.plot}
        role="application"
        aria-label={props.name}
        aria-describedby={keys}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes keys, see role
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <canvas ref={below} role="img" aria-label={props.label} />
        <div aria-hidden="true">
          <canvas ref={above} />
        </div>
      </div>
      <div className="visually-hidden">
        <p id={keys}>
          Left and right arrows pan, plus and minus zoom, Home shows everything, {props.stepKeys}
        </p>
        <p aria-live="polite" data-testid="spoken-peaks">
          {spoken}
        </p>
      </div>
    </>
  );
}

/** Share of the range that one press moves, and by how much it zooms. */
const PAN = 0.1;
const ZOOM = 0.8;

/** Axis, scale and style of every pattern plot, over a zoom or the whole of a scene; null without one. */
export function useViewSettings<Scene extends Pick<PlotScene, 'instrument' | 'home'> | null>(
  scene: Scene,
  zoom: Range | null,
): ViewSettings | (Scene extends null ? null : never) {
  const axis = useBraggscape(state => state.inputs.view.axis);
  const intensity = useBraggscape(state => state.inputs.view.intensity);
  const style = useBraggscape(state => state.inputs.view.style);
  return useMemo(() => {
    if (!scene) return null as Scene extends null ? null : never;
    const range = zoom ? clampRange(zoom, scene.instrument) : scene.home;
    return { axis, intensity, style, range };
  }, [axis, intensity, style, zoom, scene]);
}
