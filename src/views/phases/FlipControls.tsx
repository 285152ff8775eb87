import type { ReactNode } from 'react';
import { ANODES } from '../../diffraction/instrument.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { setPhases } from '../../state/phases/phasesActions.ts';
import { Button } from '../../ui/Button.tsx';
import { Info } from '../../ui/Popover.tsx';
import { Select } from '../../ui/Select.tsx';
import rail from '../Section.module.css';
import { Row, Section } from '../Section.tsx';
import { SettingInput, SettingRow } from '../SettingRow.tsx';
import { useLab } from './useLab.ts';

const FREE = 'other';

/** The settings of a run, and its start. */
export function FlipControls(): ReactNode {
  const [amplitudes, seed, wavelength, running] = [
    useLab('amplitudes'),
    useLab('flipSeed'),
    useLab('powderWavelength'),
    useLab('running'),
  ];
  const status = useBraggscape(state => state.phases.flip.status);
  const going = running && status === 'computing';
  const anode = ANODES.find(entry => entry.wavelength === wavelength)?.id ?? FREE;
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
      <div className={rail.buttons}>
        {going ? (
          <Button kind="primary" onClick={() => setPhases({ running: false }, false)}>
            Stop
          </Button>
        ) : (
          <Button
            kind="primary"
            onClick={() => {
              // A run that ended is still asked for: off and on again starts it afresh.
              setPhases({ running: false }, false);
              setPhases({ running: true }, false);
            }}
          >
            Run
          </Button>
        )}
        <Button onClick={() => setPhases({ flipSeed: seed + 1, running: true }, true)}>Next seed</Button>
      </div>
      <SettingInput of="phases.amplitudes" />
      <SettingRow of="phases.flipDMin" />
      <SettingRow of="phases.delta" />
      <SettingRow of="phases.weak" />
      <SettingRow of="phases.flipBlur" />
      <Row label="Seed, cycles">
        <SettingInput of="phases.flipSeed" />
        <SettingInput of="phases.cycles" />
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
          <SettingRow of="phases.powderWidth" />
        </>
      )}
    </Section>
  );
}
