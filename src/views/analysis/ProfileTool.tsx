import type { ReactNode } from 'react';
import { fieldRange } from '../../landscape/minima.ts';
import { axisLines } from '../../landscape/profile.ts';
import { type Slice, sliceParameter } from '../../landscape/slice.ts';
import { setAnalysis } from '../../state/analysis/analysisSettings.ts';
import { analysis, type ProfileResult } from '../../state/analysis/analysisSlice.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { askedSlice } from '../../state/explore/selectors.ts';
import { Button } from '../../ui/Button.tsx';
import { Chart } from '../../ui/Chart.tsx';
import { formatNumber } from '../../ui/format.ts';
import { NumberField } from '../../ui/NumberField.tsx';
import { axisTitle, isItalic, parameterField, plainName } from '../CellParameter.tsx';
import styles from './ProfileTool.module.css';
import { Tool } from './Tool.tsx';

/** The loss along a line: the symmetry axes one click away, any line by drawing or by numbers. */
export function ProfileTool(): ReactNode {
  const slice = useBraggscape(askedSlice);
  const line = useBraggscape(state => state.inputs.analysis.line);
  const drawing = useBraggscape(state => state.analysis.drawing);
  const profile = useBraggscape(
    state => state.analysis.profiles.find(({ loss }) => loss === state.analysis.profiles[0]?.loss) ?? null,
  );
  if (!slice) return null;
  const axes = [sliceParameter(slice, 'x'), sliceParameter(slice, 'y')] as const;
  const lines = axisLines(slice, [axes[0].value, axes[1].value]);
  const name = (label: string): string =>
    label === 'along x'
      ? `along ${plainName(axes[0])}`
      : label === 'along y'
        ? `along ${plainName(axes[1])}`
        : label;
  return (
    <Tool
      title="Profile"
      about="the profile"
      help={[
        'The loss at 241 equal steps along a line of the slice, float64. The symmetry axes are those of the crystal family; along them the gradient across vanishes. “Draw” makes the next drag on the map the line.',
      ]}
      aside={
        <>
          <Button small aria-pressed={drawing} onClick={() => analysis.set({ drawing: !drawing })}>
            {drawing ? 'Drag on the map' : 'Draw'}
          </Button>
          {line && (
            <Button kind="text" onClick={() => setAnalysis({ line: null })}>
              Remove
            </Button>
          )}
        </>
      }
    >
      <div className={styles.chips}>
        {lines.map(entry => (
          <Button
            key={entry.label}
            small
            aria-pressed={line?.every((value, i) => Math.abs(value - entry.line[i]!) < 1e-9) ?? false}
            onClick={() => setAnalysis({ line: entry.line.map(rounded) as unknown as typeof entry.line })}
          >
            {name(entry.label)}
          </Button>
        ))}
      </div>
      {line && (
        <>
          <div className={styles.ends}>
            {([0, 1, 2, 3] as const).map(i => {
              const parameter = axes[i % 2]!;
              return (
                <NumberField
                  key={i}
                  label={`${i < 2 ? 'From' : 'To'} ${parameter.id}`}
                  {...parameterField(parameter)}
                  value={line[i]}
                  onChange={value =>
                    void setAnalysis({
                      line: line.map((old, j) => (j === i ? value : old)) as unknown as typeof line,
                    })
                  }
                />
              );
            })}
          </div>
          {profile && <ProfileChart profile={profile} slice={slice} />}
        </>
      )}
    </Tool>
  );
}

/** As many digits as a link carries. */
const rounded = (value: number): number => Number(value.toPrecision(10));

/** The loss along a line as a chart; its axis runs along the parameter that changes more. */
function ProfileChart({ profile, slice }: { profile: ProfileResult; slice: Slice }): ReactNode {
  const hover = useBraggscape(state => state.hover);
  const { line, values } = profile;
  const spanX = Math.abs(line[2] - line[0]) / (slice.xRange[1] - slice.xRange[0]);
  const spanY = Math.abs(line[3] - line[1]) / (slice.yRange[1] - slice.yRange[0]);
  const parameter = sliceParameter(slice, spanX >= spanY ? 'x' : 'y');
  const [from, to] = spanX >= spanY ? [line[0], line[2]] : [line[1], line[3]];
  const [least, most] = fieldRange(values);
  const [low, high] = least < most ? [least, most] : [least - 0.5, least + 0.5];
  const at = (share: number): number => from + share * (to - from);
  const near = hover && at(nearestShare(line, slice, hover));
  return (
    <div data-testid="profile">
      <Chart
        label={`Loss along the line, from ${formatNumber(low, 3)} to ${formatNumber(high, 3)}`}
        height={128}
        margin={{ left: 40, right: 8, top: 8, bottom: 30 }}
        x={{
          range: [from, to],
          ticks: 4,
          title: <tspan fontStyle={isItalic(parameter) ? 'italic' : undefined}>{axisTitle(parameter)}</tspan>,
        }}
        y={{ range: [low, high], ticks: 3, title: 'loss' }}
        lines={[
          {
            key: 'loss',
            xs: Float64Array.from(values, (_, i) => at(i / (values.length - 1))),
            ys: values,
            colour: 'var(--ink)',
            width: 1.4,
          },
        ]}
        rules={near === null ? [] : [{ key: 'pointer', x: near, colour: 'var(--current)' }]}
      />
    </div>
  );
}

/** Share of the line at the point nearest to a point of the slice, both axes in units of their range. */
function nearestShare(
  [x0, y0, x1, y1]: ProfileResult['line'],
  { xRange, yRange }: Slice,
  point: { readonly x: number; readonly y: number },
): number {
  const [sx, sy] = [xRange[1] - xRange[0], yRange[1] - yRange[0]];
  const [dx, dy] = [(x1 - x0) / sx, (y1 - y0) / sy];
  const along = ((point.x - x0) / sx) * dx + ((point.y - y0) / sy) * dy;
  return Math.max(0, Math.min(1, along / (dx * dx + dy * dy || 1)));
}
