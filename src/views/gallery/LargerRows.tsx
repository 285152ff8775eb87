import { type ReactNode, useMemo } from 'react';
import { CELL_KEYS, cellIndex } from '../../crystal/cell.ts';
import { MATCH_OPTIONS, MATCH_ORDER, type MatchReport } from '../../matching/matcher.ts';
import type { Figure, FigureRow } from '../../state/gallery/gallerySlice.ts';
import { formatNumber, formatPercent } from '../../ui/format.ts';
import { niceTicks } from '../../ui/ticks.ts';
import { useSize } from '../../ui/useSize.ts';
import { formatParameter, ParameterSymbol } from '../CellParameter.tsx';
import { hklWords, indexParts } from '../pattern/HklText.tsx';
import { placeLabels } from '../pattern/peaks.ts';
import { similarity, verdict } from './finding.ts';
import styles from './LargerRows.module.css';
import { PatternStrip, stripX } from './PatternStrip.tsx';
import { ROLES, ROW_STYLES } from './RowsPicture.tsx';
import { type RowScene, rowScene, shownRange } from './rowScene.ts';
import { WireCell } from './WireCell.tsx';

const CELL = 130;
const WORDS = 250;
/** Heights of a row: labels over the pattern, the pattern, ticks and ribbons under it. */
const LABELS = 22;
const PATTERN = 78;
const RIBBONS = 34;
const AXIS = 22;
const SPAN = 72;
const MOST_LABELS = 12;

/** Figures 5 and S3 as four wide rows on one 2θ axis. */
export function LargerRows({ figure }: { figure: Figure }): ReactNode {
  const [ref, { width }] = useSize<HTMLDivElement>();
  const rows = ROLES.flatMap(role => figure.rows.find(entry => entry.role === role) ?? []);
  return (
    <div className={styles.rows} ref={ref}>
      {width > 200 &&
        rows.map(row => (
          <LargerRow
            key={row.role}
            figure={figure}
            row={row}
            width={width}
            last={row.role === 'constrained'}
          />
        ))}
    </div>
  );
}

/** One crystal of figures 5 and S3: cell over ghost, labelled pattern over the target, which hkl lies where, verdict. */
function LargerRow(props: {
  readonly figure: Figure;
  readonly row: FigureRow;
  readonly width: number;
  /** It carries the axis. */
  readonly last: boolean;
}): ReactNode {
  const { figure, row, width, last } = props;
  const { problem, targetPeaks, structure } = figure;
  const scene = useMemo(() => rowScene(figure, row), [figure, row]);
  const style = ROW_STYLES[row.role];
  const range = shownRange(targetPeaks, problem.instrument, SPAN);
  const stacked = width < 760;
  const strip = stacked ? width : width - CELL - WORDS - 32;
  const truth = row.role === 'truth';
  const height = LABELS + PATTERN + (truth ? 12 : RIBBONS) + (last ? AXIS : 0);
  return (
    <section
      className={stacked ? `${styles.row} ${styles.stacked}` : styles.row}
      aria-label={row.role}
      data-role={row.role}
    >
      <svg width={CELL} height={LABELS + PATTERN} aria-hidden="true">
        <WireCell
          cell={row.cell}
          truth={structure.cell}
          width={CELL}
          height={LABELS + PATTERN}
          line={style.line}
        />
      </svg>
      <svg className={styles.chart} width={strip} height={height} aria-hidden="true">
        <Labels scene={scene} range={range} width={strip} ownOnly={truth} />
        <g transform={`translate(0 ${LABELS})`}>
          <PatternStrip
            instrument={problem.instrument}
            target={problem.target}
            pattern={truth ? null : row.pattern}
            range={range}
            width={strip}
            height={PATTERN}
            line={style.line}
          />
        </g>
        <g transform={`translate(0 ${LABELS + PATTERN})`}>
          <Ribbons scene={scene} range={range} width={strip} truth={truth} line={style.line} />
        </g>
        {last && <Axis range={range} width={strip} y={height - AXIS} />}
      </svg>
      <div className={styles.words}>
        <h3 style={{ color: style.text }}>{row.role}</h3>
        {row.match && (
          <p data-testid={`row-${row.role}`}>
            similarity <b>{similarity(row)}</b>, <b>{verdict(row)}</b>
          </p>
        )}
        {row.match && (
          <p className={styles.small} title={MATCH_ORDER}>
            {gauges(row.match)} Measured from the truth to this crystal.
          </p>
        )}
        {!truth && <p>{tallyWords(scene)}</p>}
        <p className={styles.small}>
          {CELL_KEYS.map((key, i) => (
            <span key={key}>
              {i > 0 && ', '}
              <ParameterSymbol of={key} /> {formatParameter(key, row.cell[cellIndex(key)]!)}
            </span>
          ))}
        </p>
      </div>
    </section>
  );
}

