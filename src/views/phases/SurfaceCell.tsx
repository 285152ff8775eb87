import { type ReactNode, useEffect } from 'react';
import type { Cell } from '../../crystal/cell.ts';
import type { Structure } from '../../crystal/structure.ts';
import { CellCanvas } from '../cell/CellCanvas.tsx';
import type { CellSurface } from '../cell/frame.ts';
import { plainScene } from '../cell/stage.ts';
import { useCellStage } from '../cell/useCellStage.ts';

export interface SurfaceCellProps {
  readonly cell: Cell;
  readonly sites: Structure['sites'];
  readonly surface: CellSurface | null;
  readonly tone: 'current' | 'truth';
  readonly label: string;
}

const LOST = 'The surface needs WebGL 2, which is not available here. The 2-D section shows the same map.';
const MESSAGES = { unavailable: LOST, lost: LOST };

/** An isosurface in the unit cell, with the atoms inside it. */
export function SurfaceCell({ cell, sites, surface, tone, label }: SurfaceCellProps): ReactNode {
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
