import type { ReactNode } from 'react';
import { type DescentRun, shownStep } from '../../state/explore/descentRun.ts';
import type { FigureRow, RowRole } from '../../state/gallery/gallerySlice.ts';
import { cellAt } from './facts.ts';
import { similarity, verdict } from './finding.ts';
import { PatternStrip } from './PatternStrip.tsx';
import styles from './Picture.module.css';
import type { PictureProps } from './pictureProps.ts';
import { shownRange } from './rowScene.ts';
import { WireCell } from './WireCell.tsx';

const CELL = 70;
const WORDS = 92;
/** 2θ degrees of the small patterns. */
const SPAN = 50;

/** Truth, distorted cell and the two results: cell over ghost, pattern over target, similarity and verdict. */
export function RowsPicture({ figure, width, height, share }: PictureProps): ReactNode {
  const { rows, runs, structure, problem, targetPeaks } = figure;
  const each = height / 4;
  const range = shownRange(targetPeaks, problem.instrument, SPAN);
  const strip = width - CELL - WORDS - 16;
  return (
    <svg className={styles.chart} width={width} height={height} aria-hidden="true">
      {ROLES.map((role, i) => {
        const row = rows.find(entry => entry.role === role);
        const style = ROW_STYLES[role];
        return (
          <g key={role} transform={`translate(0 ${i * each})`}>
            {row && (
              <>
                <WireCell
                  cell={replayed(row, runs, share)}
                  truth={structure.cell}
                  width={CELL}
                  height={each - 6}
                  line={style.line}
                />
                <g transform={`translate(${CELL + 8} 2)`}>
                  <PatternStrip
                    instrument={problem.instrument}
                    target={problem.target}
                    pattern={role === 'truth' ? null : row.pattern}
                    range={range}
                    width={strip}
                    height={each - 8}
                    line={style.line}
                  />
                </g>
              </>
            )}
            <text x={width - WORDS} y={each / 2 - 2} style={{ fill: style.text }} className={styles.name}>
              {role}
            </text>
            <text x={width - WORDS} y={each / 2 + 13} className={styles.name}>
              {row?.match ? (
                <>
                  <tspan className={styles.number}>{similarity(row)}</tspan> {verdict(row)}
                </>
              ) : role === 'truth' ? (
                <tspan className={styles.unit}>similarity</tspan>
              ) : (
                ''
              )}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** The cell of a row while its descent replays; the others stand still. */
function replayed(row: FigureRow, runs: readonly DescentRun[], share: number): ArrayLike<number> {
  const run = runs.find(entry => entry.mode === row.role);
  if (!run || share >= 1) return row.cell;
  const last = Math.max(...runs.map(entry => entry.count - 1));
  return cellAt(run, shownStep(run, Math.round(share * last)));
}

/** Colours of the four rows: those of the descents that end there. */
export const ROW_STYLES: Readonly<Record<RowRole, { readonly line: string; readonly text: string }>> = {
  truth: { line: 'var(--ink)', text: 'var(--ink)' },
  distorted: { line: 'var(--ink2)', text: 'var(--ink2)' },
  unconstrained: { line: 'var(--free)', text: 'var(--free-text)' },
  constrained: { line: 'var(--constrained)', text: 'var(--constrained-text)' },
};

export const ROLES: readonly RowRole[] = ['truth', 'distorted', 'unconstrained', 'constrained'];
