import type { ReactNode } from 'react';
import { STRICT } from '../../optimise/outcome.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { study } from '../../state/study/studySlice.ts';
import type { FinishedTrial } from '../../study/record.ts';
import { CRITERIA } from '../../study/summary.ts';
import { type Treatment, trialId } from '../../study/trialKey.ts';
import { Chart } from '../../ui/Chart.tsx';
import { formatNumber, formatPercent } from '../../ui/format.ts';
import styles from './StripPanel.module.css';
import { StudyPanel } from './StudyPanel.tsx';
import { settingStyle } from './settingStyle.ts';
import type { Shown } from './shown.ts';

/** Distance of an end from the truth, on a logarithmic axis, with the strict limit. */
interface Measure {
  readonly label: string;
  readonly ticks: readonly number[];
  readonly limit: number;
  readonly text: (value: number) => string;
  readonly value: (trial: FinishedTrial) => number;
}

const LATTICE: readonly Measure[] = [
  {
    label: 'worst length as it is, off by',
    ticks: [1e-4, 1e-3, 1e-2, 0.1, 1],
    limit: STRICT.length,
    text: value => formatPercent(value, value < 0.001 ? 2 : value < 0.01 ? 1 : 0),
    value: ({ off }) => off[0],
  },
  {
    label: 'worst angle as it is, off by',
    ticks: [0.01, 0.1, 1, 10, 100],
    limit: STRICT.angle,
    text: value => `${value}°`,
    value: ({ off }) => off[1],
  },
];

const COORDINATES: readonly Measure[] = [
  {
    label: 'largest displacement / Å',
    ticks: [1e-3, 1e-2, 0.1, 1, 10],
    limit: STRICT.displacement,
    text: value => formatNumber(value, value < 0.01 ? 3 : value < 0.1 ? 2 : value < 1 ? 1 : 0),
    value: ({ match }) => (match.maximum ?? Number.NaN) * match.freeLength,
  },
];

const MEASURES = { lattice: LATTICE, coordinates: COORDINATES, both: [...LATTICE, ...COORDINATES] };

const ROW = 46;

/** Ends of the descents: one strip a setting, every trial a mark. */
export function StripPanel({ shown, level }: { shown: Shown; level: number | null }): ReactNode {
  const { noise } = useBraggscape(state => state.inputs.study);
  const trials = shown.trials.filter(({ sigma }) => sigma === level);
  return (
    <StudyPanel
      className={styles.panel}
      title={<>Where descents end, σ = {level ?? '–'}</>}
      about="the strips"
      help={[
        'Every mark is a trial; its height within the strip is only there to keep marks apart. The line is the limit of strict recovery: lengths within 0.5 %, angles within 0.5°; for coordinates a match with no atom further than 0.05 Å from its place. Filled marks count as success by the criterion chosen. What is nearer to the truth than the axis shows stands at its left end.',
      ]}
    >
      <div className={styles.strips}>
        {MEASURES[noise].map(measure => (
          <Strips key={measure.label} measure={measure} trials={trials} settings={shown.settings} />
        ))}
      </div>
    </StudyPanel>
  );
}

function Strips(props: {
  readonly measure: Measure;
  readonly trials: readonly FinishedTrial[];
  readonly settings: readonly Treatment[];
}): ReactNode {
  const { measure, trials, settings } = props;
  const criterion = useBraggscape(state => state.inputs.study.criterion);
  const selected = useBraggscape(state => state.study.selected);
  const { label, ticks, limit, text, value } = measure;
  return (
    <Chart
      label={`${label} the truth, by setting`}
      height={ROW * settings.length + 40}
      margin={{ left: 146, right: 16, top: 0, bottom: 40 }}
      x={{ range: [ticks[0]!, ticks.at(-1)!], log: true, ticks, format: text, grid: true, title: label }}
      y={{
        range: [settings.length, 0],
        grid: false,
        ticks: settings.map((_, row) => row + 0.5),
        format: at => {
          const style = settingStyle(settings[at - 0.5]!);
          return <tspan fill={style.text}>{style.name}</tspan>;
        },
      }}
      rules={[{ key: 'limit', x: limit, colour: 'var(--ink)', dash: '4 3' }]}
      points={trials
        .filter(trial => settings.includes(trial.setting) && Number.isFinite(value(trial)))
        .map(trial => ({
          key: trialId(trial),
          x: value(trial),
          y: settings.indexOf(trial.setting) + 0.5 + 0.33 * spread(trial.seed),
          colour: settingStyle(trial.setting).line,
          filled: CRITERIA[criterion](trial),
        }))}
      radius={2.6}
      chosen={selected}
      onPoint={id => study.set({ selected: id })}
    />
  );
}

/** −1 … 1 from a seed: the same place at every redraw. */
const spread = (seed: number): number => ((seed % 997) / 996) * 2 - 1;
