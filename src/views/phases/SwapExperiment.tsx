import { type ReactNode, useMemo } from 'react';
import { LIBRARY } from '../../crystal/library.ts';
import type { Structure } from '../../crystal/structure.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { chooseStructure } from '../../state/explore/actions.ts';
import { setPhases } from '../../state/phases/phasesActions.ts';
import { formatNumber, THIN } from '../../ui/format.ts';
import { Prose } from '../../ui/Prose.tsx';
import { Select } from '../../ui/Select.tsx';
import { Row, Section } from '../Section.tsx';
import { SettingInput, SettingRow } from '../SettingRow.tsx';
import type { ArgandSum } from './ArgandPane.tsx';
import { ArgandPane } from './ArgandPane.tsx';
import { DensityPane } from './DensityPane.tsx';
import { ExperimentLayout, TwoPanes } from './ExperimentLayout.tsx';
import { LabPattern } from './LabPattern.tsx';
import { ReflectionChoice } from './ReflectionChoice.tsx';
import { resultant } from './reflections.ts';
import { SectionControls } from './SectionControls.tsx';
import { useContributions, useLab, useLabs, useReflection } from './useLab.ts';

const HOME = [0, 0, 0] as const;

/** Names of the chosen phases in titles, in the list and at the arrow. */
const NAMES = {
  true: ['True phases again', 'true'],
  zero: ['All phases zero', 'zero'],
  random: ['Random phases', 'random'],
  perturbed: ['Phases with errors', 'with errors'],
  borrowed: ['Swapped phases', 'swapped'],
} as const;

/** 2: the same amplitudes with other phases. */
export function SwapExperiment({ structure }: { structure: Structure }): ReactNode {
  const [phases, picture, plane, height, spread, share] = useLabs(
    'phases',
    'picture',
    'plane',
    'height',
    'spread',
    'share',
  );
  const { value: maps, status, message: failure } = useBraggscape(state => state.phases.maps);
  const donor = useBraggscape(state => state.phases.donor?.structure ?? null);
  const reflection = useReflection();
  const hkl = reflection?.hkl ?? null;
  const arrows = useContributions(structure, structure.sites, hkl, HOME);
  const [title, name] = NAMES[phases];
  const row = reflection?.row ?? null;
  const sums = useMemo((): ArgandSum[] => {
    const truth = resultant(arrows);
    const list: ArgandSum[] = [{ name: 'true', ...truth, tone: 'ink' }];
    if (!row || name === 'true') return list;
    const angle = (row.otherPhase * Math.PI) / 180;
    const size = Math.hypot(truth.re, truth.im);
    list.push({ name, re: size * Math.cos(angle), im: size * Math.sin(angle), tone: 'current' });
    return list;
  }, [arrows, row, name]);
  const where = picture === 'section' ? ` at *${plane}* = ${formatNumber(height)}` : '';
  const peak = (value: number): string => `peak ${formatNumber(value, 1)}${THIN}e${THIN}Å⁻³`;
  const borrowed = phases === 'borrowed' ? donor : null;
  const part = share < 1 ? ` (${formatNumber(100 * share, 0)}${THIN}% of the way)` : '';
  const lent = borrowed ? `, phases of \`${borrowed.formula}\`${part}` : '';
  const byDonor = maps?.donorCorrelation ?? null;
  const agreement =
    phases === 'perturbed'
      ? `, exp(−w²/2) = ${formatNumber(Math.exp(-0.5 * ((spread * Math.PI) / 180) ** 2), 2)}`
      : borrowed && byDonor !== null
        ? `, ${formatNumber(byDonor, 2)} with \`${borrowed.formula}\` in this cell`
        : '';
  const both = { structure, darkest: maps?.truth.highest ?? 1, stale: status === 'computing', failure };
  return (
    <ExperimentLayout
      rail={
        <>
          <PhaseControls />
          <SectionControls
            spacing={maps?.spacing ?? null}
            unit="e Å⁻³"
            with={{ resolution: true, blur: true, contour: true, atoms: true }}
          />
          <ReflectionChoice other={name} amplitudes={false} />
        </>
      }
      main={
        <TwoPanes as={picture === 'surface' ? 'abreast' : undefined}>
          <DensityPane
            title="True phases"
            name="Density with the true phases"
            sub={maps && `density of \`${structure.formula}\`${where}, ${peak(maps.truth.highest)}`}
            {...both}
            map={maps?.truth ?? null}
            tone="truth"
          />
          <DensityPane
            title={title}
            name={title}
            sub={
              maps && (
                <>
                  <Prose text={`same |*F*|${lent}: ${peak(maps.other.highest)}; correlation`} />{' '}
                  <b data-testid="correlation">{formatNumber(maps.correlation, 2)}</b> with the true map
                  <Prose text={agreement} />
                </>
              )
            }
            {...both}
            map={maps?.other ?? null}
            tone="current"
            donor={borrowed}
            faint={phases !== 'true'}
          />
          <p className="visually-hidden" aria-live="polite">
            {maps &&
              `${title}: correlation with the true map ${formatNumber(maps.correlation, 2)}, highest density ${formatNumber(maps.other.highest, 1)}.`}
          </p>
        </TwoPanes>
      }
      side={
        hkl && (
          <ArgandPane
            sites={structure.sites}
            hkl={hkl}
            arrows={arrows}
            sums={sums}
            chosen={null}
            text="Each arrow is one atom; laid end to end they reach the true *F*. The powder pattern keeps only its length: every point of the dashed circle gives the same peak."
          />
        )
      }
      lower={
        <LabPattern
          names={['true phases', `${name} phases`]}
          title="Powder pattern, unchanged"
          mark={hkl && row ? { hkl, d: row.d } : null}
          same
        />
      }
    />
  );
}

const CRYSTALS = LIBRARY.map(({ id, formula }) => ({ value: id, label: formula }));

/** Choice of amplitudes and of phases. */
function PhaseControls(): ReactNode {
  const structureId = useBraggscape(state => state.inputs.structureId);
  const formula = useBraggscape(state => state.structure?.formula ?? '');
  const phases = useLab('phases');
  const donor = useLab('donor');
  const known = CRYSTALS.some(({ value }) => value === structureId);
  return (
    <Section
      group="phases"
      title="Two crystals"
      about="the choice of phases"
      help={[
        'The amplitudes stay those of the first crystal in every choice; a Friedel mate always has the opposite phase, so that every map is real.',
        'Swapped: the second crystal is evaluated at the same *hkl* in its own cell. “Mix” turns each phase the shorter way, from the true one (0) to the swapped one (1). Where the second crystal has no amplitude the phase is 0.',
      ]}
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
          value={donor}
          options={CRYSTALS}
          onChange={id => setPhases({ donor: id, phases: 'borrowed' })}
        />
      </Row>
      <SettingInput of="phases.phases" />
      {phases === 'borrowed' && <SettingRow of="phases.share" />}
      {phases === 'perturbed' && <SettingRow of="phases.spread" />}
      {(phases === 'random' || phases === 'perturbed') && <SettingRow of="phases.seed" />}
    </Section>
  );
}
