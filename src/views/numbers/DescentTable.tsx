import { Fragment, type ReactNode } from 'react';
import { type CellKey, cellIndex, isLength } from '../../crystal/cell.ts';
import { offBy, offSlice, stopSentence } from '../../optimise/outcome.ts';
import { followRun, scrub } from '../../state/actions.ts';
import type { DescentRun } from '../../state/descentRun.ts';
import { useBraggscape } from '../../state/store.ts';
import { formatNumber, formatPercent } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import { axisTitle } from '../CellParameter.tsx';
import { RelaxRow } from '../energy/RelaxRow.tsx';
import { lookOf } from '../modeLook.ts';
import { SampleLine } from '../SampleLine.tsx';

/** Where each descent ended, and why. */
export function DescentTable(): ReactNode {
  const runs = useBraggscape(state => state.runs);
  const relaxed = useBraggscape(state => state.energy.relaxation);
  const starts = useBraggscape(state => state.inputs.starts.length);
  const space = useBraggscape(state => state.inputs.descent.space);
  const x = useBraggscape(state => state.inputs.slice.x);
  const y = useBraggscape(state => state.inputs.slice.y);
  if (runs.length === 0 && !relaxed)
    return (
      <div className="numbers-section">
        <h2>Three descents</h2>
        <p className="note">Click the map to start three descents from one point.</p>
      </div>
    );
  const groups = Array.from({ length: starts }, (_, i) => runs.filter(run => run.start === i));
  return (
    <div className="numbers-section" data-testid="descents">
      <table className="descents">
        <caption className="visually-hidden">Outcome of the descents</caption>
        <thead>
          <tr>
            <th scope="col" className="name">
              {starts > 1 || runs.length === 0 ? 'Descents' : 'Three descents'}
            </th>
            <th scope="col">{axisTitle(x)}</th>
            <th scope="col">{axisTitle(y)}</th>
            <th scope="col">
              off by{' '}
              <Info about="the distance to the truth">
                <p>
                  The largest relative difference of any length from the true cell; where an angle differs by
                  more than 0.05°, the largest such difference follows in degrees.
                </p>
                {space === 'full' && (
                  <p>All six parameters move; “slice” below it says how far the four others have gone.</p>
                )}
              </Info>
            </th>
            <th scope="col">loss</th>
            <th scope="col" className="steps">
              steps
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the index is the identity of a start
            <Fragment key={i}>
              {starts > 1 && (
                <tr className="group">
                  <th scope="rowgroup" colSpan={6}>
                    Start {i + 1}
                  </th>
                </tr>
              )}
              {group.map(run => (
                <Row key={run.mode} run={run} x={x} y={y} full={space === 'full'} />
              ))}
            </Fragment>
          ))}
          {relaxed && <RelaxRow run={relaxed} x={x} y={y} />}
        </tbody>
      </table>
      {runs.length > 0 && <Reasons runs={runs} />}
    </div>
  );
}

function Row({ run, x, y, full }: { run: DescentRun; x: CellKey; y: CellKey; full: boolean }): ReactNode {
  const truth = useBraggscape(state => state.structure?.cell ?? null);
  const followed = useBraggscape(state => state.play.start === run.start && state.play.follow === run.mode);
  const look = lookOf(run.mode);
  const at = 6 * (run.count - 1);
  const cell = run.cells.subarray(at, at + 6);
  const known = run.count > 0 && truth !== null;
  const value = (key: CellKey): string =>
    known ? formatNumber(cell[cellIndex(key)]!, isLength(key) ? 3 : 1) : '–';
  const off = known ? offBy(cell, truth) : null;
  const distance = off
    ? [
        off.length >= 0.0005 || off.angle <= 0.05 ? formatPercent(off.length) : '',
        off.angle > 0.05 ? `${formatNumber(off.angle, 1)}°` : '',
      ]
        .filter(Boolean)
        .join(', ')
    : '–';
  return (
    <tr className={followed ? 'followed' : ''} data-mode={run.mode}>
      <th scope="row" className="name">
        <button
          type="button"
          className="row-button"
          style={{ color: look.text }}
          title={`${look.meaning} Show where it ended.`}
          onClick={() => {
            followRun(run.start, run.mode);
            scrub(Math.max(0, run.count - 1));
          }}
        >
          <SampleLine look={look} width={30} />
          {look.name}
        </button>
      </th>
      <td>{value(x)}</td>
      <td>{value(y)}</td>
      <td>
        {distance}
        {full && known && <span className="sub">slice {formatPercent(offSlice(cell, truth, [x, y]))}</span>}
      </td>
      <td>{run.count > 0 ? formatNumber(run.losses[run.count - 1]!, 3) : '–'}</td>
      <td className="steps">
        {formatNumber(Math.max(0, run.count - 1), 0)}
        {run.status === 'computing' && <span className="visually-hidden"> so far</span>}
        {run.status === 'computing' && '…'}
      </td>
    </tr>
  );
}

const sentenceOf = (run: DescentRun): string => {
  if (run.status === 'computing') return 'Still descending.';
  if (run.status === 'cancelled') return 'Stopped by you.';
  if (run.status === 'failed') return `It failed: ${run.message}.`;
  return run.end ? stopSentence(run.end, run.plan) : '';
};

/** Why each stopped; a reason that several share is said once. */
function Reasons({ runs }: { runs: readonly DescentRun[] }): ReactNode {
  const shared = new Map<string, DescentRun[]>();
  for (const run of runs) {
    const sentence = sentenceOf(run);
    shared.set(sentence, [...(shared.get(sentence) ?? []), run]);
  }
  const names = (group: readonly DescentRun[]): string =>
    group.length === runs.length
      ? runs.length > 1
        ? 'All'
        : 'It'
      : group
          .map(
            run =>
              `${lookOf(run.mode).name}${runs.some(other => other.start !== run.start) ? ` (${run.start + 1})` : ''}`,
          )
          .join(', ');
  return (
    <div className="note" aria-live="polite" data-testid="reasons">
      {[...shared].map(([sentence, group]) => (
        <p key={sentence}>
          <b>{names(group)}:</b> {sentence}
        </p>
      ))}
    </div>
  );
}
