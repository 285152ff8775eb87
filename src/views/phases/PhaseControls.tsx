import type { ReactNode } from 'react';
import { LIBRARY } from '../../crystal/library.ts';
import { chooseStructure } from '../../state/actions.ts';
import { setPhases } from '../../state/phases/phasesActions.ts';
import { PHASES } from '../../state/phases/phasesSettings.ts';
import { useBraggscape } from '../../state/store.ts';
import { NumberField } from '../../ui/NumberField.tsx';
import { Info } from '../../ui/Popover.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { Row, Section } from '../controls/Section.tsx';
import { SliderRow } from './SliderRow.tsx';
import { useLab } from './useLab.ts';

const CRYSTALS = LIBRARY.map(({ id, formula }) => ({ value: id, label: formula }));

/** Whose amplitudes, and which phases. */
export function PhaseControls(): ReactNode {
  const structureId = useBraggscape(state => state.inputs.structureId);
  const formula = useBraggscape(state => state.structure?.formula ?? '');
  const [phases, seed, spread, lender, share] = [
    useLab('phases'),
    useLab('seed'),
    useLab('spread'),
    useLab('lender'),
    useLab('share'),
  ];
  const known = CRYSTALS.some(({ value }) => value === structureId);
  return (
    <Section
      group="phases"
      title="Two crystals"
      info={
        <Info about="the choice of phases">
          <p>
            The amplitudes stay those of the first crystal in every choice; a Friedel mate always has the
            opposite phase, so that every map is real.
          </p>
          <p>
            Swapped: the second crystal is evaluated at the same <i>hkl</i> in its own cell. “Mix” turns each
            phase the shorter way, from the true one (0) to the swapped one (1). Where the second crystal has
            no amplitude the phase is 0.
          </p>
        </Info>
      }
    >
      <Row
        label={
          <span>
            Moduli |<i>F</i>|
          </span>
        }
      >
        <Select
          label="Crystal that gives the moduli"
          value={structureId}
          options={known ? CRYSTALS : [{ value: structureId, label: formula }, ...CRYSTALS]}
          onChange={chooseStructure}
        />
      </Row>
      <Row label="Phases φ">
        <Select
          label="Crystal that lends the phases"
          value={lender}
          options={CRYSTALS}
          onChange={id => setPhases({ lender: id, phases: 'borrowed' })}
        />
      </Row>
      <Segmented
        label="Phases"
        value={phases}
        options={[
          { value: 'true', label: 'True', title: 'True phases' },
          { value: 'borrowed', label: 'Swapped', title: 'Swapped: phases of the other crystal' },
          { value: 'random', label: 'Random', title: 'Random phases from a seed' },
          { value: 'perturbed', label: '± w', title: 'Perturbed: true phases with errors' },
          { value: 'zero', label: '0', title: 'Zero: all phases 0' },
        ]}
        onChange={value => setPhases({ phases: value })}
      />
      {phases === 'borrowed' && (
        <SliderRow
          label="Mix"
          name="Share of the swapped phases"
          value={share}
          min={0}
          max={1}
          step={0.01}
          onChange={(value, first) => setPhases({ share: value }, first)}
        />
      )}
      {phases === 'perturbed' && (
        <SliderRow
          label={
            <span>
              Error <i>w</i>
            </span>
          }
          name="Standard deviation of the phase errors"
          value={spread}
          min={0}
          max={180}
          step={1}
          unit="°"
          decimals={0}
          onChange={(value, first) => setPhases({ spread: value }, first)}
        />
      )}
      {(phases === 'random' || phases === 'perturbed') && (
        <Row label="Seed">
          <NumberField
            label="Seed of the phases"
            step={1}
            min={PHASES.seed.codec.limits[0]}
            max={PHASES.seed.codec.limits[1]}
            value={seed}
            onChange={value => {
              if (!Number.isInteger(value)) return 'A seed is a whole number';
              setPhases({ seed: value });
              return null;
            }}
          />
        </Row>
      )}
    </Section>
  );
}
