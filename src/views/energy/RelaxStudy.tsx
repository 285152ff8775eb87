import { type ReactNode, useEffect, useRef, useState } from 'react';
import { reasonOf } from '../../num/reasonOf.ts';
import { jeffreysInterval } from '../../stats/jeffreys.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { formatNumber, formatPercent } from '../../ui/format.ts';
import figures from './FiguresTable.module.css';
import styles from './RelaxStudy.module.css';

interface Relaxed {
  readonly structure: string;
  readonly noise: 'lattice' | 'coordinates';
  readonly sigma: number;
  readonly stop: string;
  readonly start: boolean;
  readonly match: boolean;
  readonly unscaled: boolean;
  /** At the end, angstrom and degrees [6]. */
  readonly cell: readonly number[];
}
interface Stored {
  readonly source: Readonly<Record<'command' | 'sha256', string>>;
  readonly variants: number;
  readonly records: readonly Relaxed[];
}

/** The paper's Figure 6a and 6b with this potential: match rates before and after relaxation, from the study's starts. */
export function RelaxStudy(): ReactNode {
  const [open, setOpen] = useState(false);
  const [stored, setStored] = useState<Stored | string | null>(null);
  const details = useRef<HTMLDetailsElement>(null);
  // It opens below the fold of its pane.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has been fetched makes it taller
  useEffect(() => {
    if (open) details.current?.scrollIntoView({ block: 'start' });
  }, [open, stored]);
  useEffect(() => {
    if (!open || stored) return;
    fetch('/energy/relaxation.json')
      .then(response => response.json() as Promise<Stored>)
      .then(setStored, (error: Error) =>
        setStored(`The stored results could not be fetched: ${reasonOf(error)}.`),
      );
  }, [open, stored]);
  return (
    <details ref={details} className={styles.study} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>Match rate after relaxation (paper, Figure 6)</summary>
      {typeof stored === 'string' ? (
        <p className="caution">{stored}</p>
      ) : stored ? (
        <Rates stored={stored} />
      ) : (
        <p className="quiet">Being fetched.</p>
      )}
    </details>
  );
}

function Rates({ stored: { records, variants, source } }: { stored: Stored }): ReactNode {
  const groups = new Map<string, Relaxed[]>();
  for (const record of records) {
    const key = `${record.noise} ${record.sigma}`;
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  const gold = records.filter(({ structure, noise }) => structure === 'Au2S' && noise === 'lattice');
  const mean = gold.reduce((sum, { cell }) => sum + cell[0]!, 0) / gold.length;
  return (
    <div className={figures.figures}>
      <DataTable
        caption="Match rates before and after relaxation"
        rows={[...groups.values()]}
        rowKey={([first]) => `${first!.noise} ${first!.sigma}`}
        columns={[
          { head: 'distortion σ', words: true, cell: ([first]) => `${first!.noise} ${first!.sigma}` },
          { head: 'match before', words: true, cell: group => rate(group, 'start') },
          { head: 'match after relaxation', words: true, cell: group => rate(group, 'match') },
          { head: 'volume not scaled', words: true, cell: group => rate(group, 'unscaled') },
        ]}
      />
      <p className={styles.note}>
        Ten structures, {variants} of the study's distorted copies each, n = {10 * variants} a row; 95 %
        Jeffreys intervals. Lattice noise: cell and atoms relax; coordinate noise: atoms at the true cell.
        Starts with atoms closer than 0.7 Å count as no match. Au₂S counts as a match in{' '}
        {gold.filter(({ match }) => match).length} of {gold.length} lattice relaxations because the matcher
        allows lengths to differ by 10 %: the potential's own minimum lies at <i>a</i> ≈{' '}
        {formatNumber(mean, 2)} Å, 5 % above the reference cell. MoS₂ fails without scaling: its layers are
        held by forces that the potential does not know. Made by {source.command}.
      </p>
    </div>
  );
}

function rate(group: readonly Relaxed[], key: 'start' | 'match' | 'unscaled'): string {
  const hits = group.filter(record => record[key]).length;
  const [low, high] = jeffreysInterval(hits, group.length);
  return `${hits} of ${group.length} (${formatPercent(low, 0)}–${formatPercent(high, 0)})`;
}
