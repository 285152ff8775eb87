import { type ReactNode, useMemo } from 'react';
import { useBraggscape, useSeveral } from '../../state/core/store.ts';
import { drawnStep, knownTruth, pathsOf } from '../../state/explore/selectors.ts';
import { ModeMarker } from '../ModeMarker.tsx';
import { modeStyle, PATH_STYLES } from '../modeStyle.ts';
import { type Judged, useVerdicts } from '../verdict/useVerdicts.ts';
import { isGood, verdictWords } from '../verdict/words.ts';
import { DescentPath } from './DescentPath.tsx';
import { descentAt, descentPaths, type MapDescent } from './descentPaths.ts';
import { alongPath, type LabelBox, placeWord, wordBox } from './labels.ts';
import { insideFrame, toX, toY } from './mapFrame.ts';
import { MapWord } from './marks.tsx';
import { symmetryNames } from './symmetryNames.ts';
import { useBadges } from './useBadges.ts';
import type { MapScene } from './useMapScene.ts';

interface Drawn extends MapDescent {
  readonly step: number;
  /** SVG path up to the shown step, and the pixel where the run is at it. */
  readonly d: string;
  readonly at: readonly [number, number];
}

/** Of the marker of a chart. */
const MARKER = 1.31;

/** All paths up to the shown step, over casings that keep them readable on any colour; on the map of a stage only its own stands out. */
export function Trajectories({ scene, clip }: { scene: MapScene; clip: string }): ReactNode {
  const { frame, slice, stale, width } = scene;
  const runs = useSeveral(pathsOf);
  const starts = useBraggscape(state => state.inputs.starts);
  const steps = useSeveral(state => pathsOf(state).map(run => drawnStep(state, run)));
  const paths = useMemo(() => descentPaths(runs, frame, slice), [runs, frame, slice]);
  if (stale) return null;
  const drawn = paths.flatMap((entry): Drawn[] => {
    const step = steps[runs.indexOf(entry.run)] ?? null;
    return step === null ? [] : [{ ...entry, step, ...descentAt(entry, frame, slice, step) }];
  });
  const faint = ({ run }: Drawn): number | undefined => (width && run.mode !== 'continued' ? 0.4 : undefined);
  return (
    <>
      <g clipPath={`url(#${clip})`}>
        {starts.map((start, i) => (
          // Starts are told apart by their place in the list.
          // biome-ignore lint/suspicious/noArrayIndexKey: the index is the identity of a start
          <Jump key={i} from={[toX(frame, start.x), toY(frame, start.y)]} drawn={drawn} start={i} />
        ))}
        {drawn.map(entry => (
          <g key={`${entry.run.start} ${entry.run.mode}`} opacity={faint(entry)}>
            <DescentPath d={entry.d} style={modeStyle(entry.run.mode)} />
          </g>
        ))}
        {drawn.map(entry => entry.run.mode === 'continued' && <Beads key={entry.run.start} of={entry} />)}
        {drawn.map(entry => {
          const { run, at } = entry;
          const { marker, onMap } = modeStyle(run.mode);
          return (
            <g key={`${run.start} ${run.mode}`} opacity={faint(entry)}>
              <ModeMarker kind={marker} x={at[0]} y={at[1]} fill={onMap} stroke="#fff" scale={MARKER} />
            </g>
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
      {frame.width >= 400 && starts.length === 1 && <Words scene={scene} drawn={drawn} />}
    </>
  );
}

/** A bead at each of the few steps of a continued path. */
const Beads = ({ of: { path, step } }: { of: Drawn }): ReactNode =>
  path.steps.map((at, i) =>
    at > 0 && at < step ? (
      <circle
        key={at}
        cx={path.xs[i]}
        cy={path.ys[i]}
        r="3.1"
        fill="#fff"
        stroke="#14181d"
        strokeWidth="1.6"
      />
    ) : null,
  );

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
  const projected = drawn.find(({ run }) => run.start === start && /^constrained/.test(run.mode));
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

/** The verdicts where paths have ended on the map; those that end alike in one place are said once. */
function endWords(
  drawn: readonly Drawn[],
  verdicts: readonly Judged[],
  known: boolean,
): { text: string; x: number; y: number }[] {
  const found: { text: string; x: number; y: number }[] = [];
  for (const { run, step, at } of drawn) {
    const of = verdicts.find(entry => entry.run === run);
    if (!of || step < run.count - 1 || isGood(of.verdict) === null) continue;
    const text = verdictWords(of.verdict, known);
    const [x, y] = at;
    if (!found.some(other => other.text === text && Math.hypot(other.x - x, other.y - y) < 24))
      found.push({ text, x, y });
  }
  return found;
}

/** The words start, truth, the verdicts and the names of the settings, placed so that they cover nothing. */
function Words({ scene, drawn }: { scene: MapScene; drawn: readonly Drawn[] }): ReactNode {
  const start = useBraggscape(state => state.inputs.starts[0]);
  // The names would wander with the growing paths: they appear when the player rests.
  const resting = useBraggscape(state => !state.play.playing);
  const { frame, slice, truth } = scene;
  const badges = useBadges(scene);
  const verdicts = useVerdicts();
  const known = useBraggscape(state => knownTruth(state) !== null);
  const words = useMemo(() => {
    const around = (x: number, y: number, r: number): LabelBox => ({
      x: x - r,
      y: y - r,
      width: 2 * r,
      height: 2 * r,
    });
    const bounds = { x: frame.left, y: frame.top, width: frame.width, height: frame.height };
    const [tx, ty] = [toX(frame, truth[0]), toY(frame, truth[1])];
    const taken: LabelBox[] = badges.map(({ place }) => around(place[0], place[1], 10));
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
      // The jumps of projected starts.
      for (const { path } of drawn) {
        const [dx, dy] = [(path.xs[0] ?? x) - x, (path.ys[0] ?? y) - y];
        for (let at = 0; at < Math.hypot(dx, dy); at += 7)
          taken.push(around(x + (dx * at) / Math.hypot(dx, dy), y + (dy * at) / Math.hypot(dx, dy), 4));
      }
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
    for (const { text, x, y } of resting ? endWords(drawn, verdicts, known) : []) {
      const half = wordBox(text, 0, 0).width / 2;
      // beside the end, inside the map
      const within = (at: number): number =>
        Math.max(bounds.x + half, Math.min(bounds.x + bounds.width - half, at));
      put(text, [
        ...([22, -12, 36, -26, 50, 64] as const).map(by => [within(x), y + by] as const),
        ...([4, 18, -10] as const).flatMap(by => [
          [x + half + 10, y + by] as const,
          [x - half - 10, y + by] as const,
        ]),
      ]);
    }
    for (const style of resting ? PATH_STYLES : []) {
      const entry = drawn.find(({ run }) => run.mode === style.id);
      if (!entry) continue;
      const visible = entry.path.steps.flatMap((at, i) =>
        at <= entry.step && insideFrame(frame, entry.path.xs[i]!, entry.path.ys[i]!) ? [i] : [],
      );
      // A path that has not begun has no line to be named.
      if (visible.length < 2) continue;
      const half = wordBox(style.name, 0, 0).width / 2;
      const candidates = alongPath(
        visible.map(i => entry.path.xs[i]!),
        visible.map(i => entry.path.ys[i]!),
      ).map(([x, y]) => [Math.max(bounds.x + half, Math.min(bounds.x + bounds.width - half, x)), y] as const);
      put(style.name, candidates);
    }
    return found;
  }, [frame, slice, truth, badges, drawn, start, resting, verdicts, known]);
  return words.map(({ text, x, y }) => (
    <MapWord key={text} x={x} y={y}>
      {text}
    </MapWord>
  ));
}
