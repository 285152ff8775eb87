import { type ReactNode, useMemo } from 'react';
import type { Structure } from '../../crystal/structure.ts';
import type { Contribution } from '../../phasing/contributions.ts';
import type { Fract } from '../../phasing/positions.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { formatNumber, formatPercent } from '../../ui/format.ts';
import { Prose } from '../../ui/Prose.tsx';
import { useSize } from '../../ui/useSize.ts';
import { ElementLegend } from '../cell/ElementLegend.tsx';
import { usePalette } from '../palette.ts';
import { HklText, hklWords } from '../pattern/HklText.tsx';
import styles from './Argand.module.css';
import { type ArgandFrame, type Arrow, argandFrame, arrowChain, arrowHead } from './argandLayout.ts';
import { elementInk } from './elementInk.ts';
import { Pane } from './Pane.tsx';
import { phaseOf, phaseText } from './reflections.ts';

export interface ArgandPaneProps {
  readonly sites: Structure['sites'];
  readonly hkl: Fract;
  readonly arrows: readonly Contribution[];
  readonly sums: readonly ArgandSum[];
  readonly chosen: number | null;
  readonly text: string;
}

/** A structure factor as arrows and as numbers. The first sum is the one that the circle goes through. */
export function ArgandPane({ sites, hkl, arrows, sums, chosen, text }: ArgandPaneProps): ReactNode {
  const chain = useMemo(() => arrowChain(arrows), [arrows]);
  const words = sums
    .map(sum => `${sum.name}: |F| ${formatNumber(sizeOf(sum), 1)}, phase ${phaseText(phaseOf(sum))}`)
    .join('; ');
  return (
    <Pane
      title={
        <>
          Structure factor <HklText of={[...hkl]} />
        </>
      }
      about="the structure factor"
      help={[
        '*F*(*hkl*) = Σ occ_{j} *f*_{j}(*s*) exp 2πi(*hx* + *ky* + *lz*), *s* = 1/(2*d*), electrons; *f* from the table of De Graef & McHenry, no resonant terms and no temperature factor. Short arrows come first.',
      ]}
    >
      <Argand
        chain={chain}
        elementOf={site => sites[site]!.element}
        chosen={chosen}
        sums={sums}
        radius={sums[0] ? sizeOf(sums[0]) : 0}
        label={`Argand diagram of ${hklWords([...hkl])}: ${chain.length} arrows. ${words}.`}
      />
      <div className={styles.foot}>
        <p className={styles.text}>
          <Prose text={text} />
        </p>
        <FactorTable sums={sums} />
        <ElementLegend sites={sites} />
      </div>
    </Pane>
  );
}

const sizeOf = ({ re, im }: ArgandSum): number => Math.hypot(re, im);

/** Structure factors in numbers, intensities relative to the first. */
function FactorTable({ sums }: Pick<ArgandPaneProps, 'sums'>): ReactNode {
  const first = sums[0] ? sizeOf(sums[0]) ** 2 : 0;
  return (
    <DataTable
      caption="The structure factor in numbers"
      testId="factors"
      className={styles.table}
      rows={sums}
      rowKey={({ name }) => name}
      rowProps={({ tone }) => ({ className: tone === 'current' ? styles.current : undefined })}
      columns={[
        { cell: ({ name }) => name },
        { head: '|*F*|', cell: row => formatNumber(sizeOf(row), 2) },
        { head: 'φ', cell: row => (sizeOf(row) > 0.005 ? phaseText(phaseOf(row)) : '–') },
        { head: 'Re', cell: ({ re }) => formatNumber(re, 2) },
        { head: 'Im', cell: ({ im }) => formatNumber(im, 2) },
        { head: 'intensity', cell: row => (first > 1e-4 ? formatPercent(sizeOf(row) ** 2 / first, 1) : '–') },
      ]}
    />
  );
}

/** A sum that is drawn from the origin. */
export interface ArgandSum {
  readonly name: string;
  readonly re: number;
  readonly im: number;
  readonly tone: 'ink' | 'current' | 'ghost';
}

interface ArgandProps {
  readonly chain: readonly Arrow[];
  readonly elementOf: (site: number) => string;
  /** The atom whose arrow is drawn stronger. */
  readonly chosen: number | null;
  readonly sums: readonly ArgandSum[];
  /** Electrons: the length that the powder keeps. */
  readonly radius: number;
  readonly label: string;
}

const TONES = { ink: 'var(--ink)', current: 'var(--current)', ghost: 'var(--truth-line)' } as const;

/** Arrows with a head and a colour, the longest; those of a large cell before them are one line. */
const MOST_HEADS = 400;

