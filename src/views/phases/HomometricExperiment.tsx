import { type ReactNode, useMemo } from 'react';
import type { Structure } from '../../crystal/structure.ts';
import { areCongruent, differenceCounts, distanceRows } from '../../phasing/homometric.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { presetLink, presetOf } from '../../state/gallery/presets.ts';
import { type HomometricPair, heaviest, homometricPair } from '../../state/phases/homometricPair.ts';
import type { PhasesState } from '../../state/phases/phasesSlice.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { Chart } from '../../ui/Chart.tsx';
import { DataTable, ScrollBox } from '../../ui/DataTable.tsx';
import { formatNumber, THIN } from '../../ui/format.ts';
import { currentScene, targetScene } from '../pattern/scene.ts';
import { ExperimentLayout, TwoPanes } from './ExperimentLayout.tsx';
import styles from './HomometricExperiment.module.css';
import { LabPattern, powerText } from './LabPattern.tsx';
import { Pane, PaneHeading, PaneNote } from './Pane.tsx';
import { SearchControls } from './SearchControls.tsx';
import { useLab } from './useLab.ts';

/** 4: different crystals that diffract alike. */
export function HomometricExperiment({ structure }: { structure: Structure }): ReactNode {
  const phases = useBraggscape(state => state.inputs.phases);
  const instrument = useBraggscape(state => state.inputs.instrument);
  const search = useBraggscape(state => state.phases.search.value);
  const { value: check, status, message: failure } = useBraggscape(state => state.phases.pair);
  const pair = useMemo(() => homometricPair(search, phases, structure), [search, phases, structure]);
  const dMin = useLab('dMin');
  const target = useMemo(
    () => (check ? targetScene(instrument, 'tetragonal', check.first.values, check.first) : null),
    [check, instrument],
  );
  const other = useMemo(
    () => (target && check ? currentScene(target, check.second.values, check.second) : null),
    [target, check],
  );
  const c = pair?.crystals[0].cell[2] ?? 1;
  const top = check ? Math.max(...check.projections.flatMap(values => Math.max(...values))) : 1;
  return (
    <ExperimentLayout
      rail={<SearchControls />}
      main={
        <TwoPanes>
          <Pane
            title="Two sets on one circle"
            sub={
              pair &&
              `{${pair.sets[0].join(', ')}} and {${pair.sets[1].join(', ')}} of ${pair.n}: one multiset of differences`
            }
          >
            {pair ? (
              <div className={styles.circles}>
                <CircleDiagram points={pair.sets[0]} n={pair.n} tone="ink" />
                <CircleDiagram points={pair.sets[1]} n={pair.n} tone="current" />
              </div>
            ) : (
              <PaneNote
                text={
                  search && search.classes.length === 0
                    ? `No two different sets of ${search.k} points on ${search.n} divisions share their differences. Try 8 and 4, or 12 and 5.`
                    : 'The sets are being searched.'
                }
              />
            )}
          </Pane>
          <Pane
            title="Two crystals"
            tools={
              <a className={buttonClass({ small: true })} href={presetLink(presetOf('homometric'))}>
                Both on a map
              </a>
            }
            stale={status === 'computing' && check !== null}
            sub={
              pair &&
              `${heaviest(structure)} atoms at the points, along *c* = ${formatNumber(c)}${THIN}Å of a tetragonal cell; density projected on *c*, *d* ≥ ${formatNumber(dMin, 2)}${THIN}Å`
            }
          >
            {failure && <PaneNote failed text={`The pair cannot be compared: ${failure}.`} />}
            {pair && check && (
              <Chart
                name="projections"
                label={`Density of both crystals projected on c, 0 to ${formatNumber(c, 1)} Å: different curves.`}
                x={{
                  title: (
                    <>
                      <tspan fontStyle="italic">z c</tspan> / Å
                    </>
                  ),
                  range: [0, c],
                }}
                y={{ title: 'electrons / Å', range: [Math.min(0, lowest(check.projections)), 1.05 * top] }}
                lines={check.projections.map((ys, i) => ({
                  key: String(i),
                  name: i === 0 ? 'first' : 'second',
                  xs: Float64Array.from({ length: ys.length + 1 }, (_, k) => (c * k) / ys.length),
                  ys: [...ys, ys[0]!],
                  colour: i === 0 ? 'var(--ink2)' : 'var(--current)',
                  ...(i === 1 && { dash: '6 3' }),
                }))}
              />
            )}
          </Pane>
        </TwoPanes>
      }
      side={<PairChecks pair={pair} check={check} dMin={dMin} />}
      lower={
        target ? (
          <LabPattern
            target={target}
            other={other}
            names={['first crystal', 'second crystal']}
            title="Powder patterns of both crystals"
            same
          />
        ) : (
          <PaneNote text="The patterns appear here as soon as there is a pair." />
        )
      }
    />
  );
}

const lowest = (curves: readonly Float64Array[]): number => Math.min(...curves.map(ys => Math.min(...ys)));

