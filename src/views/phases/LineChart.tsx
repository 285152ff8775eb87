import type { ReactNode } from 'react';
import { niceTicks } from '../../ui/ticks.ts';
import { useSize } from '../../ui/useSize.ts';

export interface ChartLine {
  readonly name: ReactNode;
  readonly key: string;
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
  readonly colour: string;
  /** SVG dash pattern: lines are told apart without colour. */
  readonly dash?: string;
  /** Which of the two vertical axes it belongs to. */
  readonly axis?: 'left' | 'right';
}

export interface ChartAxis {
  readonly title: ReactNode;
  readonly range: readonly [number, number];
}

export interface LineChartProps {
  readonly lines: readonly ChartLine[];
  readonly x: ChartAxis;
  readonly left: ChartAxis;
  readonly right?: ChartAxis;
  /** A vertical dotted line. */
  readonly mark?: { readonly at: number; readonly text: string } | null;
  readonly label: string;
}

const PAD = { left: 46, top: 24, bottom: 34 } as const;

/** Lines over one horizontal and one or two vertical axes, each with its quantity and unit. */
export function LineChart({ lines, x, left, right, mark = null, label }: LineChartProps): ReactNode {
  const [ref, { width, height }] = useSize<HTMLDivElement>();
  const padRight = right ? 46 : 14;
  const inner = { width: width - PAD.left - padRight, height: height - PAD.top - PAD.bottom };
  const at =
    (axis: ChartAxis, from: number, length: number) =>
    (value: number): number =>
      from + (length * (value - axis.range[0])) / (axis.range[1] - axis.range[0]);
  const px = at(x, PAD.left, inner.width);
  const py = at(left, PAD.top + inner.height, -inner.height);
  const pr = right ? at(right, PAD.top + inner.height, -inner.height) : py;
  const ticks = (axis: ChartAxis, count: number): { value: number; text: string }[] => {
    const { values, decimals } = niceTicks(axis.range[0], axis.range[1], count);
    return values.map(value => ({ value, text: value.toFixed(decimals).replace('-', '−') }));
  };
  const bottom = PAD.top + inner.height;
  const rows = Math.max(2, Math.min(5, inner.height / 34));
  return (
    <div className="line-chart" ref={ref}>
      {inner.width > 40 && inner.height > 30 && (
        <svg width={width} height={height} role="img" aria-label={label}>
          {ticks(left, rows).map(({ value, text }) => (
            <g key={value}>
              <line x1={PAD.left} x2={width - padRight} y1={py(value)} y2={py(value)} stroke="var(--grid)" />
              <text x={PAD.left - 7} y={py(value) + 4} textAnchor="end">
                {text}
              </text>
            </g>
          ))}
          {right &&
            ticks(right, rows).map(({ value, text }) => (
              <text key={value} x={width - padRight + 7} y={pr(value) + 4}>
                {text}
              </text>
            ))}
          {ticks(x, Math.max(2, inner.width / 80)).map(({ value, text }) => (
            <g key={value}>
              <line x1={px(value)} x2={px(value)} y1={bottom} y2={bottom + 4} stroke="var(--axis)" />
              <text x={px(value)} y={bottom + 16} textAnchor="middle">
                {text}
              </text>
            </g>
          ))}
          <g stroke="var(--axis)">
            <line x1={PAD.left} x2={width - padRight} y1={bottom} y2={bottom} />
            <line x1={PAD.left} x2={PAD.left} y1={PAD.top} y2={bottom} />
            {right && <line x1={width - padRight} x2={width - padRight} y1={PAD.top} y2={bottom} />}
          </g>
          <text x={PAD.left} y={13}>
            {left.title}
          </text>
          {right && (
            <text x={width - padRight} y={13} textAnchor="end">
              {right.title}
            </text>
          )}
          <text x={width - padRight} y={height - 4} textAnchor="end">
            {x.title}
          </text>
          {mark && (
            <g>
              <line
                x1={px(mark.at)}
                x2={px(mark.at)}
                y1={PAD.top}
                y2={bottom}
                stroke="var(--ink2)"
                strokeDasharray="1.5 3"
              />
              <text x={px(mark.at) + 4} y={PAD.top + 10}>
                {mark.text}
              </text>
            </g>
          )}
          {lines.map(line => (
            <path
              key={line.key}
              d={pathOf(line, px, line.axis === 'right' ? pr : py)}
              fill="none"
              stroke={line.colour}
              strokeWidth="1.8"
              strokeDasharray={line.dash}
              strokeLinejoin="round"
            />
          ))}
        </svg>
      )}
    </div>
  );
}

/** Broken where a value is no number. */
function pathOf({ xs, ys }: ChartLine, px: (x: number) => number, py: (y: number) => number): string {
  let pen = false;
  let path = '';
  for (let i = 0; i < xs.length; i++) {
    if (!Number.isFinite(ys[i])) {
      pen = false;
      continue;
    }
    path += `${pen ? 'L' : 'M'}${px(xs[i]!).toFixed(1)} ${py(ys[i]!).toFixed(1)}`;
    pen = true;
  }
  return path;
}

/** Names of the lines with a piece of each. */
export function ChartLegend({ lines }: { lines: readonly ChartLine[] }): ReactNode {
  return (
    <ul className="chart-legend">
      {lines.map(({ key, name, colour, dash }) => (
        <li key={key}>
          <svg width="22" height="8" aria-hidden="true">
            <path d="M0 4h22" stroke={colour} strokeWidth="2" strokeDasharray={dash} />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}
