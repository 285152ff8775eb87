import { type ReactNode, useMemo, useState } from 'react';
import { type Roughness, roughness } from '../../landscape/roughness.ts';
import type { LossId } from '../../losses/loss.ts';
import { lossOf } from '../../losses/registry.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { Button } from '../../ui/Button.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { formatNumber, formatPercent } from '../../ui/format.ts';
import rail from '../Section.module.css';
import { Tool } from './Tool.tsx';

/** The roughness of the slice in numbers, of the map and of the wall's losses, to be copied as a table. */
export function RoughnessTool(): ReactNode {
  const map = useBraggscape(state =>
    state.map?.final && state.map.problem === state.problem ? state.map : null,
  );
  const wall = useBraggscape(state => state.analysis.wall);
  const catchment = useBraggscape(state => state.analysis.catchment);
  const truthStarts = useMemo(() => {
    const n = catchment?.known.reduce((sum, known) => sum + known, 0) ?? 0;
    return catchment && n > 0 ? { reached: catchment.truth.reduce((sum, t) => sum + t, 0), of: n } : null;
  }, [catchment]);
  const [copied, setCopied] = useState<string | null>(null);
  const own = useMemo(() => (map ? roughness(map) : null), [map]);
  const rows: RoughnessRow[] = [
    ...(map && own
      ? [{ loss: map.problem.loss, size: map.xs.length, figures: own, truth: truthStarts }]
      : []),
    ...wall.map(entry => ({
      loss: entry.loss,
      size: entry.xs.length,
      figures: entry.roughness,
      truth: null,
    })),
  ];
  const copy = async (): Promise<void> => {
    try {
      // absent on pages that are not served over https
      await navigator.clipboard.writeText(roughnessText(rows));
      setCopied('Copied as a table.');
    } catch {
      setCopied('The browser does not let the page copy.');
    }
  };
  return (
    <Tool
      title="Roughness"
      about="the roughness figures"
      help={[
        '**Minima**: by flooding, deeper than 0.9 % of the range of the map, 3 % off its border. **Not convex**: inner grid points whose second differences have a negative eigenvalue. **Basin**: median over the minima of the share of the map that drains into one (watershed). **Truth**: share of the starts of the catchment map that reach it, where it is computed.',
        'They depend on the grid: compare maps of the same size.',
      ]}
      aside={
        <Button small disabled={rows.length === 0} onClick={() => void copy()}>
          Copy table
        </Button>
      }
    >
      {rows.length === 0 ? (
        <p className={rail.note}>The figures follow when the map is done.</p>
      ) : (
        <DataTable
          caption="Roughness of the slice"
          testId="roughness"
          rows={rows}
          rowKey={({ loss, size }, i) => `${loss} ${i === 0 ? 'map' : size}`}
          columns={[
            {
              head: 'loss',
              cell: ({ loss, size }) => (
                <>
                  {lossOf(loss).label} <span className="quiet">{size}²</span>
                </>
              ),
            },
            { head: 'minima', cell: ({ figures }) => figures.minima },
            { head: 'not convex', cell: ({ figures }) => formatPercent(figures.nonConvex, 0) },
            { head: 'basin', cell: ({ figures }) => formatPercent(figures.medianBasin, 1) },
            {
              head: 'truth',
              cell: ({ truth }) => (truth ? `${formatNumber((100 * truth.reached) / truth.of, 0)} %` : '–'),
            },
          ]}
        />
      )}
      <p className="visually-hidden" aria-live="polite">
        {copied}
      </p>
      {copied && <p className={rail.note}>{copied}</p>}
    </Tool>
  );
}

interface RoughnessRow {
  readonly loss: LossId;
  /** Points along an axis. */
  readonly size: number;
  readonly figures: Roughness;
  readonly truth: { readonly reached: number; readonly of: number } | null;
}

/** The figures as tab-separated text, which spreadsheets and documents take as a table. */
export function roughnessText(rows: readonly RoughnessRow[]): string {
  const head = [
    'loss',
    'points',
    'minima',
    'not convex',
    'median basin',
    'basin of the lowest',
    'starts that reach the truth',
  ];
  const lines = rows.map(({ loss, size, figures, truth }) => [
    lossOf(loss).label,
    `${size} x ${size}`,
    String(figures.minima),
    figures.nonConvex.toFixed(4),
    figures.medianBasin.toFixed(4),
    figures.lowestBasin.toFixed(4),
    truth ? `${truth.reached} of ${truth.of}` : '',
  ]);
  return [head, ...lines].map(cells => cells.join('\t')).join('\n');
}
