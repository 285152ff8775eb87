import { type ReactNode, useRef } from 'react';
import { LIBRARY } from '../../crystal/library.ts';
import { PAPER_LOSSES } from '../../losses/registry.ts';
import { NOISE_LEVELS } from '../../noise/noise.ts';
import { defaultsOf } from '../../state/core/settings.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { changeSettings } from '../../state/core/undo.ts';
import { mergeFiles } from '../../state/study/studyFiles.ts';
import { levelsOf, planOfInputs, presetAt, presetInputs } from '../../state/study/studyPlan.ts';
import {
  type SeriesId,
  STUDY,
  type StudyInputs,
  setNoise,
  setStudy,
} from '../../state/study/studySettings.ts';
import { descentCount } from '../../study/plan.ts';
import { learningRateOf, STUDY_PRESETS } from '../../study/presets.ts';
import { searchesOf } from '../../study/searches.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { formatDuration, formatNumber, formatPlain } from '../../ui/format.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { MODE_STYLES } from '../modeStyle.ts';
import { SampleLine } from '../SampleLine.tsx';
import rail from '../Section.module.css';
import { DiffersNote, Row, Section } from '../Section.tsx';
import { SettingControl } from '../SettingControl.tsx';
import { SettingInput, SettingRow } from '../SettingRow.tsx';
import { forecastSeconds } from './forecast.ts';
import { StructureName } from './StructureName.tsx';
import { saveStudy } from './StudyExports.tsx';
import styles from './StudyRail.module.css';

/** The plan of the next run. */
export function StudyRail(): ReactNode {
  const inputs = useBraggscape(state => state.inputs.study);
  return (
    <div className={`${rail.rail} ${styles.rail}`}>
      <PlanSection inputs={inputs} />
      <StructuresSection inputs={inputs} />
      <DistortionSection inputs={inputs} />
      <DescentsSection inputs={inputs} />
      <ForecastSection inputs={inputs} />
    </div>
  );
}

const PAPER = { ...defaultsOf(STUDY), ...presetInputs('paper', defaultsOf(STUDY)) };

/** Settings that differ from the paper’s grid of this noise kind. */
function differing(inputs: StudyInputs): number {
  const paper = { ...PAPER, ...presetInputs('paper', inputs) };
  const text = (value: unknown): string =>
    Array.isArray(value) ? [...(value as unknown[])].map(String).sort().join() : String(value);
  return (['structures', 'levels', 'series', 'variants', 'rate', 'maxIterations'] as const).filter(
    key => text(inputs[key]) !== text(paper[key]),
  ).length;
}

function PlanSection({ inputs }: { inputs: StudyInputs }): ReactNode {
  const at = presetAt(inputs);
  return (
    <Section
      title="Plan"
      about="the presets"
      help={[
        ...STUDY_PRESETS.map(({ label, description }) => `**${label}**: ${description}.`),
        'The times are for a computer of eight cores; the forecast below is for this one.',
      ]}
      aside={
        <DiffersNote count={differing(inputs)} onReset={() => setStudy(presetInputs('paper', inputs))} />
      }
    >
      <Segmented
        small
        label="Preset"
        value={at ?? 'own'}
        options={[
          ...STUDY_PRESETS.map(({ id, label, description }) => ({
            value: id as string,
            label,
            title: `${label}: ${description}`,
          })),
          ...(at ? [] : [{ value: 'own', label: 'Own' }]),
        ]}
        onChange={value => {
          const preset = STUDY_PRESETS.find(({ id }) => id === value);
          if (preset) setStudy(presetInputs(preset.id, inputs));
        }}
      />
    </Section>
  );
}

/** Chips that can be on or off; the last one stays. */
function Chips<T extends string | number>(props: {
  readonly label: string;
  readonly all: readonly T[];
  readonly chosen: readonly T[];
  show(value: T): ReactNode;
  onChange(chosen: T[]): void;
}): ReactNode {
  const { label, all, chosen, show, onChange } = props;
  return (
    <fieldset className={styles.chips}>
      <legend className="visually-hidden">{label}</legend>
      {all.map(value => {
        const on = chosen.includes(value);
        return (
          <button
            type="button"
            key={value}
            className={styles.chip}
            aria-pressed={on}
            disabled={on && chosen.length === 1}
            onClick={() => onChange(all.filter(other => (other === value ? !on : chosen.includes(other))))}
          >
            {show(value)}
          </button>
        );
      })}
    </fieldset>
  );
}

function StructuresSection({ inputs }: { inputs: StudyInputs }): ReactNode {
  const own = useBraggscape(state => state.inputs.userFiles.crystals);
  const ids = [...new Set([...LIBRARY, ...own].map(({ id }) => id).concat(inputs.structures))];
  return (
    <Section
      title="Structures"
      about="the structures"
      help={['Crystals of your own, opened under Files, stand here after those of the library.']}
      aside={
        <span className="quiet">
          {inputs.structures.length} of {ids.length}
        </span>
      }
    >
      <Chips
        label="Structures"
        all={ids}
        chosen={inputs.structures}
        show={id => <StructureName id={id} />}
        onChange={structures => setStudy({ structures })}
      />
    </Section>
  );
}

