import type { ReactNode } from 'react';
import { type CellKey, cellIndex, isLength } from '../../crystal/cell.ts';
import { convexity } from '../../landscape/convexity.ts';
import { fieldRange, findMinima, type GridField, type Minimum } from '../../landscape/minima.ts';
import { useBraggscape, useSeveral } from '../../state/core/store.ts';
import { latticeAxes } from '../../state/explore/modelChoice.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { formatNumber, formatPercent, THIN } from '../../ui/format.ts';
import { ParameterSymbol } from '../CellParameter.tsx';
import { interpolated } from './blendField.ts';
import figures from './FiguresTable.module.css';

/** Minima shallower than this share of the range of a map are not counted, for loss and energy alike. */
const LEAST_DEPTH = 0.009;

/** The same figures for both landscapes: minima, convexity, where the lowest point is and how far below the truth. */
export function FiguresTable(): ReactNode {
  const loss = useBraggscape(state => state.map);
  const energy = useBraggscape(state => state.energy.map);
  const { x, y } = useSeveral(state => latticeAxes(state.inputs));
  const base = useBraggscape(state => state.structure?.cell ?? null);
  if (!base) return null;
  const truth = [base[cellIndex(x)]!, base[cellIndex(y)]!] as const;
  const rows = [
    ...(loss ? [figuresOf('XRD loss', loss, interpolated(loss, ...truth))] : []),
    ...(energy ? [figuresOf('energy', energy, energy.atTruth ?? interpolated(energy, ...truth))] : []),
  ];
  const off = (key: CellKey, at: number, true_: number): string =>
    isLength(key)
      ? `${formatNumber(at, 3)}${THIN}Å (${at >= true_ ? '+' : '−'}${formatPercent(Math.abs(at / true_ - 1))})`
      : `${formatNumber(at, 2)}°`;
  return (
    <section className={figures.figures} aria-label="Figures of both landscapes">
      <DataTable
        caption="Figures of both landscapes"
        rows={rows}
        rowKey={({ name }) => name}
        columns={[
          { words: true, cell: ({ name }) => name },
          {
            words: true,
            head: 'minima',
            about: 'the figures',
            help: [
              "Minima: found on each map's own grid by flooding, deeper than 0.9 % of the range of the map and 3 % away from its border; the lowest always counts.",
              'Not convex: share of the inner grid points where the second differences are not positive in every direction of the slice. Lowest: refined below the grid by a quadratic. Truth above it: what the true cell costs more than the lowest point.',
            ],
            cell: ({ minima }) => minima,
          },
          {
            words: true,
            head: 'not convex',
            cell: ({ points, nonConvex }) =>
              points ? `${formatPercent(nonConvex / points)} of ${formatNumber(points, 0)}` : '–',
          },
          {
            words: true,
            head: (
              <>
                lowest, <ParameterSymbol of={x} /> and <ParameterSymbol of={y} />
              </>
            ),
            cell: ({ lowest, border }) => (
              <>
                {lowest ? `${off(x, lowest.x, truth[0])}, ${off(y, lowest.y, truth[1])}` : '–'}
                {border && <span className={figures.warn}>on the border</span>}
              </>
            ),
          },
          {
            words: true,
            head: 'truth above it',
            cell: ({ name, rise }) =>
              !Number.isFinite(rise)
                ? '–'
                : name === 'energy'
                  ? `${formatNumber(1000 * rise, 1)}${THIN}meV`
                  : formatNumber(rise, 3),
          },
        ]}
      />
    </section>
  );
}

/** Minima, convexity, lowest point and the rise from there to the truth. */
function figuresOf(
  name: 'XRD loss' | 'energy',
  field: GridField,
  above: number,
): { name: string; minima: number; lowest: Minimum | undefined; border: boolean; rise: number } & ReturnType<
  typeof convexity
> {
  const [low, high] = fieldRange(field.values);
  const minima = findMinima(field, { minProminence: LEAST_DEPTH * (high - low), borderShare: 0.03 });
  const lowest = minima[0];
  const [nx, ny] = [field.xs.length, field.ys.length];
  const [ix, iy] = lowest ? [lowest.index % nx, Math.floor(lowest.index / nx)] : [1, 1];
  return {
    ...convexity(field),
    name,
    minima: minima.length,
    lowest,
    border: lowest !== undefined && (ix === 0 || ix === nx - 1 || iy === 0 || iy === ny - 1),
    rise: lowest ? above - lowest.value : Number.NaN,
  };
}
