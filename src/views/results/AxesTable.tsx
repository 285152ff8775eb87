import type { ReactNode } from 'react';
import { type Slice, sliceParameter, slicePlaces, slicePoint } from '../../landscape/slice.ts';
import { furthestDisplacement } from '../../model/displacement.ts';
import { isCoordinate } from '../../model/parameter.ts';
import type { CurrentCrystal } from '../../state/explore/exploreState.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { formatNumber, formatSigned, THIN } from '../../ui/format.ts';
import { axisTitle } from '../CellParameter.tsx';
import styles from './ResultsView.module.css';

type Row = 'current' | 'truth' | 'off by';
const ROWS: readonly Row[] = ['current', 'truth', 'off by'];
const CLASSES = { current: styles.currentRow, truth: undefined, 'off by': styles.difference } as const;

/** The parameters beyond the cell on the axes beside their true values, and the atom that is furthest from its place. */
export function AxesTable({ current, slice }: { current: CurrentCrystal; slice: Slice }): ReactNode {
  const { point, problem } = current;
  const { sites, model } = problem;
  const moved = model?.moved ?? [];
  const angstrom = (at: typeof point): number | null =>
    furthestDisplacement(sites, moved, at)?.distance ?? null;
  const truth = { x: sliceParameter(slice, 'x').value, y: sliceParameter(slice, 'y').value };
  const places = slicePlaces(slice);
  const axes = (['x', 'y'] as const).flatMap((axis, i): Column<Row>[] => {
    const parameter = sliceParameter(slice, axis);
    if (parameter.group === 'cell') return [];
    const { value, digits, period } = parameter;
    const now = point[places[i]!]!;
    const whole = now - value;
    // by the shortest way
    const off = period === null ? whole : whole - period * Math.round(whole / period);
    const alone = { ...truth, [axis]: value + off };
    const distance = isCoordinate(parameter) ? angstrom(slicePoint(slice, alone.x, alone.y)) : null;
    const text = formatSigned(off, digits);
    const cells: Record<Row, ReactNode> = {
      current: formatNumber(now, digits),
      truth: formatNumber(value, digits),
      'off by':
        text === '0' ? (
          text
        ) : (
          <span className={styles.differs}>
            {text}
            {distance !== null && `, ${formatNumber(distance, 2)}${THIN}Å`}
          </span>
        ),
    };
    return [{ head: axisTitle(parameter), cell: row => cells[row] }];
  });
  const worst = furthestDisplacement(sites, moved, point);
  const atom: Column<Row> = {
    head: 'worst atom',
    title: 'The atom furthest from its true place, by the shortest way',
    cell: row =>
      row === 'current'
        ? worst!.label
        : row === 'off by' && (
            <span className={worst!.distance < 0.005 ? undefined : styles.differs}>
              {formatNumber(worst!.distance, 2)}
              {THIN}Å
            </span>
          ),
  };
  return (
    <DataTable
      caption="Parameters of the axes, of the current crystal and true"
      className={styles.cells}
      testId="axes"
      rows={ROWS}
      rowKey={row => row}
      rowProps={row => ({ className: CLASSES[row] })}
      columns={[{ cell: row => row }, ...axes, ...(worst ? [atom] : [])]}
    />
  );
}