/** The figures behind a verdict, each beside what the matcher allows. */
export function gauges({ length, angle, maximum }: MatchReport): string {
  const { ltol, angleTol, stol } = MATCH_OPTIONS;
  if (length === null || angle === null) return 'No cell of this lattice can be laid on the true one.';
  const site =
    maximum === null
      ? ''
      : `; largest displacement ${formatNumber(maximum, 2)} of ${formatNumber(stol, 1)} of the free length`;
  return `At equal volume lengths differ by up to ${formatPercent(length)} of ${formatPercent(ltol, 0)} allowed, angles by ${formatNumber(angle, 1)}° of ${formatNumber(angleTol, 0)}°${site}.`;
}

/** "9 of 18 target peaks lie under another hkl: 3 1 1 on 6 0 −2." */
export function tallyWords({ tally }: RowScene): string {
  const { other, total, example } = tally;
  if (!example) return `None of ${total} target peaks lies under another hkl.`;
  const under = `${other} of ${total} target peaks ${other === 1 ? 'lies' : 'lie'} under another hkl`;
  return `${under}: the strongest is ${hklWords(example.occupant)} on the place of ${hklWords(example.place)}.`;
}

/** The strongest peaks by name: of the target over the truth, of the crystal over the others. */
function Labels(props: {
  readonly scene: RowScene;
  readonly range: readonly [number, number];
  readonly width: number;
  readonly ownOnly: boolean;
}): ReactNode {
  const { scene, range, width, ownOnly } = props;
  const { peaks } = ownOnly ? scene.target : scene.side;
  const taken = new Set(
    scene.comparison.ribbons.filter(ribbon => ribbon.other).map(ribbon => ribbon.current),
  );
  const places = placeLabels(
    peaks
      .map((peak, index) => ({
        index,
        x: stripX(range, width, peak.twoTheta),
        y: 14,
        strength: peak.intensity,
      }))
      .filter(({ x }) => x > 14 && x < width - 14),
    MOST_LABELS,
  );
  return places.map(({ index, x }) => (
    <text
      key={index}
      className={styles.label}
      x={x}
      y="14"
      textAnchor="middle"
      style={!ownOnly && taken.has(index) ? { fill: 'var(--current)', fontWeight: 600 } : {}}
    >
      {indexParts(peaks[index]!.forms[0]!.hkl).map((part, i) => (
        // The three indices never change places.
        // biome-ignore lint/suspicious/noArrayIndexKey: the index is the identity of a part
        <tspan key={i} dx={part.apart ? 2 : 0} textDecoration={part.bar ? 'overline' : undefined}>
          {part.digits}
        </tspan>
      ))}
    </text>
  ));
}

/** From where each strong reflection is in the target to where it lies now: coloured where it lies on another's peak. */
function Ribbons(props: {
  readonly scene: RowScene;
  readonly range: readonly [number, number];
  readonly width: number;
  readonly truth: boolean;
  readonly line: string;
}): ReactNode {
  const { scene, range, width, truth, line } = props;
  const x = (twoTheta: number): number => stripX(range, width, twoTheta);
  const strongest = Math.max(...scene.target.peaks.map(peak => peak.intensity));
  const targets = scene.target.peaks.filter(peak => peak.intensity >= 0.01 * strongest);
  const inside = (twoTheta: number): boolean => twoTheta >= range[0] && twoTheta <= range[1];
  const ribbons = [...scene.comparison.ribbons].sort((p, q) => Number(p.other) - Number(q.other));
  return (
    <>
      {targets.map(
        peak =>
          inside(peak.twoTheta) && (
            <line
              key={peak.twoTheta}
              x1={x(peak.twoTheta)}
              x2={x(peak.twoTheta)}
              y1="3"
              y2="9"
              stroke="var(--truth-line)"
            />
          ),
      )}
      {!truth &&
        ribbons.map(
          ({ from, to, current, target, other }) =>
            inside(from) &&
            inside(to) && (
              <g key={`${target} ${current}`}>
                <path
                  d={`M${x(from)} 9L${x(to)} 25`}
                  fill="none"
                  stroke={other ? 'var(--current)' : 'var(--line2)'}
                  strokeWidth={other ? 1.3 : 1}
                />
                <line x1={x(to)} x2={x(to)} y1="25" y2="31" stroke={other ? 'var(--current)' : line} />
              </g>
            ),
        )}
    </>
  );
}

function Axis(props: {
  readonly range: readonly [number, number];
  readonly width: number;
  readonly y: number;
}): ReactNode {
  const { range, width, y } = props;
  const ticks = niceTicks(range[0], range[1], width / 90);
  return (
    <g transform={`translate(0 ${y})`} className={styles.axis}>
      <line x1="0" x2={width} y1="0.5" y2="0.5" />
      {ticks.values.map(value => {
        const x = stripX(range, width, value);
        return (
          <g key={value}>
            <line x1={x} x2={x} y1="0" y2="4" />
            {x > 12 && x < width - 40 && (
              <text x={x} y="16" textAnchor="middle">
                {formatNumber(value, ticks.decimals)}
              </text>
            )}
          </g>
        );
      })}
      <text x={width} y="16" textAnchor="end">
        2θ / °
      </text>
    </g>
  );
}
