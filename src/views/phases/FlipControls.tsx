import type { ReactNode } from 'react';
import { ANODES } from '../../diffraction/instrument.ts';
import { setPhases } from '../../state/phases/phasesActions.ts';
import { PHASES } from '../../state/phases/phasesSettings.ts';
import { usePhases } from '../../state/phases/phasesStore.ts';
import { NumberField } from '../../ui/NumberField.tsx';
import { Info } from '../../ui/Popover.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { Row, Section } from '../controls/Section.tsx';
import { SliderRow } from './SliderRow.tsx';
import { useLab } from './useLab.ts';

const FREE = 'other';

/** The settings of a run, and its start. */
export function FlipControls(): ReactNode {
  const [amplitudes, dMin, blur, delta, weak, seed, cycles, wavelength, width, running] = [
    useLab('amplitudes'),
    useLab('flipDMin'),
    useLab('flipBlur'),
    useLab('delta'),
    useLab('weak'),
    useLab('flipSeed'),
    useLab('cycles'),
    useLab('powderWavelength'),
    useLab('powderWidth'),
    useLab('running'),
  ];
  const status = usePhases(state => state.flip.status);
  const going = running && status === 'running';
  const anode = ANODES.find(entry => entry.wavelength === wavelength)?.id ?? FREE;
  const whole = (set: (value: number) => void) => (value: number) => {
    if (!Number.isInteger(value)) return 'This is a whole number';
    set(value);
    return null;
  };
  return (
    <Section
      group="flipping"
      title="Charge flipping"
      info={
        <Info about="charge flipping">
          <p>
            Oszlányi &amp; Sütő 2004: the density below δ changes sign; its transform keeps its phases and
            gets back the known |<i>F</i>|; <i>F</i>(000) is free. Weak reflections (2005): the share given
            keeps its amplitude free and its phase is turned by 90°.
          </p>
          <p>
            After the cycles, 20 more flip negative density alone and impose every amplitude. The run knows no
            atoms, no symmetry and no true phase; the phase error and the picture use the true crystal to say
            how it goes.
          </p>
        </Info>
      }
    >
      <div className="rail-buttons">
        {going ? (
          <button
            type="button"
            className="button primary"
            onClick={() => setPhases({ running: false }, false)}
          >
            Stop
          </button>
        ) : (
          <button
            type="button"
            className="button primary"
            onClick={() => {
              // A run that ended is still asked for: off and on again starts it afresh.
              setPhases({ running: false }, false);
              setPhases({ running: true }, false);
            }}
          >
            Run
          </button>
        )}
        <button
          type="button"
          className="button"
          onClick={() => setPhases({ flipSeed: seed + 1, running: true }, true)}
        >
          Next seed
        </button>
      </div>
      <Segmented
        label="Amplitudes"
        value={amplitudes}
        options={[
          { value: 'ideal', label: 'Ideal |F|', title: 'Ideal amplitudes' },
          { value: 'powder', label: 'From a powder', title: 'Amplitudes extracted from a powder' },
        ]}
        onChange={value => setPhases({ amplitudes: value })}
      />
      <SliderRow
        label={
          <span>
            Resol. <i>d</i> ≥
          </span>
        }
        name="Resolution of the run"
        value={dMin}
        min={0.6}
        max={2}
        step={0.02}
        unit="Å"
        limits={PHASES.dMin.codec.limits}
        onChange={(value, first) => setPhases({ flipDMin: value }, first)}
      />
      <SliderRow
        label="δ / σ"
        name="Threshold δ, in standard deviations of the density"
        value={delta}
        min={0}
        max={3}
        step={0.05}
        limits={PHASES.delta.codec.limits}
        onChange={(value, first) => setPhases({ delta: value }, first)}
      />
      <SliderRow
        label="Weak share"
        name="Share of weak reflections"
        value={weak}
        min={0}
        max={0.6}
        step={0.05}
        limits={PHASES.weak.codec.limits}
        onChange={(value, first) => setPhases({ weak: value }, first)}
      />
      <SliderRow
        label={
          <span>
            Blur <i>B</i>
          </span>
        }
        name="Blur B of the amplitudes"
        value={blur}
        min={0}
        max={8}
        step={0.5}
        unit="Å²"
        decimals={1}
        limits={PHASES.blur.codec.limits}
        onChange={(value, first) => setPhases({ flipBlur: value }, first)}
      />
      <Row label="Seed, cycles">
        <NumberField
          label="Seed of the run"
          step={1}
          min={PHASES.seed.codec.limits[0]}
          max={PHASES.seed.codec.limits[1]}
          value={seed}
          onChange={whole(value => setPhases({ flipSeed: value }))}
        />
        <NumberField
          label="Cycles"
          step={50}
          min={PHASES.cycles.codec.limits[0]}
          max={PHASES.cycles.codec.limits[1]}
          value={cycles}
          onChange={whole(value => setPhases({ cycles: value }))}
        />
      </Row>
      {amplitudes === 'powder' && (
        <>
          <Row label="Powder">
            <Select
              label="Radiation of the powder"
              value={anode}
              options={[
                ...ANODES.map(entry => ({ value: entry.id as string, label: entry.label })),
                ...(anode === FREE ? [{ value: FREE, label: 'Other' }] : []),
              ]}
              onChange={id => {
                const preset = ANODES.find(entry => entry.id === id);
                if (preset) setPhases({ powderWavelength: preset.wavelength });
              }}
            />
          </Row>
          <SliderRow
            label="× width"
            name="Scale of the powder’s peak widths"
            value={width}
            min={0.05}
            max={2}
            step={0.05}
            limits={PHASES.widthScale.codec.limits}
            onChange={(value, first) => setPhases({ powderWidth: value }, first)}
          />
        </>
      )}
    </Section>
  );
}
