import type { ReactNode } from 'react';
import { STRATEGY_IDS, type StrategyId } from '../../optimise/strategy.ts';
import { ANALYSIS, setAnalysis } from '../../state/analysis/analysisSettings.ts';
import { cellRests, OF_CELL } from '../../state/analysis/strategyCalls.ts';
import { SUCCESS_STARTS, successJob } from '../../state/analysis/successJob.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import { ProgressLine } from '../ProgressLine.tsx';
import rail from '../Section.module.css';
import { SettingInput, SettingRow } from '../SettingRow.tsx';
import tools from './AnalysisPanel.module.css';
import { Share } from './Share.tsx';
import styles from './StrategyTool.module.css';
import { type StrategyStyle, strategyStyle } from './strategyStyle.ts';

/** The numbers that a way of descending has. */
const SETTINGS: Readonly<Partial<Record<StrategyId, readonly (keyof typeof ANALYSIS)[]>>> = {
  momentum: ['strategyMomentum'],
  nesterov: ['strategyMomentum'],
  multiStart: ['strategyStarts'],
  annealed: ['strategyWidth'],
  soft: ['strategyPull', 'strategyPullSteps'],
  jitter: ['strategyJitter'],
};

/** Descents beyond the paper: which, their settings, and how often they reach the truth. */
export function StrategyTool(): ReactNode {
  const analysis = useBraggscape(state => state.inputs.analysis);
  const started = useBraggscape(state => state.inputs.starts.length > 0);
  const still = useBraggscape(cellRests);
  const toggle = (id: StrategyId, on: boolean): void =>
    setAnalysis({
      strategies: STRATEGY_IDS.filter(entry => (entry === id ? on : analysis.strategies.includes(entry))),
    });
  return (
    <div className={tools.tool}>
      <p className={rail.note}>
        <span className={tools.tag}>beyond the paper</span> Descents from the last start, drawn beside the
        paper’s.
      </p>
      <SettingInput of="analysis.strategyMode" small />
      {STRATEGY_IDS.map(id => {
        const { name, letter, meaning } = strategyStyle(id);
        const on = analysis.strategies.includes(id);
        return (
          <div key={id}>
            <div className={tools.row}>
              <Checkbox
                checked={on}
                disabled={still && OF_CELL.includes(id)}
                onChange={checked => toggle(id, checked)}
              >
                <span className={styles.letter} aria-hidden="true">
                  {letter}
                </span>
                {name}
              </Checkbox>
              <Info about={name} help={[meaning]} />
            </div>
            {on &&
              SETTINGS[id]?.map(key => (
                <SettingRow
                  key={key}
                  of={`analysis.${key}`}
                  name={`${name}: ${ANALYSIS[key].row?.toLowerCase()}`}
                />
              ))}
          </div>
        );
      })}
      {still && (
        <p className={rail.note}>
          {OF_CELL.map(id => strategyStyle(id).name).join(', ')}: these act on the shape of the cell, which
          stays as it is on this map.
        </p>
      )}
      {analysis.strategies.length > 0 && !started && (
        <p className={rail.note}>Click the map to drop a start.</p>
      )}
      <StrategyRun />
      <Successes />
    </div>
  );
}

/** A way of descending with the letter of its path on the map. */
function Lettered({ id }: { id: StrategyStyle['id'] }): ReactNode {
  const { letter, name } = strategyStyle(id);
  return (
    <>
      <span className={styles.letter}>{letter}</span> {name}
    </>
  );
}

/** Ends of the descents on the map. */
function StrategyRun(): ReactNode {
  const runs = useBraggscape(state => state.analysis.strategyRuns);
  if (runs.length === 0) return null;
  return (
    <DataTable
      caption="Ends of the descents beyond the paper"
      testId="strategy-runs"
      rows={runs}
      rowKey={({ strategy }) => strategy}
      rowProps={({ status }) => ({ 'data-status': status })}
      columns={[
        {
          head: 'descent',
          cell: ({ strategy }) => <Lettered id={strategy} />,
        },
        {
          head: 'loss',
          cell: run =>
            run.status === 'failed'
              ? run.message
              : run.count
                ? formatNumber(run.losses[run.count - 1]!, 3)
                : '…',
        },
        { head: 'steps', cell: run => formatNumber(run.end?.steps ?? Math.max(0, run.count - 1), 0) },
      ]}
    />
  );
}

function Successes(): ReactNode {
  const successes = useBraggscape(state => state.analysis.successes);
  const job = useBraggscape(state => state.analysis.successJob);
  const seed = useBraggscape(state => state.inputs.analysis.seed);
  return (
    <>
      <div className={tools.row}>
        <Button small disabled={job.status === 'computing'} onClick={() => void successJob.start()}>
          Count successes
        </Button>
        <Info
          about="the success shares"
          help={[
            `${SUCCESS_STARTS} starts drawn uniformly from the ±10 % box with seed ${seed}, the same for every way of descending; the settings are those of the Descent section. Reached: every length within 1 %, every angle within 1° of the truth at the last iterate. 95 % Jeffreys interval.`,
          ]}
        />
        <span className="spacer" />
        <span className="quiet">seed</span>
        <SettingInput of="analysis.seed" />
      </div>
      <ProgressLine className={tools.status} progress={job} unit="descents" cancel={successJob.cancel} />
      {successes.length > 0 && (
        <DataTable
          caption="Successes of the descents beyond the paper"
          testId="successes"
          rows={successes}
          rowKey={({ strategy }) => strategy}
          columns={[
            { head: 'descent', cell: ({ strategy }) => <Lettered id={strategy} /> },
            {
              head: 'reaches the truth',
              words: true,
              cell: ({ reached, starts }) => <Share reached={reached} of={starts} />,
            },
            { head: 'steps', cell: ({ steps }) => formatNumber(steps, 0) },
          ]}
        />
      )}
    </>
  );
}
