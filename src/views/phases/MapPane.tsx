import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Cell } from '../../crystal/cell.ts';
import type { Structure } from '../../crystal/structure.ts';
import type { DensityMap, SectionPicture } from '../../phasing/lab/densityMap.ts';
import type { Fract } from '../../phasing/positions.ts';
import type { SectionAxis } from '../../phasing/sectionPlane.ts';
import { formatNumber, THIN } from '../../ui/format.ts';
import { useCanvasPainting } from '../../ui/useCanvasPainting.ts';
import { useSize } from '../../ui/useSize.ts';
import { CellCanvas } from '../cell/CellCanvas.tsx';
import { plainScene } from '../cell/stage.ts';
import { useCellStage } from '../cell/useCellStage.ts';
import { type Palette, usePalette } from '../palette.ts';
import styles from './MapPane.module.css';
import { Pane, PaneNote, type PaneProps } from './Pane.tsx';
import { paintSection, type SectionMark } from './paintSection.ts';
import { IN_SECTION, sectionAtoms, sectionFrame } from './sectionFrame.ts';
import { useLabs } from './useLab.ts';

/** A mark at a place in the cell, unit fractions; drawn where the section comes near it, faint where it is not in it. */
export type MapMark = Omit<SectionMark, 'u' | 'v'> & { readonly fract: Fract };

export interface MapPaneProps extends Pick<PaneProps, 'title' | 'sub'> {
  readonly cell: Cell;
  readonly map: Pick<DensityMap, 'section' | 'surface'> | null;
  /** Newer settings are being computed. */
  readonly stale: boolean;
  readonly failure: string | null;
  /** In place of the map while there is none. */
  readonly waiting?: string;
  /** The value that is darkest, one for all maps on screen. */
  readonly darkest: number;
  readonly unit: string;
  /** Inside the surface. */
  readonly sites: Structure['sites'];
  readonly tone: 'current' | 'truth';
  marks(palette: Palette): readonly MapMark[];
  /** Description of the picture, for those who do not see it; and what is added for the surface. */
  readonly label: string;
  readonly surfaceLabel?: string;
}

/** A map of the cell, as a section with contours or as a surface. */
export function MapPane(props: MapPaneProps): ReactNode {
  const { title, sub, cell, map, stale, failure, sites, tone, label, marks } = props;
  const [picture, plane, height, negative] = useLabs('picture', 'plane', 'height', 'negative');
  const onSection = useCallback(
    (palette: Palette): SectionMark[] => {
      const all = marks(palette);
      const near = sectionAtoms(all, cell, plane, height);
      return near.map(({ site, u, v, away }) => {
        const mark = all[site]!;
        return { ...mark, u, v, faint: mark.faint || Math.abs(away) > IN_SECTION };
      });
    },
    [marks, cell, plane, height],
  );
  return (
    <Pane title={title} sub={sub} stale={stale}>
      {failure && <PaneNote failed text={`This map cannot be computed: ${failure}.`} />}
      {!map && !failure && <PaneNote text={props.waiting ?? 'The map is being computed.'} />}
      {map && picture === 'section' && (
        <SectionMap {...props} axis={plane} picture={map.section} negative={negative} marks={onSection} />
      )}
      {map && picture === 'surface' && (
        <SurfaceCell
          {...{ cell, sites, tone, surface: map.surface, label: label + (props.surfaceLabel ?? '') }}
        />
      )}
    </Pane>
  );
}

const LOST = 'The surface needs WebGL 2, which is not available here. The 2-D section shows the same map.';
const MESSAGES = { unavailable: LOST, lost: LOST };

/** An isosurface in the unit cell, with the atoms inside it. */
function SurfaceCell(
  props: Pick<MapPaneProps, 'cell' | 'sites' | 'tone' | 'label'> & Pick<DensityMap, 'surface'>,
): ReactNode {
  const { cell, sites, surface, tone, label } = props;
  const canvas = useCellStage({});
  const { stage } = canvas;
  useEffect(
    () => stage.current?.show({ ...plainScene(cell, sites), surface, tone }),
    [stage, sites, cell, surface, tone],
  );
  return (
    <CellCanvas
      cell={canvas}
      role="application"
      label={`${label} Arrow keys turn it, plus and minus zoom, 0 resets.`}
      messages={MESSAGES}
    />
  );
}

/** One section of a map, sheared as the cell is, with the value under the pointer in a fixed place. */
function SectionMap(
  props: Pick<MapPaneProps, 'cell' | 'darkest' | 'unit' | 'label'> & {
    readonly axis: SectionAxis;
    readonly picture: SectionPicture;
    readonly negative: boolean;
    marks(palette: Palette): readonly SectionMark[];
  },
): ReactNode {
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
        paintSection(ctx, { frame, picture, darkest, negative, marks: marks(palette), palette })),
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
