import { type ReactNode, useEffect, useState } from 'react';
import { PAPER_INSTRUMENT } from '../../diffraction/instrument.ts';
import { loadStructure } from '../../state/loadStructure.ts';
import { type TrialRow, trialRows } from '../../state/study/trialRows.ts';
import { type FinishedTrial, isMatch } from '../../study/record.ts';
import { Formula } from '../../ui/Formula.tsx';
import { formatNumber, formatPercent } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import { useSize } from '../../ui/useSize.ts';
import { Gauge } from './Gauge.tsx';
import { gaugesOf } from './nearMisses.ts';
import { OpenTrialButton } from './OpenTrialButton.tsx';
import { type Selected, useSelected } from './selectedTrial.ts';
import { settingLook } from './settingLook.ts';

type Drawn =
  | { readonly key: FinishedTrial; readonly rows: readonly TrialRow[] }
  | { readonly failure: string }
  | null;

/** One trial in the manner of the paper's Figure 5: the patterns of truth, start and ends, with their verdicts. */
export function TrialPanel(): ReactNode {
  const selected = useSelected();
  const drawn = useRows(selected);
  return (
    <section className="study-panel trial-panel" aria-labelledby="study-trial">
      <header>
        <h2 id="study-trial">One trial</h2>
        <Info about="the trial">
          <p>
            Simulated patterns in the manner of the paper’s Figure 5: the truth, the distorted start, and
            where the descents from it end, each over its own maximum, with ticks at its reflections. The
            numbers beside are the cosine similarity with the truth and what the matcher measured.
          </p>
        </Info>
        {selected && (
          <span className="quiet">
            <Formula text={selected.trial.structure} />, {selected.trial.noise} σ = {selected.trial.sigma},
            copy {selected.trial.variant}, seed {selected.trial.seed}
          </span>
        )}
        <span className="spacer" />
        <OpenTrialButton />
      </header>
      {!selected && <p className="note">Choose a point or a row to see its patterns and its verdict.</p>}
      {drawn && 'failure' in drawn && <p className="note">{drawn.failure}</p>}
      {drawn &&
        'rows' in drawn &&
        drawn.rows.map(row => <Row key={row.setting} row={row} chosen={row.trial === drawn.key} />)}
      {drawn && 'rows' in drawn && <Axis />}
    </section>
  );
}

function useRows(selected: Selected | null): Drawn {
  const [drawn, setDrawn] = useState<Drawn>(null);
  useEffect(() => {
    if (!selected) return setDrawn(null);
    const { trial, study } = selected;
    const control = new AbortController();
    loadStructure(trial.structure, control.signal).then(
      structure =>
        control.signal.aborted ||
        setDrawn({ key: trial, rows: trialRows(trial, study.records, structure, study.conditions) }),
      (error: Error) => control.signal.aborted || setDrawn({ failure: error.message }),
    );
    return () => control.abort();
  }, [selected]);
  return drawn;
}

const HEIGHT = 66;
const [LOW, HIGH] = [5, PAPER_INSTRUMENT.twoThetaMax];

function Row({ row, chosen }: { row: TrialRow; chosen: boolean }): ReactNode {
  const { setting, trial } = row;
  const look =
    setting === 'truth' ? { name: 'truth', line: 'var(--ink2)', text: 'var(--ink)' } : settingLook(setting);
  const [box, { width }] = useSize<HTMLDivElement>();
  const x = (twoTheta: number): number => (width * (twoTheta - LOW)) / (HIGH - LOW);
  const step = PAPER_INSTRUMENT.step * row.stride;
  const points = Array.from(row.pattern, (value, i) => [step * i, value] as const).filter(
    ([at]) => at >= LOW,
  );
  const path = points.map(([at, value]) => `${x(at).toFixed(1)} ${(52 - 48 * value).toFixed(1)}`).join('L');
  return (
    <div className={chosen ? 'trial-row chosen' : 'trial-row'}>
      <span className="trial-name" style={{ color: look.text }}>
        {look.name}
      </span>
      <div ref={box} className="trial-plot">
        {width > 0 && (
          <svg width={width} height={HEIGHT} role="img" aria-label={`Pattern: ${look.name}`}>
            <line x1={0} x2={width} y1={52} y2={52} stroke="var(--axis)" />
            <path d={`M${path}`} fill="none" stroke={look.line} strokeWidth={1.3} />
            <path
              d={row.ticks.map(at => `M${x(at).toFixed(1)} 56v7`).join('')}
              stroke={look.line}
              strokeOpacity={0.7}
            />
          </svg>
        )}
      </div>
      <div className="trial-verdict">
        {trial ? <Verdict trial={trial} /> : <span className="quiet">what is sought</span>}
      </div>
    </div>
  );
}

function Verdict({ trial }: { trial: FinishedTrial }): ReactNode {
  const [length, angle, displacement] = gaugesOf(trial);
  return (
    <>
      <span>
        <b>{isMatch(trial) ? 'match' : 'no match'}</b>, similarity {formatNumber(trial.cosine, 3)}
        {trial.loss && <span className="quiet"> after {formatNumber(trial.steps, 0)} steps</span>}
      </span>
      <span className="gauges">
        length <Gauge gauge={length} text={value => formatPercent(value, 1)} />
      </span>
      <span className="gauges">
        angle <Gauge gauge={angle} text={value => `${formatNumber(value, 1)}°`} />
      </span>
      <span className="gauges">
        atoms <Gauge gauge={displacement} text={value => formatNumber(value, 2)} />
      </span>
    </>
  );
}

function Axis(): ReactNode {
  return (
    <div className="trial-row axis-row" aria-hidden="true">
      <span className="trial-name">2θ / °</span>
      <div className="trial-axis">
        {[10, 30, 50, 70, 90].map(tick => (
          <span key={tick} style={{ left: `${(100 * (tick - LOW)) / (HIGH - LOW)}%` }}>
            {tick}
          </span>
        ))}
      </div>
      <span className="trial-verdict" />
    </div>
  );
}
