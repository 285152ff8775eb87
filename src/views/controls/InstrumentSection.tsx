import type { ReactNode } from 'react';
import { ANODES, type Instrument, PAPER_INSTRUMENT, USUAL_RATIO } from '../../diffraction/instrument.ts';
import { resetInstrument, setInstrument } from '../../state/actions.ts';
import { useBraggscape } from '../../state/store.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { Info } from '../../ui/Popover.tsx';
import { Select } from '../../ui/Select.tsx';
import { DiffersNote, Row, Section } from './Section.tsx';

const FREE = 'other';
/** λ(Kα₂) / λ(Kα₁) of copper, where the anode is none of the list. */
const SPLITTING = 1.54439 / 1.5406;

/** Wavelength, window and widths of the simulated diffractometer. */
export function InstrumentSection(): ReactNode {
  const instrument = useBraggscape(state => state.inputs.instrument);
  const anode = ANODES.find(entry => entry.wavelength === instrument.wavelength)?.id ?? FREE;
  const differs = (...keys: (keyof Instrument)[]): boolean =>
    keys.some(key => instrument[key] !== PAPER_INSTRUMENT[key]);
  const changed =
    (Object.keys(PAPER_INSTRUMENT) as (keyof Instrument)[]).filter(key => differs(key)).length +
    (instrument.secondWavelength === undefined ? 0 : 1);
  return (
    <Section
      group="instrument"
      title="Instrument"
      info={
        <Info about="the instrument">
          <p>
            Peak widths follow Caglioti, <i>H</i>² = <i>U</i> tan²θ + <i>V</i> tanθ + <i>W</i> (in degrees
            squared). Peaks are pseudo-Voigt, η Gaussian and 1 − η Lorentzian. Intensities carry |<i>F</i>|²
            and the Lorentz-polarisation factor.
          </p>
          <p>
            The pattern has a bin every {instrument.step}° of 2θ. Presets are Kα₁ lines (Bearden 1967).
            Defaults are the paper’s (S1.2).
          </p>
        </Info>
      }
      aside={<DiffersNote count={changed} onReset={resetInstrument} />}
    >
      <Row label="Radiation" differs={differs('wavelength')}>
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
        <NumberField
          label="Wavelength"
          unit="Å"
          step={0.01}
          value={instrument.wavelength}
          onChange={wavelength => setInstrument({ wavelength })}
        />
      </Row>
      <SecondLine />
      <Row label="2θ range" differs={differs('twoThetaMin', 'twoThetaMax')}>
        <NumberField
          label="Two-theta from"
          unit="°"
          step={1}
          steppers={false}
          value={instrument.twoThetaMin}
          onChange={twoThetaMin => setInstrument({ twoThetaMin })}
        />
        <NumberField
          label="Two-theta to"
          unit="°"
          step={1}
          steppers={false}
          value={instrument.twoThetaMax}
          onChange={twoThetaMax => setInstrument({ twoThetaMax })}
        />
      </Row>
      <div className="rail-quad">
        {(
          [
            ['u', <i key="u">U</i>],
            ['v', <i key="v">V</i>],
            ['w', <i key="w">W</i>],
            ['eta', 'η'],
          ] as const
        ).map(([key, symbol]) => (
          <NumberField
            key={key}
            label={key === 'eta' ? 'Gaussian share η' : `Caglioti ${key.toUpperCase()}`}
            prefix={symbol}
            step={0.01}
            steppers={false}
            value={instrument[key]}
            onChange={value => setInstrument({ [key]: value })}
          />
        ))}
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
      <Row
        label={
          <>
            Kα₂{' '}
            <Info about="the second line">
              <p>
                Laboratory tubes give two lines, Kα₁ and Kα₂, half as strong. Every reflection then has a
                second peak at a slightly higher angle, further away the higher the angle. The paper is
                monochromatic.
              </p>
              <p>With a second line the CPU computes everything; WebGL does not know it.</p>
            </Info>
          </>
        }
        differs={on}
      >
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
      </Row>
      {on && (
        <Row label="λ₂, ratio">
          <NumberField
            label="Second wavelength"
            unit="Å"
            step={0.001}
            steppers={false}
            value={secondWavelength}
            onChange={value => setInstrument({ secondWavelength: value })}
          />
          <NumberField
            label="Intensity of the second line over the first"
            step={0.05}
            steppers={false}
            value={secondRatio}
            onChange={value => setInstrument({ secondRatio: value })}
          />
        </Row>
      )}
    </>
  );
}
