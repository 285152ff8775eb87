import type { ReactNode } from 'react';
import { sliceParameter } from '../../landscape/slice.ts';
import { leadingReflections, type RankedReflection } from '../../peakspace/model/rankedReflections.ts';
import { store, useBraggscape } from '../../state/core/store.ts';
import type { RankedAt } from '../../state/explore/rankedJob.ts';
import { Button } from '../../ui/Button.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { saveFile } from '../../ui/download.ts';
import { formatNumber, formatPercent, formatSigned, THIN } from '../../ui/format.ts';
import { Prose } from '../../ui/Prose.tsx';
import { plainName } from '../CellParameter.tsx';
import { HklText } from './HklText.tsx';
import styles from './RankedPanel.module.css';
import { rankedCsv } from './rankedCsv.ts';

/** Lines in the table; the file has all. */
const SHOWN = 25;

/** The reflections that drive the loss at the current crystal, those that pull most first. */
export function RankedPanel(): ReactNode {
  const ranked = useBraggscape(state => state.ranked);
  const waits = useBraggscape(state => state.ranked?.of.point !== state.current?.point);
  return (
    <aside
      className={styles.panel}
      aria-labelledby="ranked-title"
      data-testid="ranked"
      data-stale={ranked && waits ? '' : undefined}
    >
      <div className={styles.head}>
        <h3 id="ranked-title">What drives the gradient</h3>
        {ranked && ranked.rows.length > 0 && (
          <Button small title="All of them as a table (CSV)" onClick={() => save(ranked)}>
            CSV
          </Button>
        )}
      </div>
      {ranked ? <Ranked ranked={ranked} /> : <p className="quiet">Follows when the current crystal rests.</p>}
    </aside>
  );
}

function Ranked({ ranked }: { ranked: RankedAt }): ReactNode {
  const { rows, slice, scale } = ranked;
  const intensity = (value: number | null): string => (value === null ? '–' : formatNumber(scale * value, 1));
  return (
    <>
      <p className={styles.sentence} aria-live="polite">
        <Sentence ranked={ranked} />
      </p>
      {rows.length > 0 && (
        <DataTable
          caption="Reflections in the order of what they pull"
          className={styles.table}
          rows={rows.slice(0, SHOWN)}
          rowKey={({ hkl, twoTheta }) => `${hkl.join(' ')} ${twoTheta}`}
          columns={[
            { head: '*hkl*', cell: ({ hkl }) => <HklText of={hkl} /> },
            { head: '2θ', cell: ({ twoTheta }) => `${formatNumber(twoTheta, 2)}°` },
            { head: '*I* target', cell: ({ target }) => intensity(target) },
            { head: '*I* current', cell: ({ intensity: now }) => intensity(now) },
            ...(['x', 'y'] as const).map((axis, k) => ({
              head: <Prose text={`along ${sliceParameter(slice, axis).name}`} />,
              cell: ({ shares }: RankedReflection) => <Share share={shares[k]!} />,
              ...(axis === 'y' && {
                about: 'the shares',
                help: [
                  'The part of the reflection in the slope of the loss along the axis, ∂*L*/∂*I* · ∂*I*/∂*p* and what moves its peak, as a share of the sum of all parts without their signs. Reflections at one angle are one line.',
                  '−: it pulls to larger values of the parameter, a descent lowers the loss that way; +: to smaller ones. Where they cancel the loss is at a minimum, held by the largest of either sign.',
                ],
              }),
            })),
          ]}
        />
      )}
    </>
  );
}

/** A share with its sign, and a bar of its length. */
const Share = ({ share }: { share: number }): ReactNode => (
  <span className={styles.share} style={{ ['--share' as string]: Math.abs(share) }}>
    {Math.abs(share) < 0.0005 ? '0' : `${formatSigned(100 * share, 1)}${THIN}%`}
  </span>
);

/** "This minimum is held by 113 and 202, …" */
function Sentence({ ranked }: { ranked: RankedAt }): ReactNode {
  const found = leadingReflections(ranked);
  if (!found)
    return ranked.of.of.kind === 'truth'
      ? 'At the truth nothing pulls: every reflection has its target intensity.'
      : 'No reflection pulls here: the slopes of all are 0.';
  const { leading, balanced, weight } = found;
  const names = leading.map(({ hkl }, i) => (
    <span key={hkl.join()}>
      {i === 0 ? '' : i === leading.length - 1 ? ' and ' : ', '}
      <b>
        <HklText of={hkl} />
      </b>
    </span>
  ));
  const part = formatPercent(weight, 0);
  if (!balanced)
    return (
      <>
        {names} {leading.length === 1 ? 'drives' : 'drive'} the gradient here: {part} of all that pulls.
      </>
    );
  return (
    <>
      {ranked.of.of.kind === 'minimum' ? 'This minimum is held by ' : 'The slopes cancel here, held by '}
      {names}: {part} of all that pulls.
    </>
  );
}

function save(ranked: RankedAt): void {
  const { slice, scale } = ranked;
  const axes = [plainName(sliceParameter(slice, 'x')), plainName(sliceParameter(slice, 'y'))] as const;
  const name = `${store.getState().structureId ?? 'crystal'}-reflections.csv`;
  saveFile(name, rankedCsv(ranked, scale, axes), 'text/csv;charset=utf-8');
}
