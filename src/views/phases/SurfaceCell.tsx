import '../cell/cell.css';
import { type KeyboardEvent, type ReactNode, useMemo } from 'react';
import type { Cell } from '../../crystal/cell.ts';
import type { Structure } from '../../crystal/structure.ts';
import type { CellSurface } from '../cell/frame.ts';
import { viewKey } from '../cell/gestures.ts';
import { useLabStage } from './useLabStage.ts';

export interface SurfaceCellProps {
  readonly cell: Cell;
  readonly sites: Structure['sites'];
  readonly surface: CellSurface | null;
  readonly tone: 'current' | 'truth';
  readonly label: string;
}

/** An isosurface in the unit cell, with the atoms inside it. */
export function SurfaceCell({ cell, sites, surface, tone, label }: SurfaceCellProps): ReactNode {
  const scene = useMemo(
    () => ({
      sites,
      truth: cell,
      current: cell,
      repeat: 1,
      bonds: false,
      ghost: false,
      strain: 1,
      perspective: false,
      surface,
      tone,
    }),
    [sites, cell, surface, tone],
  );
  const { host, stage, drawing, retry } = useLabStage(scene, {});
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || !stage.current) return;
    if (!viewKey(stage.current, event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="cell-picture">
      {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: it takes keys, see role */}
      <div
        ref={host}
        className="cell-canvas"
        role="application"
        aria-label={`${label} Arrow keys turn it, plus and minus zoom, 0 resets.`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        {['a', 'b', 'c'].map(axis => (
          <i key={axis} className="cell-axis" data-axis={axis} hidden>
            {axis}
          </i>
        ))}
      </div>
      {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: it takes keys, see role */}
      {(drawing === 'unavailable' || drawing === 'lost') && (
        <div className="cell-message" role="status">
          <p>The surface needs WebGL 2, which is not available here. The 2-D section shows the same map.</p>
          <button type="button" className="button small" onClick={retry}>
            Try again
          </button>
        </div>
      )}
    </div>
  );
}
