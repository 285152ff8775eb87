import type { ReactNode } from 'react';
import { cellIndex, isLength } from '../../crystal/cell.ts';
import { convexity } from '../../landscape/convexity.ts';
import { fieldRange, findMinima, type GridField } from '../../landscape/minima.ts';
import { useBraggscape } from '../../state/store.ts';
import { formatNumber, formatPercent, THIN } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import { ParameterSymbol } from '../CellParameter.tsx';
import { valueAt } from './blendField.ts';

/** Minima shallower than this share of the range of a map are not counted, for loss and energy alike. */
const LEAST_DEPTH = 0.009;

/** The same figures for both landscapes: minima, convexity, where the lowest point is and how far below the truth. */
export function FiguresTable(): ReactNode {
  const loss = useBraggscape(state => state.map);
  const energy = useBraggscape(state => state.energy.map);
  const { x, y } = useBraggscape(state => state.inputs.slice);
  const base = useBraggscape(state => state.structure?.cell ?? null);
  if (!base) return null;
  const truth = [base[cellIndex(x)]!, base[cellIndex(y)]!] as const;
  const atTruth = energy ? (energy.atTruth ?? valueAt(energy, ...truth)) : Number.NaN;
  return (
    <section className="energy-figures" aria-label="Figures of both landscapes">
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">
              minima{' '}
              <Info about="the figures">
                <p>
                  Minima: found on each map's own grid by flooding, deeper than 0.9 % of the range of the map
                  and 3 % away from its border; the lowest always counts.
                </p>
                <p>
                  Not convex: share of the inner grid points where the second differences are not positive in
                  every direction of the slice. Lowest: refined below the grid by a quadratic. Truth above it:
                  what the true cell costs more than the lowest point.
                </p>
              </Info>
            </th>
            <th scope="col">not convex</th>
            <th scope="col">
              lowest, <ParameterSymbol of={x} /> and <ParameterSymbol of={y} />
            </th>
            <th scope="col">truth above it</th>
          </tr>
        </thead>
        <tbody>
          {loss && (
            <Row
              name="XRD loss"
              field={loss}
              truth={truth}
              keys={[x, y]}
              above={valueAt(loss, ...truth)}
              unit=""
            />
          )}
          {energy && (
            <Row name="energy" field={energy} truth={truth} keys={[x, y]} above={atTruth} unit="meV" />
          )}
        </tbody>
      </table>
    </section>
  );
}

function Row({
  name,
  field,
  truth,
  keys,
  above,
  unit,
}: {
  name: string;
  field: GridField;
  truth: readonly [number, number];
  keys: readonly [Parameters<typeof isLength>[0], Parameters<typeof isLength>[0]];
  above: number;
  unit: 'meV' | '';
}): ReactNode {
  const [low, high] = fieldRange(field.values);
  const minima = findMinima(field, { minProminence: LEAST_DEPTH * (high - low), borderShare: 0.03 });
  const lowest = minima[0];
  const { points, nonConvex } = convexity(field);
  const [nx, ny] = [field.xs.length, field.ys.length];
  const border =
    lowest &&
    (lowest.index % nx === 0 ||
      lowest.index % nx === nx - 1 ||
      lowest.index < nx ||
      lowest.index >= nx * (ny - 1));
  const off = (i: 0 | 1): string => {
    const at = i === 0 ? lowest!.x : lowest!.y;
    return isLength(keys[i])
      ? `${formatNumber(at, 3)}${THIN}Å (${at >= truth[i] ? '+' : '−'}${formatPercent(Math.abs(at / truth[i] - 1))})`
      : `${formatNumber(at, 2)}°`;
  };
  const rise = lowest ? above - lowest.value : Number.NaN;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{minima.length}</td>
      <td>{points ? `${formatPercent(nonConvex / points)} of ${formatNumber(points, 0)}` : '–'}</td>
      <td>
        {lowest ? `${off(0)}, ${off(1)}` : '–'}
        {border && <span className="tag-warn">on the border</span>}
      </td>
      <td>
        {Number.isFinite(rise)
          ? unit
            ? `${formatNumber(1000 * rise, 1)}${THIN}meV`
            : formatNumber(rise, 3)
          : '–'}
      </td>
    </tr>
  );
}
