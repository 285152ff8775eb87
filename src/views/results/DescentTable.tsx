import type { ReactNode } from 'react';
import type { Cell } from '../../crystal/cell.ts';
import { type Slice, sliceParameter, slicePlaces } from '../../landscape/slice.ts';
import { isCellKey } from '../../model/cellParameter.ts';
import { furthestDisplacement } from '../../model/displacement.ts';
import { isCoordinate } from '../../model/parameter.ts';
import { offBy, offSlice } from '../../optimise/outcome.ts';
import { useBraggscape, useSeveral } from '../../state/core/store.ts';
import type { RelaxRun } from '../../state/energy/energySlice.ts';
import { showRelaxStep } from '../../state/energy/relaxJob.ts';
import { type PathRun, pointOfStep } from '../../state/explore/descentRun.ts';
import { goToEnd } from '../../state/explore/playback.ts';
import { askedSlice, pathsOf } from '../../state/explore/selectors.ts';
import { type Column, DataTable, RowButton } from '../../ui/DataTable.tsx';
import { formatNumber, formatPercent, THIN } from '../../ui/format.ts';
import { axisTitle } from '../CellParameter.tsx';
import { RelaxSample } from '../energy/RelaxSample.tsx';
import { RELAX_STYLE } from '../energy/relaxStyle.ts';
import { modeStyle } from '../modeStyle.ts';
import { pathSentence } from '../pathSentence.ts';
import { SampleLine } from '../SampleLine.tsx';
import { useVerdicts } from '../verdict/useVerdicts.ts';
import styles from './ResultsView.module.css';

/** A descent or the relaxation, where it is now. */
interface Row {
  readonly mode: string;
  readonly start: number | null;
  readonly name: string;
  readonly colour: string;
  readonly title: string;
  readonly sample: ReactNode;
  /** The cell, and what else its problem moves. */
  readonly point: Float64Array | null;
  readonly truth: Cell | null;
  /** The relaxation minimises the energy: none. */
  readonly loss: number | null;
  readonly steps: number;
  readonly running: boolean;
  show(): void;
}

const lastPoint = (run: Pick<PathRun, 'cells' | 'count' | 'stride'>): Float64Array | null =>
  run.count > 0 ? pointOfStep(run, run.count - 1) : null;

function pathRow(run: PathRun, truth: Cell | null): Row {
  const style = modeStyle(run.mode);
  const steps = Math.max(0, run.count - 1);
  return {
    ...{ mode: run.mode, start: run.start, name: style.name, colour: style.text, truth, steps },
    title: `${style.meaning} Show where it ended.`,
    sample: <SampleLine style={style} width={30} />,
    point: lastPoint(run),
    loss: run.count > 0 ? run.losses[steps]! : null,
    running: run.status === 'computing',
    show: () => goToEnd(run),
  };
}

function relaxRow(run: RelaxRun): Row {
  const steps = Math.max(0, run.count - 1);
  return {
    ...{ mode: 'relaxation', start: null, name: RELAX_STYLE.name, colour: RELAX_STYLE.text, steps },
    title: 'Down the interatomic energy. Show where it ended.',
    sample: <RelaxSample />,
    point: lastPoint({ ...run, stride: 6 }),
    truth: run.truth,
    loss: null,
    running: run.status === 'computing',
    show: () => showRelaxStep(steps),
  };
}

const axesOf = ({ x, y }: Slice) => [x, y].filter(isCellKey);