function DistortionSection({ inputs }: { inputs: StudyInputs }): ReactNode {
  return (
    <Section
      title="Distortion"
      about="the distortion"
      help={[
        'Lattice: the lattice matrix is multiplied by one whose diagonal is drawn from 1 − σ to 1 + σ and whose other entries from −σ to σ; fractional coordinates are kept.',
        'Coordinates: each fractional coordinate of the primitive cell moves by a normal deviate of standard deviation σ. On centred conventional cells the matcher would reduce the truth and not the copy, and refuse atoms moved by 0.05 Å; the command line offers that too.',
      ]}
    >
      <SettingInput of="study.noise" onChange={setNoise} />
      <Chips
        label="Levels"
        all={NOISE_LEVELS[inputs.noise]}
        chosen={levelsOf(inputs)}
        show={level => level}
        onChange={levels =>
          setStudy({ levels: levels.length === NOISE_LEVELS[inputs.noise].length ? null : levels })
        }
      />
    </Section>
  );
}

function DescentsSection({ inputs }: { inputs: StudyInputs }): ReactNode {
  const { noise, series, rate } = inputs;
  const modes = { lattice: MODE_STYLES, coordinates: MODE_STYLES.slice(0, 1), both: [] }[noise];
  const set = (id: SeriesId, on: boolean): void =>
    setStudy({ series: on ? [...series, id] : series.filter(other => other !== id) });
  return (
    <Section
      title="Descents"
      about="the descents"
      help={[
        'Plain gradient descent from every distorted copy; it stops where the loss gained less than 10⁻⁴ in 1000 steps, as in the paper (S1.4). On the lattice all six parameters move with one rate, in ångström and degrees.',
        `Learning rates, within the paper’s ranges, where none is given: cosine ${formatPlain(learningRateOf(noise, 'cosine'))}, MSE ${formatPlain(learningRateOf(noise, 'mse'))}, entropy ${formatPlain(learningRateOf(noise, 'entropy'))}. MSE is descended relative to the target’s own square, so that a rate means the same as for the others.`,
        'Beyond the paper: searches that need no rate, from the same copies.',
        'Two baselines are always computed with them: the distorted start and its projection.',
      ]}
    >
      {modes.length > 0 && (
        <DataTable
          caption="Losses and settings"
          className={styles.series}
          rows={modes}
          rowKey={({ id }) => id}
          columns={[
            {
              cell: style => (
                <span className={styles.name}>
                  <SampleLine style={style} width={22} /> {style.name}
                </span>
              ),
            },
            ...PAPER_LOSSES.map(({ id, label }) => ({
              head: label,
              cell: (style: (typeof modes)[number]) => {
                const name: SeriesId = `${id}:${style.id}`;
                return (
                  <Checkbox checked={series.includes(name)} onChange={on => set(name, on)}>
                    <span className="visually-hidden">
                      {label}, {style.name}
                    </span>
                  </Checkbox>
                );
              },
            })),
          ]}
        />
      )}
      <fieldset className={styles.searches}>
        <legend>Beyond the paper</legend>
        {searchesOf(noise).map(({ id, loss, name }) => (
          <Checkbox
            key={id}
            checked={series.includes(`${loss}:${id}`)}
            onChange={on => set(`${loss}:${id}`, on)}
          >
            {name}
          </Checkbox>
        ))}
      </fieldset>
      <SettingRow of="study.variants" />
      <Row label="Rate">
        <Segmented
          small
          label="Learning rate"
          value={rate === null ? 'own' : 'one'}
          options={[
            { value: 'own', label: 'by loss', title: 'Each loss its own rate' },
            { value: 'one', label: 'one', title: 'One rate for all' },
          ]}
          onChange={choice => setStudy({ rate: choice === 'own' ? null : learningRateOf(noise, 'cosine') })}
        />
        {rate !== null && (
          <SettingControl
            row={{ ...STUDY.rate, step: noise === 'lattice' ? 0.001 : 1e-5 }}
            value={rate}
            onChange={value => changeSettings('study', { rate: value as number })}
          />
        )}
      </Row>
      <SettingRow of="study.maxIterations" />
      <SettingRow of="study.seed" />
    </Section>
  );
}

function ForecastSection({ inputs }: { inputs: StudyInputs }): ReactNode {
  const plan = planOfInputs(inputs);
  const own = useBraggscape(state => state.study.own);
  const measured = useBraggscape(state => state.study.run?.secondsPerDescent ?? null);
  const file = useRef<HTMLInputElement>(null);
  const seconds = forecastSeconds(plan, measured, navigator.hardwareConcurrency || 2);
  return (
    <div className={rail.section}>
      <p>
        {plan.structures.length} structures × {plan.levels.length} levels × {plan.series.length} descents ×{' '}
        {plan.variants} copies = <b>{formatNumber(descentCount(plan), 0)} descents</b>, about{' '}
        {formatDuration(1000 * seconds)} on this device
        {measured === null ? ' (estimated before the first run)' : ''}. Every result is kept on this device; a
        reload goes on where it stopped.
      </p>
      <div className={rail.buttons}>
        <Button onClick={() => file.current?.click()}>Merge file…</Button>
        <Button disabled={!own} onClick={() => saveStudy(own, 'braggscape-study')}>
          Save study
        </Button>
      </div>
      <input
        ref={file}
        type="file"
        className="visually-hidden"
        aria-label="Result files to merge"
        tabIndex={-1}
        multiple
        accept=".jsonl,.gz,.json"
        onChange={event => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          if (files.length) void mergeFiles(files).then(() => setStudy({ source: 'own' }, false));
        }}
      />
    </div>
  );
}
