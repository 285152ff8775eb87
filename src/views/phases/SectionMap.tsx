import { type ReactNode, useMemo, useRef, useState } from 'react';
import type { Cell } from '../../crystal/cell.ts';
import type { SectionPicture } from '../../phasing/lab/sectionPicture.ts';
import type { SectionAxis } from '../../phasing/sectionPlane.ts';
import { formatNumber, THIN } from '../../ui/format.ts';
import { useCanvasPainting } from '../../ui/useCanvasPainting.ts';
import { useSize } from '../../ui/useSize.ts';
import { usePalette } from '../palette.ts';
import { paintSection, type SectionMark } from './paintSection.ts';
import styles from './SectionMap.module.css';
import { sectionFrame } from './sectionFrame.ts';

export interface SectionMapProps {
  readonly cell: Cell;
  readonly axis: SectionAxis;
  readonly picture: SectionPicture;
  readonly darkest: number;
  readonly negative: boolean;
  marks(panel: string): readonly SectionMark[];
  readonly unit: string;
  /** Description of the picture, for those who do not see it. */
  readonly label: string;
}

/** One section of a map, sheared as the cell is, with the value under the pointer in a fixed place. */
export function SectionMap(props: SectionMapProps): ReactNode {
  const { cell, axis, picture, darkest, negative, marks, unit, label } = props;
  const [ref, size] = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette(ref);
  const [at, setAt] = useState<readonly [number, number] | null>(null);
  const frame = useMemo(
    () => (size.width > 60 && size.height > 50 ? sectionFrame(cell, axis, size.width, size.height) : null),
    [cell, axis, size],
  );
  const paint = useMemo(
    () =>
      frame &&
      palette &&
      ((ctx: CanvasRenderingContext2D) =>
        paintSection(ctx, { frame, picture, darkest, negative, marks: marks(palette.panel), palette })),
    [frame, palette, picture, darkest, negative, marks],
  );
  useCanvasPainting(canvas, frame, paint);
  const value = at && valueAt(picture, at[0], at[1]);
  const [, right, up] = { x: 'xyz', y: 'yxz', z: 'zxy' }[axis];
  return (
    <div
      ref={ref}
      className={styles.map}
      onPointerMove={event => {
        const box = event.currentTarget.getBoundingClientRect();
        setAt(frame?.fraction(event.clientX - box.left, event.clientY - box.top) ?? null);
      }}
      onPointerLeave={() => setAt(null)}
    >
      <canvas ref={canvas} role="img" aria-label={label} />
      {at && value !== null && value !== undefined && (
        <p className={styles.readout} aria-hidden="true">
          <i>{right}</i> {formatNumber(at[0])} <i>{up}</i> {formatNumber(at[1])}{' '}
          <b>
            {formatNumber(value, 2)}
            {THIN}
            {unit}
          </b>
        </p>
      )}
    </div>
  );
}

/** The nearest point of the section; null outside the cell. */
function valueAt({ nu, nv, values }: SectionPicture, u: number, v: number): number | null {
  if (u < 0 || u > 1 || v < 0 || v > 1) return null;
  return values[Math.round(v * (nv - 1)) * nu + Math.round(u * (nu - 1))] ?? null;
}
