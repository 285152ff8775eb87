import type { ReactNode } from 'react';
import { ANODES, USUAL_RATIO } from '../../diffraction/instrument.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { setInstrument } from '../../state/explore/actions.ts';
import { INSTRUMENT } from '../../state/explore/exploreSettings.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Select } from '../../ui/Select.tsx';
import rail from '../Section.module.css';
import { Row, Section } from '../Section.tsx';
import { SettingControl } from '../SettingControl.tsx';
import { GroupDiffers, SettingInput, SettingRow } from '../SettingRow.tsx';

const FREE = 'other';
/** λ(Kα₂) / λ(Kα₁) of copper, where the anode is none of the list. */
const SPLITTING = 1.54439 / 1.5406;

/** Wavelength, window and widths of the simulated diffractometer. */
export function InstrumentSection(): ReactNode {
  const instrument = useBraggscape(state => state.inputs.instrument);
  const anode = ANODES.find(entry => entry.wavelength === instrument.wavelength)?.id ?? FREE;
  return (
    <Section
      group="instrument"
      title="Instrument"
      about="the instrument"
      help={[
        'Peak widths follow Caglioti, *H*² = *U* tan²θ + *V* tanθ + *W* (in degrees squared). Peaks are pseudo-Voigt, η Gaussian and 1 − η Lorentzian. Intensities carry |*F*|² and the Lorentz-polarisation factor.',
        `The pattern has a bin every ${instrument.step}° of 2θ. Presets are Kα₁ lines (Bearden 1967). Defaults are the paper’s (S1.2).`,
      ]}
      aside={<GroupDiffers group="instrument" />}
    >
      <SettingRow
        of="instrument.wavelength"
        label="Radiation"
        before={
          <Select
            label="Radiation"
            value={anode}
            options={[
              ...ANODES.map(entry => ({ value: entry.id, label: entry.label })),
              { value: FREE, label: 'Other' },
            ]}
            onChange={id => {
              const preset = ANODES.find(entry => entry.id === id);
              if (!preset) return;
              // A second line stays that of its anode.
              const second =
                instrument.secondWavelength === undefined ? {} : { secondWavelength: preset.second };
              setInstrument({ wavelength: preset.wavelength, ...second });
            }}
          />
        }
      />
      <SecondLine />
      <SettingRow of="instrument.twoThetaMin" and="instrument.twoThetaMax" label="2θ range" />
      <div className={rail.quad}>
        <SettingInput of="instrument.u" />
        <SettingInput of="instrument.v" />
        <SettingInput of="instrument.w" />
        <SettingInput of="instrument.eta" />
      </div>
    </Section>
  );
}

/** Kα₂ beside Kα₁: off in the paper, which is monochromatic. */
function SecondLine(): ReactNode {
  const instrument = useBraggscape(state => state.inputs.instrument);
  const { wavelength, secondWavelength, secondRatio = USUAL_RATIO } = instrument;
  const anode = ANODES.find(entry => entry.wavelength === wavelength);
  const on = secondWavelength !== undefined;
  return (
    <>
      <SettingRow
        of="instrument.secondWavelength"
        label="Kα₂"
        control={
          <Checkbox
            checked={on}
            onChange={checked =>
              setInstrument(
                checked
                  ? { secondWavelength: anode?.second ?? wavelength * SPLITTING, secondRatio: USUAL_RATIO }
                  : { secondWavelength: undefined, secondRatio: undefined },
              )
            }
          >
            Second line
          </Checkbox>
        }
      />
      {on && (
        <Row label="λ₂, ratio">
          <SettingInput of="instrument.secondWavelength" />
          <SettingControl
            row={INSTRUMENT.secondRatio}
            value={secondRatio}
            onChange={value => setInstrument({ secondRatio: value as number })}
          />
        </Row>
      )}
    </>
  );
}
