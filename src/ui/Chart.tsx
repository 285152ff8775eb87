import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from 'd3-scale';
import type { MouseEvent, ReactNode, SVGProps } from 'react';
import styles from './Chart.module.css';
import { linePath } from './linePath.ts';
import { Prose } from './Prose.tsx';
import { useSize } from './useSize.ts';

export type ChartScale = ScaleContinuousNumeric<number, number>;

export interface ChartAxis {
  /** At the left and at the right, or below and above. */
  readonly range: readonly [number, number];
  readonly log?: boolean;
  readonly title?: ReactNode;
  /** About so many round values, or these; as many as have room where it is left out. */
  readonly ticks?: number | readonly number[];
  readonly format?: (value: number, text: string) => ReactNode;
  readonly grid?: boolean;
}

export interface ChartLine {
  readonly key: string;
  /** In the legend. */
  readonly name?: ReactNode;
  /** 0, 1, 2, … where they are left out. */
  readonly xs?: ArrayLike<number>;
  /** The line breaks where a value is no number. */
  readonly ys: ArrayLike<number>;
  readonly colour: string;
  /** SVG dash pattern: lines are told apart without colour. */
  readonly dash?: string | undefined;
  readonly width?: number;
  readonly cap?: 'round' | 'butt';
  /** Of the two vertical axes. */
  readonly axis?: 'left' | 'right';
}

export interface ChartPoint {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly colour: string;
  readonly filled: boolean;
}

/** A line across the whole chart, with words beside it. */
export interface ChartRule {
  readonly key: string;
  readonly x: number;
  readonly text?: string;
  readonly colour: string;
  readonly dash?: string | undefined;
}

/** Scales from data to pixels, and the edges of what they span. */
export interface ChartFrame {
  readonly x: ChartScale;
  readonly y: ChartScale;
  readonly right: ChartScale;
  readonly start: number;
  readonly end: number;
  readonly top: number;
  readonly bottom: number;
}

export interface ChartProps {
  /** Description for a screen reader; a chart without is an ornament of the text beside it. */
  readonly label?: string;
  /** For exports and tests. */
  readonly name?: string;
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly right?: ChartAxis;
  readonly margin?: Readonly<Record<'left' | 'right' | 'top' | 'bottom', number>>;
  /** Fixed lengths; the box that the chart fills gives the others. */
  readonly width?: number;
  readonly height?: number;
  readonly className?: string | undefined;
  readonly lines?: readonly ChartLine[];
  readonly points?: readonly ChartPoint[];
  readonly radius?: number;
  readonly chosen?: string | null;
  readonly rules?: readonly ChartRule[];
  /** The point nearest to a click, if any is near. */
  onPoint?(key: string): void;
  /** Value of x under the pointer; null when it leaves. */
  onHover?(x: number | null): void;
  /** Marks of the caller's own. */
  children?(frame: ChartFrame): ReactNode;
}