/** The largest deviation of a length, and of an angle where it is worth saying. */
function distance({ point, truth }: Row): string {
  if (!point || !truth) return '–';
  const off = offBy(point, truth);
  return [
    off.length >= 0.0005 || off.angle <= 0.05 ? formatPercent(off.length) : '',
    off.angle > 0.05 ? `${formatNumber(off.angle, 1)}°` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** The end of each descent, and the reason for it. */
export function DescentTable(): ReactNode {
  const runs = useSeveral(pathsOf);
  const relaxed = useBraggscape(state => state.energy.relaxation);
  const truth = useBraggscape(state => state.structure?.cell ?? null);
  const follow = useBraggscape(state => `${state.play.start} ${state.play.follow}`);
  const starts = useBraggscape(state => state.inputs.starts.length);
  const full = useBraggscape(state => state.inputs.descent.space === 'full');
  const slice = useBraggscape(askedSlice);
  const sites = useBraggscape(state => state.problem?.sites ?? null);
  if (runs.length === 0 && !relaxed)
    return (
      <div className={styles.section}>
        <h2>Three descents</h2>
        <p className={styles.note}>Click the map to start three descents from one point.</p>
      </div>
    );
  const rows = [
    ...runs.toSorted((p, q) => p.start - q.start).map(run => pathRow(run, truth)),
    ...(relaxed ? [relaxRow(relaxed)] : []),
  ];
  const parameter = (axis: 'x' | 'y'): Column<Row>[] => {
    if (!slice) return [];
    const of = sliceParameter(slice, axis);
    const place = slicePlaces(slice)[axis === 'x' ? 0 : 1];
    return [
      {
        head: axisTitle(of),
        cell: ({ point, truth }) => (point && truth ? formatNumber(point[place]!, of.digits) : '–'),
      },
    ];
  };
  const moved = slice?.model?.moved.some(isCoordinate) ? slice.model.moved : null;
  const worst = ({ point }: Row): string => {
    const atom =
      point && moved && sites && point.length === slice?.base.length
        ? furthestDisplacement(sites, moved, point)
        : null;
    return atom ? `${atom.label} ${formatNumber(atom.distance, 2)}${THIN}Å` : '–';
  };
  return (
    <div className={styles.section} data-testid="descents">
      <DataTable
        caption="Outcome of the descents"
        className={styles.table}
        rows={rows}
        rowKey={row => `${row.start} ${row.mode}`}
        rowProps={({ mode }) => ({ 'data-mode': mode })}
        chosen={row => `${row.start} ${row.mode}` === follow}
        group={({ start }) => (starts > 1 && start !== null ? `Start ${start + 1}` : null)}
        columns={[
          {
            className: styles.name,
            head: starts > 1 || runs.length !== 3 ? 'Descents' : 'Three descents',
            cell: row => (
              <RowButton title={row.title} colour={row.colour} onPress={row.show}>
                {row.sample}
                {row.name}
              </RowButton>
            ),
          },
          ...parameter('x'),
          ...parameter('y'),
          ...(moved
            ? [
                {
                  head: 'worst atom',
                  about: 'the worst atom',
                  help: [
                    'The atom furthest from its true place at the end, in the cell there, by the shortest way.',
                  ],
                  cell: worst,
                },
              ]
            : []),
          ...(slice?.model && !(slice.model.cellMoves && full)
            ? []
            : [
                {
                  head: 'off by',
                  about: 'the distance to the truth',
                  help: [
                    'The largest relative difference of any length from the true cell; where an angle differs by more than 0.05°, the largest such difference follows in degrees.',
                    ...(full
                      ? ['All six parameters move; “slice” below it says how far the four others have gone.']
                      : []),
                  ],
                  cell: (row: Row) => (
                    <>
                      {distance(row)}
                      {full && slice && row.start !== null && row.point && row.truth && !slice.model && (
                        <span className={styles.sub}>
                          slice {formatPercent(offSlice(row.point, row.truth, axesOf(slice)))}
                        </span>
                      )}
                    </>
                  ),
                },
              ]),
          { head: 'loss', cell: ({ loss }) => (loss === null ? '–' : formatNumber(loss, 3)) },
          {
            head: 'steps',
            className: styles.steps,
            cell: ({ steps, running }) => (
              <>
                {formatNumber(steps, 0)}
                {running && <span className="visually-hidden"> so far</span>}
                {running && '…'}
              </>
            ),
          },
        ]}
      />
      {runs.length > 0 && <Reasons />}
    </div>
  );
}

/** The reason why each stopped; one that several share is said once. */
function Reasons(): ReactNode {
  const judged = useVerdicts();
  const runs = judged.map(({ run }) => run);
  const shared = new Map<string, PathRun[]>();
  for (const { run, verdict } of judged) {
    const sentence = pathSentence(run, verdict.kind === 'reached');
    shared.set(sentence, [...(shared.get(sentence) ?? []), run]);
  }
  const names = (group: readonly PathRun[]): string =>
    group.length === runs.length
      ? runs.length > 1
        ? 'All'
        : 'It'
      : group
          .map(
            run =>
              `${modeStyle(run.mode).name}${runs.some(other => other.start !== run.start) ? ` (${run.start + 1})` : ''}`,
          )
          .join(', ');
  return (
    <div className={styles.note} data-testid="reasons">
      {[...shared].map(([sentence, group]) => (
        <p key={sentence}>
          <b>{names(group)}:</b> {sentence}
        </p>
      ))}
    </div>
  );
}
