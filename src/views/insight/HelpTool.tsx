import type { ReactNode } from 'react';
import { STRATEGY_IDS, type StrategyId } from '../../optimise/strategy.ts';
import { setInsight } from '../../state/insight/insightActions.ts';
import { INSIGHT, type InsightInputs } from '../../state/insight/insightSettings.ts';
import { SUCCESS_STARTS, successJob } from '../../state/insight/successJob.ts';
import { useBraggscape } from '../../state/store.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { formatNumber } from '../../ui/format.ts';
import { NumberField } from '../../ui/NumberField.tsx';
import { Info } from '../../ui/Popover.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Row } from '../controls/Section.tsx';
import { ProgressLine } from '../ProgressLine.tsx';
import { helpLook } from './helpLook.ts';
import { Share } from './Share.tsx';

type NumberKey = 'helpMomentum' | 'helpStarts' | 'helpWidth' | 'helpPull' | 'helpPullSteps' | 'helpJitter';
/** The numbers that a way of descending has. */
const SETTINGS: Readonly<
  Partial<Record<StrategyId, readonly (readonly [NumberKey, string, string, number])[]>>
> = {
  momentum: [['helpMomentum', 'Momentum', '', 0.05]],
  nesterov: [['helpMomentum', 'Momentum', '', 0.05]],
  multiStart: [['helpStarts', 'Descents', '', 1]],
  annealed: [['helpWidth', 'Width at 40° from', '°', 0.5]],
  soft: [
    ['helpPull', 'Pull at the end', 'a step', 0.01],
    ['helpPullSteps', 'Growing over', 'steps', 100],
  ],
  jitter: [['helpJitter', 'Tilt', '°', 0.001]],
};

/** Descents beyond the paper: which, their settings, and how often they reach the truth. */
export function HelpTool(): ReactNode {
  const insight = useBraggscape(state => state.inputs.insight);
  const started = useBraggscape(state => state.inputs.starts.length > 0);
  const toggle = (id: StrategyId, on: boolean): void =>
    setInsight({ help: STRATEGY_IDS.filter(entry => (entry === id ? on : insight.help.includes(entry))) });
  return (
    <div className="insight-tool">
      <p className="rail-note">
        <span className="tag">beyond the paper</span> Descents from the last start, drawn beside the paper’s.
      </p>
      <Segmented
        label="Setting of the descents beyond the paper"
        small
        value={insight.helpMode}
        options={[
          { value: 'unconstrained' as InsightInputs['helpMode'], label: 'Unconstrained' },
          { value: 'constrained', label: 'Constrained' },
        ]}
        onChange={helpMode => setInsight({ helpMode })}
      />
      {STRATEGY_IDS.map(id => {
        const { name, letter, meaning } = helpLook(id);
        const on = insight.help.includes(id);
        return (
          <div key={id} className="help-choice">
            <div className="insight-row">
              <Checkbox checked={on} onChange={checked => toggle(id, checked)}>
                <span className="help-letter" aria-hidden="true">
                  {letter}
                </span>
                {name}
              </Checkbox>
              <Info about={name}>
                <p>{meaning}</p>
              </Info>
            </div>
            {on &&
              SETTINGS[id]?.map(([key, label, unit, step]) => (
                <Row key={key} label={label}>
                  <NumberField
                    label={`${name}: ${label.toLowerCase()}`}
                    unit={unit}
                    step={step}
                    min={INSIGHT[key].codec.limits[0]}
                    max={INSIGHT[key].codec.limits[1]}
                    value={insight[key]}
                    onChange={value =>
                      void setInsight({
                        [key]: key === 'helpStarts' || key === 'helpPullSteps' ? Math.round(value) : value,
                      })
                    }
                  />
                </Row>
              ))}
          </div>
        );
      })}
      {insight.help.length > 0 && !started && <p className="rail-note">Click the map to drop a start.</p>}
      <HelpRuns />
      <Successes />
    </div>
  );
}

/** Where the descents on the map ended. */
function HelpRuns(): ReactNode {
  const runs = useBraggscape(state => state.analysis.helpRuns);
  if (runs.length === 0) return null;
  return (
    <table className="insight-table" data-testid="help-runs">
      <thead>
        <tr>
          <th scope="col">descent</th>
          <th scope="col">loss</th>
          <th scope="col">steps</th>
        </tr>
      </thead>
      <tbody>
        {runs.map(run => (
          <tr key={run.strategy} data-status={run.status}>
            <th scope="row">
              <span className="help-letter">{helpLook(run.strategy).letter}</span>{' '}
              {helpLook(run.strategy).name}
            </th>
            <td className="number">
              {run.status === 'failed'
                ? run.message
                : run.count
                  ? formatNumber(run.losses[run.count - 1]!, 3)
                  : '…'}
            </td>
            <td className="number">{formatNumber(run.end?.steps ?? Math.max(0, run.count - 1), 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Successes(): ReactNode {
  const successes = useBraggscape(state => state.analysis.successes);
  const job = useBraggscape(state => state.analysis.successJob);
  const seed = useBraggscape(state => state.inputs.insight.seed);
  return (
    <>
      <div className="insight-row">
        <button
          type="button"
          className="button small"
          disabled={job.status === 'computing'}
          onClick={() => void successJob.start()}
        >
          Count successes
        </button>
        <Info about="the success shares">
          <p>
            {SUCCESS_STARTS} starts drawn uniformly from the ±10 % box with seed {seed}, the same for every
            way of descending; the settings are those of the Descent section. Reached: every length within 1
            %, every angle within 1° of the truth at the last iterate. 95 % Jeffreys interval.
          </p>
        </Info>
        <span className="spacer" />
        <span className="quiet">seed</span>
        <NumberField
          label="Seed"
          step={1}
          min={INSIGHT.seed.codec.limits[0]}
          max={INSIGHT.seed.codec.limits[1]}
          steppers={false}
          value={seed}
          onChange={value => void setInsight({ seed: Math.round(value) })}
        />
      </div>
      <ProgressLine className="insight-status" progress={job} unit="descents" cancel={successJob.cancel} />
      {successes.length > 0 && (
        <table className="insight-table" data-testid="successes">
          <thead>
            <tr>
              <th scope="col">descent</th>
              <th scope="col">reaches the truth</th>
              <th scope="col">steps</th>
            </tr>
          </thead>
          <tbody>
            {successes.map(({ strategy, reached, starts, steps }) => (
              <tr key={strategy}>
                <th scope="row">{helpLook(strategy).name}</th>
                <td>
                  <Share reached={reached} of={starts} />
                </td>
                <td className="number">{formatNumber(steps, 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