/** The contributions of the atoms in the complex plane, end to end, and the structure factors they reach. */
function Argand({ chain, elementOf, chosen, sums, radius, label }: ArgandProps): ReactNode {
  const [ref, { width, height }] = useSize<HTMLDivElement>();
  const palette = usePalette(ref);
  const frame = useMemo(() => {
    const points = [...chain.map(arrow => arrow.to), ...sums.map(sum => [sum.re, sum.im] as const)];
    return argandFrame(width, height, points, radius);
  }, [chain, sums, radius, width, height]);
  const { x, y } = frame;
  const pixel = ([re, im]: readonly [number, number]): readonly [number, number] => [x(re), y(im)];
  const arc = phaseArc(sums.at(-1) ?? null, frame);
  const inside = (place: number, high: number): number => Math.max(4, Math.min(high - 4, place));
  /** Whether the number of a tick is away from the heads of the sums and their names. */
  const clear = (tick: number): boolean =>
    sums.every(({ re, im }) => Math.hypot(x(tick) - x(re), y(0) - y(im)) > 34);
  return (
    <div className={styles.argand} ref={ref}>
      {palette && width > 60 && (
        <svg width={width} height={height} role="img" aria-label={label}>
          <path
            stroke="var(--grid)"
            d={[
              ...frame.ticksX.map(tick => `M${x(tick)} 0V${height}`),
              ...frame.ticksY.map(tick => `M0 ${y(tick)}H${width}`),
            ].join('')}
          />
          <path stroke="var(--axis)" d={`M0 ${y(0)}H${width}M${x(0)} 0V${height}`} />
          <g className={styles.ticks}>
            {frame.ticksX.filter(clear).map(tick => (
              <text key={tick} x={x(tick)} y={inside(y(0) + 14, height)} textAnchor="middle">
                {formatNumber(tick, frame.decimals)}
              </text>
            ))}
            {frame.ticksY.map(tick => (
              <text key={tick} x={x(0) - 6} y={y(tick) + 4} textAnchor="end">
                {formatNumber(tick, frame.decimals)}
              </text>
            ))}
            <text x={width - 4} y={inside(y(0) - 6, height)} textAnchor="end">
              Re / e
            </text>
            <text x={x(0) + 6} y={11}>
              Im / e
            </text>
          </g>
          <circle
            {...{ cx: x(0), cy: y(0), r: radius / frame.perPixel }}
            {...{ fill: 'none', stroke: 'var(--ink2)', strokeDasharray: '4 3' }}
          />
          <path
            stroke="var(--ink2)"
            d={chain
              .slice(0, -MOST_HEADS)
              .map(({ from, to }) => `M${pixel(from).join()}L${pixel(to).join()}`)
              .join('')}
          />
          {chain.slice(-MOST_HEADS).map(({ site, from, to }) => {
            const [p, q] = [pixel(from), pixel(to)];
            const ink = elementInk(elementOf(site), palette.panel);
            const strong = site === chosen;
            return (
              <g key={site} stroke={ink} fill={ink} strokeWidth={strong ? 3.4 : 2.2}>
                <path d={`M${p.join()}L${q.join()}`} />
                <polygon points={arrowHead(p, q, strong ? 11 : 8)} stroke="none" />
              </g>
            );
          })}
          {arc && (
            <g>
              <path d={arc.path} fill="none" stroke="var(--ink)" />
              <text className={styles.phase} x={arc.x} y={arc.y} textAnchor={arc.anchor}>
                φ = {arc.text}
              </text>
            </g>
          )}
          {sums.map(({ name, re, im, tone }, i) => {
            const [p, q] = [pixel([0, 0]), pixel([re, im])];
            const left = q[0] < p[0];
            const first = pixel([sums[0]!.re, sums[0]!.im]);
            // Two heads in one place: one name above, one below.
            const near = i > 0 && Math.hypot(first[0] - q[0], first[1] - q[1]) < 30;
            const below = near ? first[1] <= p[1] : q[1] > p[1];
            return (
              <g key={name} stroke={TONES[tone]} fill={TONES[tone]} strokeWidth={3.2}>
                <path d={`M${p.join()}L${q.join()}`} strokeDasharray={tone === 'ghost' ? '5 3' : undefined} />
                <polygon points={arrowHead(p, q, 12)} stroke="none" />
                <text
                  className={styles.name}
                  x={Math.max(30, Math.min(width - 30, q[0] + (left ? -8 : 8)))}
                  y={Math.max(12, Math.min(height - 6, q[1] + (below ? 16 : -8)))}
                  textAnchor={left ? 'end' : 'start'}
                >
                  {name}
                </text>
              </g>
            );
          })}
        </svg>
      )}
    </div>
  );
}

/** Of the arc that shows a phase, pixels. */
const ARC = 30;

/** The phase of the last sum as an arc from the real axis; none where the sum is too short to have one. */
function phaseArc(
  sum: ArgandSum | null,
  { x, y, perPixel }: ArgandFrame,
): { path: string; x: number; y: number; anchor: 'start' | 'end'; text: string } | null {
  if (!sum || Math.hypot(sum.re, sum.im) / perPixel < 1.6 * ARC) return null;
  const angle = Math.atan2(sum.im, sum.re);
  if (Math.abs(angle) < 0.06) return null;
  const [cx, cy] = [x(0), y(0)];
  const at = (turn: number, radius: number): [number, number] => [
    cx + radius * Math.cos(turn),
    cy - radius * Math.sin(turn),
  ];
  const [ex, ey] = at(angle, ARC);
  const [tx, ty] = at(angle / 2, ARC + 8);
  return {
    path: `M${cx + ARC} ${cy}A${ARC} ${ARC} 0 0 ${angle > 0 ? 0 : 1} ${ex.toFixed(1)} ${ey.toFixed(1)}`,
    x: tx,
    y: ty + (angle > 0 ? 0 : 9),
    anchor: Math.abs(angle) > 2.6 ? 'end' : 'start',
    text: phaseText((angle * 180) / Math.PI),
  };
}
