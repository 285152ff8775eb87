import { type ReactNode, useMemo } from 'react';
import type { Instrument } from '../../diffraction/instrument.ts';
import { binsWithin, largestWithin, linePoints } from '../pattern/curve.ts';

export interface PatternStripProps {
  readonly instrument: Instrument;
  readonly target: Float64Array;
  /** Null: the target alone. */
  readonly pattern: Float64Array | null;
  readonly range: readonly [number, number];
  readonly width: number;
  readonly height: number;
  /** CSS colour of the line. */
  readonly line: string;
  /** Of the height, kept free above the highest peak. */
  readonly headroom?: number;
}

/** Pixels of a 2θ in a strip. */
export const stripX = (range: readonly [number, number], width: number, twoTheta: number): number =>
  ((twoTheta - range[0]) / (range[1] - range[0])) * width;

/** A pattern over the filled target, both on the target's scale: its highest point in the range is full height. */
export function PatternStrip(props: PatternStripProps): ReactNode {
  const { instrument, target, pattern, range, width, height, line, headroom = 0.06 } = props;
  const paths = useMemo(() => {
    const { twoThetaMin, step } = instrument;
    const positions = Float64Array.from(target, (_, i) => twoThetaMin + i * step);
    const [from, to] = binsWithin(positions, ...range);
    const highest = largestWithin(target, from, to) || 1;
    const x = (bin: number): number => stripX(range, width, positions[bin]!);
    const path = (values: Float64Array): string => {
      const y = (bin: number): number =>
        height * (1 - ((1 - headroom) * Math.min(1.05 * highest, values[bin]!)) / highest);
      const points = linePoints(from, to, x, y);
      let text = '';
      for (let i = 0; i < points.length; i += 2)
        text += `${i ? 'L' : 'M'}${points[i]!.toFixed(1)} ${points[i + 1]!.toFixed(1)}`;
      return text;
    };
    return { target: path(target), pattern: pattern && path(pattern) };
  }, [instrument, target, pattern, range, width, height, headroom]);
  return (
    <>
      <path d={`${paths.target}L${width} ${height}L0 ${height}Z`} fill="var(--truth-fill)" />
      <path d={paths.target} fill="none" stroke="var(--truth-line)" strokeWidth="0.8" />
      {paths.pattern && (
        <path d={paths.pattern} fill="none" stroke={line} strokeWidth="1.1" strokeLinejoin="round" />
      )}
    </>
  );
}
