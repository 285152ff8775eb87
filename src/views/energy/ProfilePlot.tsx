import { type ReactNode, useMemo } from 'react';
import { cellIndex } from '../../crystal/cell.ts';
import { fieldRange, type GridField } from '../../landscape/minima.ts';
import { setHover } from '../../state/actions.ts';
import { setEnergy } from '../../state/energy/energyActions.ts';
import { useEnergy } from '../../state/energy/energyStore.ts';
import { useBraggscape } from '../../state/store.ts';
import { formatNumber, THIN } from '../../ui/format.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { niceTicks } from '../../ui/ticks.ts';
import { useSize } from '../../ui/useSize.ts';
import { axisTitle } from '../CellParameter.tsx';
import { valueAt } from './blendField.ts';

const MARGIN = { left: 56, right: 70, top: 14, bottom: 40 };

/** Loss and energy along one line of the slice, through the current crystal, each on its own axis. */
export function ProfilePlot(): ReactNode {
  const [box, size] = useSize<HTMLDivElement>();
  const along = useBraggscape(state => state.inputs.energy.along);
  const slice = useBraggscape(state => state.inputs.slice);
  const loss = useBraggscape(state => state.map);
  const energy = useEnergy(state => state.map);
  const current = useBraggscape(state => state.current?.cell ?? null);
  const truth = useBraggscape(state => state.structure?.cell ?? null);
  const moving = along === 'x' ? slice.x : slice.y;
  const other = along === 'x' ? slice.y : slice.x;
  const held = current?.[cellIndex(other)] ?? truth?.[cellIndex(other)] ?? Number.NaN;
  const lines = useMemo(
    () => ({ loss: loss && lineOf(loss, along, held), energy: energy && lineOf(energy, along, held) }),
    [loss, energy, along, held],
  );
  const range = loss?.slice[along === 'x' ? 'xRange' : 'yRange'] ?? null;
  const lossRange = fieldRange(lines.loss?.values ?? new Float64Array(0));
  const [low, high] = fieldRange(lines.energy?.values ?? new Float64Array(0));
  const energyRange = [0, Math.max(1e-6, high - low)] as const;
  const width = Math.max(0, size.width - MARGIN.left - MARGIN.right);
  const height = Math.max(0, size.height - MARGIN.top - MARGIN.bottom);
  const px = (at: number): number => MARGIN.left + ((at - range![0]) / (range![1] - range![0])) * width;
  const py = (value: number, [from, to]: readonly [number, number]): number =>
    MARGIN.top + (1 - (value - from) / (to - from || 1)) * height;
  const path = (
    at: Float64Array,
    values: Float64Array,
    ends: readonly [number, number],
    zero: number,
  ): string => {
    let text = '';
    at.forEach((x, i) => {
      const value = values[i]!;
      text += Number.isFinite(value)
        ? `${text === '' || !Number.isFinite(values[i - 1] ?? Number.NaN) ? 'M' : 'L'}${px(x).toFixed(1)} ${py(value - zero, ends).toFixed(1)}`
        : '';
    });
    return text;
  };
  const point = (clientX: number, element: Element): void => {
    if (!range) return;
    const left = element.getBoundingClientRect().left + MARGIN.left;
    const share = Math.max(0, Math.min(1, (clientX - left) / width));
    const at = range[0] + share * (range[1] - range[0]);
    setHover(along === 'x' ? { x: at, y: held } : { x: held, y: at });
  };
  const marks = truth &&
    current && [
      ['truth', truth[cellIndex(moving)]!, 'var(--truth-line)'],
      ['current', current[cellIndex(moving)]!, 'var(--current)'],
    ];
  return (
    <div className="energy-profile">
      <div className="energy-row">
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
        </span>
        <span className="energy-key loss">XRD loss, left axis</span>
        <span className="energy-key energy">energy, right axis</span>
      </div>
      <div className="energy-plot" ref={box}>
        {range && width > 60 && height > 60 && (
          <svg
            width={size.width}
            height={size.height}
            role="img"
            aria-label={`XRD loss and energy along ${moving}`}
            onPointerMove={event => point(event.clientX, event.currentTarget)}
            onPointerLeave={() => setHover(null)}
          >
            <rect
              className="axis-line"
              x={MARGIN.left}
              y={MARGIN.top}
              width={width}
              height={height}
              fill="none"
            />
            {niceTicks(range[0], range[1], width / 90).values.map(value => (
              <text key={value} x={px(value)} y={MARGIN.top + height + 17} textAnchor="middle">
                {formatNumber(value, niceTicks(range[0], range[1], width / 90).decimals)}
              </text>
            ))}
            <text
              x={MARGIN.left + width}
              y={MARGIN.top + height + 34}
              textAnchor="end"
              className="axis-title"
            >
              {axisTitle(moving)}
            </text>
            {lines.loss &&
              niceTicks(lossRange[0], lossRange[1], height / 60).values.map(value => (
                <text key={value} x={MARGIN.left - 7} y={py(value, lossRange) + 4} textAnchor="end">
                  {formatNumber(value, niceTicks(lossRange[0], lossRange[1], height / 60).decimals)}
                </text>
              ))}
            {lines.energy &&
              niceTicks(0, energyRange[1], height / 60).values.map(value => (
                <text key={value} x={MARGIN.left + width + 7} y={py(value, energyRange) + 4}>
                  {formatNumber(value, niceTicks(0, energyRange[1], height / 60).decimals)}
                  {THIN}eV
                </text>
              ))}
            {marks?.map(([name, at, colour]) => (
              <line
                key={name}
                x1={px(at as number)}
                x2={px(at as number)}
                y1={MARGIN.top}
                y2={MARGIN.top + height}
                stroke={colour as string}
                strokeDasharray={name === 'truth' ? '4 3' : undefined}
              />
            ))}
            {lines.loss && (
              <path
                d={path(lines.loss.at, lines.loss.values, lossRange, 0)}
                fill="none"
                stroke="var(--ink)"
                strokeWidth="1.5"
              />
            )}
            {lines.energy && (
              <path
                d={path(lines.energy.at, lines.energy.values, energyRange, low)}
                fill="none"
                stroke="var(--relax)"
                strokeWidth="2.2"
                strokeDasharray="8 4"
              />
            )}
          </svg>
        )}
      </div>
    </div>
  );
}

/** A field along its own grid points of one axis, the other parameter held, bilinear between rows. */
function lineOf(
  field: GridField,
  along: 'x' | 'y',
  held: number,
): { at: Float64Array; values: Float64Array } {
  const at = along === 'x' ? field.xs : field.ys;
  return {
    at,
    values: at.map(value => (along === 'x' ? valueAt(field, value, held) : valueAt(field, held, value))),
  };
}
