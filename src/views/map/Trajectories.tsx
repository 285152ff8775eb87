import { type ReactNode, useMemo } from 'react';
import { useBraggscape } from '../../state/core/store.ts';
import { ModeMarker } from '../ModeMarker.tsx';
import { MODE_STYLES, modeStyle } from '../modeStyle.ts';
import { DescentPath } from './DescentPath.tsx';
import { descentAt, descentPaths, type MapDescent } from './descentPaths.ts';
import { alongPath, type Box, placeWord, wordBox } from './labels.ts';
import { insideFrame, toX, toY } from './mapFrame.ts';
import { MapWord } from './marks.tsx';
import { symmetryNames } from './symmetryNames.ts';
import { useBadges } from './useBadges.ts';
import type { MapScene } from './useMapScene.ts';

interface Drawn extends MapDescent {
  /** SVG path up to the shown step, and the pixel where the run is at it. */
  readonly d: string;
  readonly at: readonly [number, number];
}

/** Of the marker of a chart. */
const MARKER = 1.31;

/** All descents up to the shown step, over casings that keep them readable on any colour. */
export function Trajectories({ scene, clip }: { scene: MapScene; clip: string }): ReactNode {
  const { frame, slice, stale } = scene;
  const runs = useBraggscape(state => state.runs);
  const starts = useBraggscape(state => state.inputs.starts);
  const step = useBraggscape(state => Math.round(state.play.step));
  const paths = useMemo(() => descentPaths(runs, frame, slice), [runs, frame, slice]);
  if (stale) return null;
  const drawn = paths.map((entry): Drawn => ({ ...entry, ...descentAt(entry, frame, slice, step) }));
  return (
    <>
      <g clipPath={`url(#${clip})`}>
        {starts.map((start, i) => (
          // Starts are told apart by their place in the list.
          // biome-ignore lint/suspicious/noArrayIndexKey: the index is the identity of a start
          <Jump key={i} from={[toX(frame, start.x), toY(frame, start.y)]} drawn={drawn} start={i} />
        ))}
        {drawn.map(({ run, d }) => (
          <DescentPath key={`${run.start} ${run.mode}`} d={d} style={modeStyle(run.mode)} />
        ))}
        {drawn.map(({ run, at: [x, y] }) => {
          const { marker, onMap } = modeStyle(run.mode);
          const key = `${run.start} ${run.mode}`;
          return (
            <ModeMarker key={key} kind={marker} {...{ x, y }} fill={onMap} stroke="#fff" scale={MARKER} />
          );
        })}
        {starts.map((start, i) => (
          <circle
            // biome-ignore lint/suspicious/noArrayIndexKey: the index is the identity of a start
            key={i}
            cx={toX(frame, start.x)}
            cy={toY(frame, start.y)}
            r="6"
            fill="#14181d"
            stroke="#fff"
            strokeWidth="1.8"
          />
        ))}
      </g>
      {frame.width >= 400 && starts.length === 1 && <Words scene={scene} drawn={drawn} step={step} />}
    </>
  );
}

/** Dots from the start to its projection, where the constrained settings begin. */
function Jump({
  from,
  drawn,
  start,
}: {
  from: readonly [number, number];
  drawn: readonly Drawn[];
  start: number;
}): ReactNode {
  const projected = drawn.find(entry => entry.run.start === start && entry.run.mode !== 'unconstrained');
  if (!projected) return null;
  const [x, y] = [projected.path.xs[0]!, projected.path.ys[0]!];
  if (Math.hypot(x - from[0], y - from[1]) < 1) return null;
  return (
    <>
      <line
        x1={from[0]}
        y1={from[1]}
        x2={x}
        y2={y}
        stroke="#fff"
        strokeWidth="3.2"
        strokeDasharray="0.1 5"
        strokeLinecap="round"
      />
      <circle cx={x} cy={y} r="4" fill="#fff" stroke="#14181d" strokeWidth="1.2" />
    </>
  );
}

/** The words start, truth and the names of the settings, placed so that they cover nothing. */
function Words({
  scene,
  drawn,
  step,
}: {
  scene: MapScene;
  drawn: readonly Drawn[];
  step: number;
}): ReactNode {
  const start = useBraggscape(state => state.inputs.starts[0]);
  // The names would wander with the growing paths: they appear when the player rests.
  const resting = useBraggscape(state => !state.play.playing);
  const { frame, slice, truth } = scene;
  const badges = useBadges(scene);
  const words = useMemo(() => {
    const around = (x: number, y: number, r: number): Box => ({
      x: x - r,
      y: y - r,
      width: 2 * r,
      height: 2 * r,
    });
    const bounds = { x: frame.left, y: frame.top, width: frame.width, height: frame.height };
    const [tx, ty] = [toX(frame, truth[0]), toY(frame, truth[1])];
    const taken: Box[] = badges.map(({ place }) => around(place[0], place[1], 10));
    for (const { at } of drawn) taken.push(around(at[0], at[1], 5));
    taken.push(around(tx, ty, 11));
    for (const { label, x, y } of symmetryNames(frame, slice)) taken.push(wordBox(label, x, y));
    if (resting)
      for (const { path } of drawn)
        path.xs.forEach((x, i) => {
          const last = taken.at(-1);
          const y = path.ys[i]!;
          if (!last || Math.hypot(last.x + 4 - x, last.y + 4 - y) > 7) taken.push(around(x, y, 4));
        });
    const found: { text: string; x: number; y: number }[] = [];
    const put = (text: string, candidates: readonly (readonly [number, number])[]): void => {
      const placed = placeWord(text, candidates, bounds, taken);
      if (!placed) return;
      taken.push(placed.box);
      found.push({ text, x: placed.x, y: placed.y });
    };
    if (start) {
      const [x, y] = [toX(frame, start.x), toY(frame, start.y)];
      taken.push(around(x, y, 7));
      put('start', [
        [x, y + 21],
        [x, y - 12],
        [x + 30, y + 4],
        [x - 30, y + 4],
      ]);
    }
    if (insideFrame(frame, tx, ty))
      put('truth', [
        [tx + 28, ty + 22],
        [tx, ty + 26],
        [tx - 28, ty + 22],
        [tx, ty - 16],
      ]);
    for (const style of resting ? MODE_STYLES : []) {
      const entry = drawn.find(({ run }) => run.mode === style.id);
      if (!entry) continue;
      const visible = entry.path.steps.flatMap((at, i) =>
        at <= step && insideFrame(frame, entry.path.xs[i]!, entry.path.ys[i]!) ? [i] : [],
      );
      const half = wordBox(style.name, 0, 0).width / 2;
      const candidates = alongPath(
        visible.map(i => entry.path.xs[i]!),
        visible.map(i => entry.path.ys[i]!),
      ).map(([x, y]) => [Math.max(bounds.x + half, Math.min(bounds.x + bounds.width - half, x)), y] as const);
      put(style.name, candidates);
    }
    return found;
  }, [frame, slice, truth, badges, drawn, step, start, resting]);
  return words.map(({ text, x, y }) => (
    <MapWord key={text} x={x} y={y}>
      {text}
    </MapWord>
  ));
}
