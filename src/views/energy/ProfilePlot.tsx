import { type ReactNode, useMemo } from 'react';
import { cellIndex, isLength } from '../../crystal/cell.ts';
import { fieldRange, type GridField } from '../../landscape/minima.ts';
import { useBraggscape, useSeveral } from '../../state/core/store.ts';
import { setEnergy } from '../../state/energy/energySettings.ts';
import { setHover } from '../../state/explore/actions.ts';
import { latticeAxes } from '../../state/explore/modelChoice.ts';
import { Chart } from '../../ui/Chart.tsx';
import { formatNumber, THIN } from '../../ui/format.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { axisTitle } from '../CellParameter.tsx';
import { interpolated } from './blendField.ts';
import board from './EnergyBoard.module.css';
import styles from './ProfilePlot.module.css';

/** Loss and energy along one line of the slice, through the current crystal, each on its own axis. */
export function ProfilePlot(): ReactNode {
  const along = useBraggscape(state => state.inputs.energy.along);
  const slice = useSeveral(state => latticeAxes(state.inputs));
  const loss = useBraggscape(state => state.map);
  const energy = useBraggscape(state => state.energy.map);
  const current = useBraggscape(state => state.current?.cell ?? null);
  const truth = useBraggscape(state => state.structure?.cell ?? null);
  const moving = along === 'x' ? slice.x : slice.y;
  const at = cellIndex(moving);
  const other = along === 'x' ? slice.y : slice.x;
  const held = current?.[cellIndex(other)] ?? truth?.[cellIndex(other)] ?? Number.NaN;
  const lines = useMemo(
    () => ({ loss: loss && lineOf(loss, along, held), energy: energy && lineOf(energy, along, held) }),
    [loss, energy, along, held],
  );
  const range = loss?.slice[along === 'x' ? 'xRange' : 'yRange'] ?? null;
  const lossRange = fieldRange(lines.loss?.ys ?? new Float64Array(0));
  const [low, high] = fieldRange(lines.energy?.ys ?? new Float64Array(0));
  const point = (at: number | null): void =>
    setHover(at === null ? null : along === 'x' ? { x: at, y: held } : { x: held, y: at });
  return (
    <div className={styles.profile}>
      <div className={board.row}>
        <Segmented
          small
          label="Line of the profile"
          value={along}
          options={[
            { value: 'x', label: <i>{slice.x}</i>, title: `Along ${slice.x}` },
            { value: 'y', label: <i>{slice.y}</i>, title: `Along ${slice.y}` },
          ]}
          onChange={value => setEnergy({ along: value })}
        />
        <span className="quiet">
          through the current crystal, <i>{other}</i> = {formatNumber(held, 3)}
          {THIN}
          {isLength(other) ? 'Å' : '°'}
        </span>
        <span className={styles.key}>XRD loss, left axis</span>
        <span className={`${styles.key} ${styles.energy}`}>energy, right axis</span>
      </div>
      {range && (
        <Chart
          label={`XRD loss and energy along ${moving}`}
          margin={{ left: 56, right: 46, top: 28, bottom: 40 }}
          x={{ range, title: axisTitle(moving) }}
          y={{ range: lossRange, title: 'XRD loss', ...(!lines.loss && { ticks: [] }) }}
          right={{
            range: [0, Math.max(1e-6, high - low)],
            title: 'energy / eV',
            ...(!lines.energy && { ticks: [] }),
          }}
          rules={
            truth && current
              ? [
                  { key: 'truth', x: truth[at], colour: 'var(--truth-line)', dash: '4 3' },
                  { key: 'current', x: current[at], colour: 'var(--current)' },
                ]
              : []
          }
          lines={[
            ...(lines.loss ? [{ ...lines.loss, key: 'loss', colour: 'var(--ink)', width: 1.5 }] : []),
            ...(lines.energy
              ? [
                  {
                    key: 'energy',
                    xs: lines.energy.xs,
                    ys: lines.energy.ys.map(value => value - low),
                    colour: 'var(--relax)',
                    width: 2.2,
                    dash: '8 4',
                    axis: 'right' as const,
                  },
                ]
              : []),
          ]}
          onHover={point}
        />
      )}
    </div>
  );
}

/** A field along its own grid points of one axis, the other parameter held, bilinear between rows. */
function lineOf(field: GridField, along: 'x' | 'y', held: number): { xs: Float64Array; ys: Float64Array } {
  const xs = along === 'x' ? field.xs : field.ys;
  return {
    xs,
    ys: xs.map(value =>
      along === 'x' ? interpolated(field, value, held) : interpolated(field, held, value),
    ),
  };
}
