import type { PathRun } from './descentRun.ts';

/**
 * The track of the player: a unit a step while the descents run, then the continued path, whose few steps take a larger
 * part of it than their number.
 */
export interface Timeline {
  /** The last step of the descents. */
  readonly descents: number;
  /** The last step of the continued path, and the units that each of its steps takes; 0 where there is none. */
  readonly continued: number;
  readonly scale: number;
  /** Units in all. */
  readonly length: number;
}

/** The continued path over the descents, in length along the track. */
const SHARE = 0.65;

export function timelineOf(paths: readonly PathRun[]): Timeline {
  const last = (after: boolean): number =>
    paths.reduce(
      (most, { mode, count }) => ((mode === 'continued') === after ? Math.max(most, count - 1) : most),
      0,
    );
  const [descents, continued] = [last(false), last(true)];
  const scale = continued > 0 ? Math.max(1, Math.ceil((SHARE * descents) / continued)) : 0;
  return { descents, continued, scale, length: descents + scale * continued };
}

/** Place of a step of a path along the track. */
export const placeOnTrack = ({ descents, scale }: Timeline, mode: PathRun['mode'], step: number): number =>
  mode === 'continued' ? descents + scale * step : step;

/** The step up to which a path is drawn at a place along the track; null where it has not begun. */
export function stepOnTrack(timeline: Timeline, { mode, count }: PathRun, at: number): number | null {
  if (mode !== 'continued') return Math.min(count - 1, Math.round(at));
  const step = (at - timeline.descents) / Math.max(1, timeline.scale);
  return step < 0 ? null : Math.min(count - 1, Math.round(step));
}
