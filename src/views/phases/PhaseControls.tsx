import type { ReactNode } from 'react';
import { LIBRARY } from '../../crystal/library.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { chooseStructure } from '../../state/explore/actions.ts';
import { setPhases } from '../../state/phases/phasesActions.ts';
import { Info } from '../../ui/Popover.tsx';
import { Select } from '../../ui/Select.tsx';
import { Row, Section } from '../Section.tsx';
import { SettingInput, SettingRow } from '../SettingRow.tsx';
import { useLab } from './useLab.ts';

const CRYSTALS = LIBRARY.map(({ id, formula }) => ({ value: id, label: formula }));

/** Whose amplitudes, and which phases. */
export function PhaseControls(): ReactNode {
  const structureId = useBraggscape(state => state.inputs.structureId);
  const formula = useBraggscape(state => state.structure?.formula ?? '');
  const phases = useLab('phases');
  const lender = useLab('lender');
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
      <SettingInput of="phases.phases" />
      {phases === 'borrowed' && <SettingRow of="phases.share" />}
      {phases === 'perturbed' && <SettingRow of="phases.spread" />}
      {(phases === 'random' || phases === 'perturbed') && <SettingRow of="phases.seed" />}
    </Section>
  );
}