/** Points on the equal divisions of a circle, the period of a crystal along one axis. */
function CircleDiagram(props: { points: readonly number[]; n: number; tone: 'ink' | 'current' }): ReactNode {
  const { points, n, tone } = props;
  const place = (p: number, radius: number): [number, number] => {
    const angle = (2 * Math.PI * p) / n - Math.PI / 2;
    return [100 + radius * Math.cos(angle), 100 + radius * Math.sin(angle)];
  };
  const corners = points.map(p => place(p, 66).join(',')).join(' ');
  return (
    <svg
      className={styles.circle}
      viewBox="0 0 200 200"
      role="img"
      aria-label={`Points ${points.join(', ')} of ${n} divisions.`}
    >
      <circle cx="100" cy="100" r="66" fill="none" stroke="var(--axis)" />
      <polygon
        points={corners}
        fill={tone === 'ink' ? 'var(--truth-fill)' : 'var(--current-wash)'}
        stroke={tone === 'ink' ? 'var(--truth-line)' : 'var(--current)'}
        strokeDasharray={tone === 'ink' ? undefined : '5 3'}
      />
      {Array.from({ length: n }, (_, p) => {
        const on = points.includes(p);
        const [x, y] = place(p, 66);
        const [tx, ty] = place(p, 84);
        return (
          // The division is its number.
          // biome-ignore lint/suspicious/noArrayIndexKey: the index is the identity of a division
          <g key={p}>
            <circle
              cx={x}
              cy={y}
              r={on ? 7 : 3}
              fill={on ? (tone === 'ink' ? 'var(--ink)' : 'var(--current)') : 'var(--panel)'}
              stroke="var(--axis)"
            />
            <text x={tx} y={ty + 4} textAnchor="middle" className={on ? styles.on : undefined}>
              {p}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** The pair in numbers: what is equal, and what is not. */
function PairChecks(props: {
  pair: HomometricPair | null;
  check: PhasesState['pair']['value'];
  dMin: number;
}): ReactNode {
  const { pair, check, dMin } = props;
  if (!pair || !check)
    return (
      <Pane title="Checked here">
        <PaneNote text="The numbers appear with the pair." />
      </Pane>
    );
  const { n, sets } = pair;
  const counts = sets.map(set => differenceCounts(set, n));
  const distances = sets.map(set => distanceRows(set, n).map(row => row.join(' ')));
  const congruent = areCongruent(sets[0], sets[1], n);
  const { amplitudeDifference, patternDifference, phaseDifference, distance, matched } = check;
  const checks: readonly (readonly [name: string, value: string, equal: boolean, testId?: string])[] = [
    [
      'largest difference of |F|, over F(000)',
      powerText(amplitudeDifference),
      amplitudeDifference < 1e-12,
      'pair-amplitudes',
    ],
    [
      'largest difference of the patterns, over the highest point',
      powerText(patternDifference),
      patternDifference < 1e-12,
    ],
    ['largest difference of φ', `${formatNumber(phaseDifference, 1)}°`, !(phaseDifference > 1e-6)],
    [
      'PDD distance of the crystals',
      `${formatNumber(distance, 3)}${THIN}Å`,
      !(distance > 1e-9),
      'pair-distance',
    ],
    ['turn or mirror image of one another', congruent ? 'yes' : 'no', congruent],
    ['StructureMatcher (ltol 0.1, stol 0.2, 5°), first onto second', matched ? 'match' : 'no match', matched],
  ];
  return (
    <Pane
      title="Checked here"
      sub={`${check.reflections} reflection pairs with d ≥ ${formatNumber(dMin, 2)} Å`}
      about="these checks"
      help={[
        'Differences are counted in whole numbers. |*F*| and patterns are computed in double precision from the atoms of both crystals; what is left is rounding.',
        'Distances of each point to the others, sorted, are a one-dimensional pointwise distance distribution; different rows prove that the sets are not congruent. The distance of the crystals is the Earth Mover’s Distance of their PDD (Widdowson & Kurlin 2022), 0 only for equal ones; the matcher is StructureMatcher with the paper’s tolerances.',
      ]}
    >
      <ScrollBox label="Checks of the pair">
        <DataTable
          caption="What is equal and what is not"
          rows={checks}
          rowKey={([name]) => name}
          columns={[
            { words: true, cell: ([name]) => name },
            { cell: ([, value]) => value, testId: ([, , , testId]) => testId },
            { cell: ([, , equal]) => <b>{equal ? 'equal' : 'different'}</b> },
          ]}
        />
        <PaneHeading>Differences, as often in both</PaneHeading>
        <DataTable
          caption="How often each difference occurs"
          rows={counts}
          rowKey={(_, i) => i}
          rowProps={count => ({ className: count === counts[1] ? styles.current : undefined })}
          columns={[
            { head: 'divisions apart', cell: (_, i) => (i === 0 ? 'first' : 'second') },
            ...Array.from({ length: Math.floor(n / 2) }, (_, d) => ({
              head: d + 1,
              cell: (count: ArrayLike<number>) => count[d + 1],
            })),
          ]}
        />
        <PaneHeading>Distances of each point to the others, not the same</PaneHeading>
        <DataTable
          caption="Sorted distances of each point"
          rows={distances[0]!.map((first, i) => ({ first, second: distances[1]![i] }))}
          rowKey={(_, i) => i}
          rowProps={({ first, second }) => ({ className: first === second ? undefined : styles.differs })}
          columns={[
            { head: 'first', cell: ({ first }) => first },
            { head: 'second', className: styles.current, cell: ({ second }) => second },
          ]}
        />
      </ScrollBox>
    </Pane>
  );
}