/** Axes, ticks, grid and titles around lines, points and rules: every chart of the pages. */
export function Chart(props: ChartProps): ReactNode {
  const { label, name, x, y, right, lines = [], points = [], rules = [], children } = props;
  const margin = props.margin ?? { left: 46, right: right ? 46 : 14, top: 24, bottom: 34 };
  const [ref, box] = useSize<HTMLDivElement>();
  const { width = box.width, height = box.height } = props;
  const [start, end, top, bottom] = [margin.left, width - margin.right, margin.top, height - margin.bottom];
  const frame: ChartFrame = {
    x: scaleOf(x, start, end),
    y: scaleOf(y, bottom, top),
    right: scaleOf(right ?? y, bottom, top),
    ...{ start, end, top, bottom },
  };
  const rows = Math.max(2, Math.min(5, (bottom - top) / 34));
  const yTicks = ticksOf(y, frame.y, rows);
  const xTicks = ticksOf(x, frame.x, Math.max(2, (end - start) / 80));
  const place = (event: MouseEvent<SVGSVGElement>): readonly [number, number] => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  const press = (event: MouseEvent<SVGSVGElement>): void => {
    const at = place(event);
    const far = (point: ChartPoint): number => Math.hypot(frame.x(point.x) - at[0], frame.y(point.y) - at[1]);
    const best = points.reduce<ChartPoint | null>((p, q) => (p === null || far(q) < far(p) ? q : p), null);
    if (best && far(best) < NEAR) props.onPoint?.(best.key);
  };
  const hover = (event: MouseEvent<SVGSVGElement>): void =>
    props.onHover?.(frame.x.invert(Math.max(start, Math.min(end, place(event)[0]))));
  const titleY = margin.top < 20 ? height - 4 : 13;
  const ring = points.find(({ key }) => key === props.chosen);
  return (
    <div
      ref={ref}
      className={`${styles.chart} ${props.className ?? ''}`}
      style={{ width: props.width, height: props.height, flex: props.height && 'none' }}
    >
      {end - start > 20 && bottom - top > 15 && (
        // Points are rows of a table beside, which the keyboard reaches; what hovers has its own keys elsewhere.
        <svg
          width={width}
          height={height}
          role={label === undefined ? 'presentation' : 'img'}
          aria-label={label}
          aria-hidden={label === undefined}
          data-chart={name}
          data-pressable={props.onPoint !== undefined}
          onClick={props.onPoint && press}
          onPointerMove={props.onHover && hover}
          onPointerLeave={props.onHover && (() => props.onHover?.(null))}
        >
          {y.grid !== false && (
            <path className={styles.grid} d={yTicks.map(({ at }) => `M${start} ${at}H${end}`).join('')} />
          )}
          <path
            className={x.grid ? styles.grid : styles.axis}
            d={xTicks.map(({ at }) => `M${at} ${x.grid ? top : bottom}V${bottom + 4}`).join('')}
          />
          <Ticks of={yTicks} place={at => ({ x: start - 7, y: at + 4, textAnchor: 'end' })} />
          {right && (
            <Ticks of={ticksOf(right, frame.right, rows)} place={at => ({ x: end + 7, y: at + 4 })} />
          )}
          <Ticks of={xTicks} place={at => ({ x: at, y: bottom + 16, textAnchor: 'middle' })} />
          {xTicks.length > 0 && <path className={styles.axis} d={`M${start} ${bottom}H${end}`} />}
          {right && <path className={styles.axis} d={`M${start} ${top}V${bottom}M${end} ${top}V${bottom}`} />}
          {y.title && (
            <text x={margin.top < 20 ? 2 : start} y={titleY}>
              {y.title}
            </text>
          )}
          {right?.title && (
            <text x={end} y={titleY} textAnchor="end">
              {right.title}
            </text>
          )}
          {x.title && (
            <text className={styles.title} x={end} y={height - 4} textAnchor="end">
              {x.title}
            </text>
          )}
          {rules.map(({ key, x: at, text, colour, dash }) => (
            <g key={key}>
              <path d={`M${frame.x(at)} ${top}V${bottom}`} stroke={colour} strokeDasharray={dash} />
              {text && (
                <text x={frame.x(at) + 4} y={top + 10}>
                  {text}
                </text>
              )}
            </g>
          ))}
          {lines.map(line => (
            <path
              key={line.key}
              data-line={line.key}
              d={linePath(
                line.ys,
                i => frame.x(line.xs ? line.xs[i]! : i),
                line.axis === 'right' ? frame.right : frame.y,
              )}
              fill="none"
              stroke={line.colour}
              strokeWidth={line.width ?? 1.8}
              strokeDasharray={line.dash || undefined}
              strokeLinecap={line.cap}
              strokeLinejoin="round"
            />
          ))}
          {points.map(point => (
            <circle
              key={point.key}
              cx={frame.x(point.x)}
              cy={frame.y(point.y)}
              r={props.radius ?? 3.1}
              fill={point.filled ? point.colour : 'var(--panel)'}
              fillOpacity={point.filled ? 0.85 : 0.6}
              stroke={point.colour}
              strokeWidth={1.2}
            />
          ))}
          {ring && <circle className={styles.ring} cx={frame.x(ring.x)} cy={frame.y(ring.y)} r={7} />}
          {children?.(frame)}
        </svg>
      )}
    </div>
  );
}

/** A click takes the nearest point within so many pixels. */
const NEAR = 14;

interface Tick {
  readonly value: number;
  readonly text: ReactNode;
  /** Pixels along its axis. */
  readonly at: number;
}

/** Words of the ticks of one axis. */
function Ticks(props: { of: readonly Tick[]; place(at: number): SVGProps<SVGTextElement> }): ReactNode {
  return props.of.map(({ value, text, at }) => (
    <text key={value} {...props.place(at)}>
      {text}
    </text>
  ));
}

const scaleOf = ({ range, log }: ChartAxis, from: number, to: number): ChartScale =>
  (log ? scaleLog() : scaleLinear())
    .domain(range)
    .range([from, to])
    .clamp(log ?? false);

function ticksOf({ range, ticks, format }: ChartAxis, scale: ChartScale, room: number): readonly Tick[] {
  const count = typeof ticks === 'number' ? ticks : room;
  const words = scale.tickFormat(count, 'f');
  const text = (value: number): string => words(value).replace('-', '−');
  // A round value at the very end counts although rounding puts it a hair beyond.
  const [low, high] = [range[0] - 1e-6 * (range[1] - range[0]), range[1] + 1e-6 * (range[1] - range[0])];
  const values = typeof ticks === 'object' ? ticks : scale.copy().domain([low, high]).ticks(count);
  return values.map(value => ({
    value,
    text: format ? format(value, text(value)) : text(value),
    at: scale(value),
  }));
}

/** Names of the lines with a piece of each. */
export function ChartLegend({ lines }: { lines: readonly ChartLine[] }): ReactNode {
  return (
    <ul className={styles.legend}>
      {lines.map(({ key, name, colour, dash }) => (
        <li key={key}>
          <svg width="22" height="8" aria-hidden="true">
            <path d="M0 4h22" stroke={colour} strokeWidth="2" strokeDasharray={dash || undefined} />
          </svg>
          <span>
            <Prose text={name} />
          </span>
        </li>
      ))}
    </ul>
  );
}
