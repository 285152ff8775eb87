import type { ReactNode } from 'react';
import { latticeMatrix } from '../../crystal/cell.ts';
import { cellEdges, toCartesian } from '../cell/cellAtoms.ts';
import { fittingScale, middle, type Projection, project } from '../cell/projection.ts';
import { restingPose, rotationOf } from '../cell/viewpoint.ts';

const EDGES = cellEdges(1);
/** Larger than the true cell by this much a distorted one may become before it leaves its place. */
const SLACK = 1.12;

/** A cell as its edges over those of the true cell, both from a common origin and seen from the same side. */
export function WireCell(props: {
  readonly cell: ArrayLike<number>;
  readonly truth: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
  readonly line: string;
}): ReactNode {
  const { cell, truth, width, height, line } = props;
  const ghost = latticeMatrix(truth);
  const rotation = rotationOf(ghost, restingPose(ghost));
  const view: Projection = {
    width,
    height,
    rotation,
    centre: middle(ghost, 1),
    scale: fittingScale(ghost, 1, rotation, { width: width + 20, height: height + 20 }, 0, SLACK),
    pan: [0, 0],
    nearness: 0,
    reach: 100,
  };
  const edges = (lattice: Float64Array): string =>
    EDGES.map(ends => {
      const [p, q] = ends.map(end => project(view, toCartesian(lattice, end)));
      return `M${p!.x.toFixed(1)} ${p!.y.toFixed(1)}L${q!.x.toFixed(1)} ${q!.y.toFixed(1)}`;
    }).join('');
  return (
    <>
      <path d={edges(ghost)} fill="none" stroke="var(--truth-line)" strokeWidth="0.9" strokeDasharray="3 2" />
      <path
        d={edges(latticeMatrix(cell))}
        fill="none"
        stroke={line}
        strokeWidth="1.4"
        strokeLinecap="round"
      />
    </>
  );
}
