import type { ReactNode } from 'react';
import { FAMILIES, type FamilyId } from '../../crystal/family.ts';
import { PROJECTOR_READINGS, type ProjectorReading } from '../../optimise/modes.ts';
import { resetDescent, setDescent, toggleMode } from '../../state/actions.ts';
import { DEFAULT_INPUTS } from '../../state/core/inputs.ts';
import { DESCENT, type DescentInputs } from '../../state/explore/exploreSettings.ts';
import { chosenFamily } from '../../state/selectors.ts';
import { useBraggscape } from '../../state/store.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { formatPlain } from '../../ui/format.ts';
import { NumberField } from '../../ui/NumberField.tsx';
import { Info } from '../../ui/Popover.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { ParameterSymbol } from '../CellParameter.tsx';
import { MODE_LOOKS } from '../modeLook.ts';
import { SampleLine } from '../SampleLine.tsx';
import { JitterRow } from './JitterRow.tsx';
import { DiffersNote, Row, Section } from './Section.tsx';
import { StartRow } from './StartRow.tsx';

const READINGS: Readonly<Record<ProjectorReading, string>> = {
  full: 'all six, moved kept',
  movedOnly: 'moved ones only',
  tied: 'equal ones follow',
};

/** Where descents start, what moves, how far each step goes and when they stop. */
export function DescentSection(): ReactNode {
  const descent = useBraggscape(state => state.inputs.descent);
  const slice = useBraggscape(state => state.inputs.slice);
  const family = useBraggscape(chosenFamily);
  const ownFamily = useBraggscape(state => state.structure?.family ?? null);
  const paper = DEFAULT_INPUTS.descent;
  const differs = (key: keyof DescentInputs): boolean =>
    key === 'modes' ? descent.modes.length !== paper.modes.length : descent[key] !== paper[key];
  const changed = (Object.keys(paper) as (keyof DescentInputs)[]).filter(differs).length;
  return (
    <Section
      group="descent"
      title="Descent"
      info={
        <Info about="the descents">
          {MODE_LOOKS.map(look => (
            <p key={look.id}>
              <b style={{ color: look.text }}>{look.name}</b>: {look.meaning}
            </p>
          ))}
          <p>
            θ ← θ − rate · ∂loss/∂θ, lengths in Å and angles in degrees with the same rate, float64 on the CPU
            (paper, sections 2.4, 3.1.1 and S1.4).
          </p>
        </Info>
      }
      aside={<DiffersNote count={changed} onReset={resetDescent} />}
    >
      <StartRow />
      <Row label="Moves" differs={differs('space')}>
        <Segmented
          label="Parameters that move"
          value={descent.space}
          options={[
            {
              value: 'slice',
              label: (
                <>
                  <ParameterSymbol of={slice.x} />, <ParameterSymbol of={slice.y} />
                </>
              ),
              title: 'The two parameters of the map',
            },
            { value: 'full', label: 'All six' },
          ]}
          onChange={space => setDescent({ space })}
        />
      </Row>
      <Row label="Family" differs={descent.family !== null}>
        <Select
          label="Crystal family of the projector"
          value={family}
          options={FAMILIES.map(entry => ({
            value: entry.id,
            label: entry.id === ownFamily ? entry.label : `${entry.label} (not this crystal’s)`,
          }))}
          onChange={(id: FamilyId) => setDescent({ family: id === ownFamily ? null : id })}
        />
      </Row>
      {descent.space === 'slice' && (
        <Row
          label={
            <>
              Projector{' '}
              <Info about="the projector in a slice">
                <p>
                  The paper’s projector <i>P</i> sets equal lengths to their mean and fixed angles to their
                  values. In a slice only two parameters move, and it can be read three ways:
                </p>
                <p>
                  <b>{READINGS.full}</b>: means are taken over all equal lengths, the unmoved entering with
                  their true values; only the moved ones are changed.
                </p>
                <p>
                  <b>{READINGS.movedOnly}</b>: the moved ones are tied to each other only.
                </p>
                <p>
                  <b>{READINGS.tied}</b>: every length that symmetry makes equal follows, which leaves the
                  slice.
                </p>
              </Info>
            </>
          }
          differs={differs('reading')}
        >
          <Select
            label="Reading of the projector"
            value={descent.reading}
            options={PROJECTOR_READINGS.map(value => ({ value, label: READINGS[value] }))}
            onChange={reading => setDescent({ reading })}
          />
        </Row>
      )}
      <Row label="Learning rate" differs={differs('learningRate')}>
        <NumberField
          label="Learning rate"
          step={0.0001}
          min={DESCENT.learningRate.codec.limits[0]}
          max={DESCENT.learningRate.codec.limits[1]}
          value={descent.learningRate}
          onChange={learningRate => void setDescent({ learningRate })}
        />
      </Row>
      <RateNote />
      <Row label="Momentum" differs={differs('momentum')}>
        <NumberField
          label="Momentum"
          step={0.1}
          min={DESCENT.momentum.codec.limits[0]}
          max={DESCENT.momentum.codec.limits[1]}
          value={descent.momentum}
          onChange={momentum => void setDescent({ momentum })}
        />
      </Row>
      <JitterRow differs={differs('jitter')} />
      <Row label="Stop after" differs={differs('maxIterations')}>
        <NumberField
          label="Most steps"
          unit="steps"
          step={1000}
          min={DESCENT.maxIterations.codec.limits[0]}
          max={DESCENT.maxIterations.codec.limits[1]}
          value={descent.maxIterations}
          onChange={value => void setDescent({ maxIterations: Math.round(value) })}
        />
      </Row>
      <Row label="or gain <" differs={differs('stopGain')}>
        <NumberField
          label="Least gain of the loss in 1000 steps"
          unit="in 1 000"
          step={1e-4}
          min={DESCENT.stopGain.codec.limits[0]}
          max={DESCENT.stopGain.codec.limits[1]}
          value={descent.stopGain}
          onChange={stopGain => void setDescent({ stopGain })}
        />
      </Row>
      {MODE_LOOKS.map(look => (
        <Checkbox
          key={look.id}
          checked={descent.modes.includes(look.id)}
          onChange={checked => toggleMode(look.id, checked)}
        >
          <SampleLine look={look} />
          {look.name}
        </Checkbox>
      ))}
    </Section>
  );
}

/** The stable learning rate at the truth, as a warning where the chosen one is above it. */
function RateNote(): ReactNode {
  const stable = useBraggscape(state => state.stableRate);
  const rate = useBraggscape(state => state.inputs.descent.learningRate);
  if (stable === null) return null;
  const limit = formatPlain(Number(stable.toPrecision(2)));
  return (
    <p className={rate > stable ? 'rail-note caution' : 'rail-note'}>
      {rate > stable
        ? `Above ${limit}, the stable rate 2/λ at the truth: steps there hop across the valley.`
        : `Stable at the truth up to ${limit}.`}
    </p>
  );
}
