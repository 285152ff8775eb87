import type { ReactNode } from 'react';
import { cellIndex, isLength } from '../../crystal/cell.ts';
import { axisLines } from '../../landscape/profile.ts';
import { SYMBOLS } from '../../landscape/symmetryLines.ts';
import { setAnalysis } from '../../state/analysis/analysisSettings.ts';
import { analysis } from '../../state/analysis/analysisSlice.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { chosenFamily, sliceOf } from '../../state/explore/selectors.ts';
import { Button } from '../../ui/Button.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { Info } from '../../ui/Popover.tsx';
import rail from '../Section.module.css';
import tools from './AnalysisPanel.module.css';
import { ProfileChart } from './ProfileChart.tsx';
import styles from './ProfileTool.module.css';

/** The loss along a line: the symmetry axes one click away, any line by drawing or by numbers. */
export function ProfileTool(): ReactNode {
  const truth = useBraggscape(state => state.structure?.cell ?? null);
  const inputs = useBraggscape(state => state.inputs.slice);
  const family = useBraggscape(chosenFamily);
  const line = useBraggscape(state => state.inputs.analysis.line);
  const drawing = useBraggscape(state => state.analysis.drawing);
  const profile = useBraggscape(
    state => state.analysis.profiles.find(({ loss }) => loss === state.analysis.profiles[0]?.loss) ?? null,
  );
  if (!truth) return null;
  const slice = sliceOf({ slice: inputs }, truth, family);
  const lines = axisLines(slice, [truth[cellIndex(slice.x)]!, truth[cellIndex(slice.y)]!]);
  const name = (label: string): string =>
    label === 'along x'
      ? `along ${SYMBOLS[slice.x]}`
      : label === 'along y'
        ? `along ${SYMBOLS[slice.y]}`
        : label;
  return (
    <div className={tools.tool}>
      <div className={tools.row}>
        <span className={rail.label}>
          Profile{' '}
          <Info about="the profile">
            <p>
              The loss at 241 equal steps along a line of the slice, float64. The symmetry axes are those of
              the crystal family; along them the gradient across vanishes. “Draw” makes the next drag on the
              map the line.
            </p>
          </Info>
        </span>
        <span className="spacer" />
        <Button small aria-pressed={drawing} onClick={() => analysis.set({ drawing: !drawing })}>
          {drawing ? 'Drag on the map' : 'Draw'}
        </Button>
        {line && (
          <Button kind="text" onClick={() => setAnalysis({ line: null })}>
            Remove
          </Button>
        )}
      </div>
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
              const key = i % 2 === 0 ? slice.x : slice.y;
              return (
                <NumberField
                  key={i}
                  label={`${i < 2 ? 'From' : 'To'} ${key}`}
                  unit={isLength(key) ? 'Å' : '°'}
                  step={isLength(key) ? 0.01 : 0.5}
                  decimals={isLength(key) ? 3 : 2}
                  steppers={false}
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
    </div>
  );
}

/** As many digits as a link carries. */
const rounded = (value: number): number => Number(value.toPrecision(10));
