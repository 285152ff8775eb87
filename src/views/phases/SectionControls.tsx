import type { ReactNode } from 'react';
import type { SectionAxis } from '../../phasing/sectionPlane.ts';
import { setPhases } from '../../state/phases/phasesActions.ts';
import { PHASES } from '../../state/phases/phasesSettings.ts';
import { Button } from '../../ui/Button.tsx';
import { formatPlain } from '../../ui/format.ts';
import { Row, Section } from '../Section.tsx';
import { SettingControl } from '../SettingControl.tsx';
import { SettingInput, SettingRow } from '../SettingRow.tsx';
import styles from './ExperimentLayout.module.css';
import { useLabs } from './useLab.ts';

export interface SectionControlsProps {
  /** Of the lines on screen. */
  readonly spacing: number | null;
  readonly unit: string;
  /** The settings that the experiment has. */
  readonly with: { readonly [K in 'resolution' | 'blur' | 'contour' | 'atoms']?: true };
}

/** Plane, height, resolution and lines of a section, or the level of the surface. */
export function SectionControls({ spacing, unit, with: has }: SectionControlsProps): ReactNode {
  const [plane, picture, contour] = useLabs('plane', 'picture', 'contour');
  const section = picture === 'section';
  return (
    <Section
      group="section"
      title={section ? 'Section' : 'Surface'}
      about="the map"
      help={[
        'ρ(**x**) = (1/*V*) Σ *F* exp(−2πi **h**·**x**) over all reflections with *d* at or above the resolution, both Friedel mates and *F*(000). A section is summed directly at its points; the surface comes from a fast Fourier transform.',
        'Ink has opacity 0.82 (ρ/ρ_{max})^{0.75}, ρ_{max} of the true map; solid lines are positive, dashed ones negative, at whole multiples of the distance given.',
        ...(has.blur
          ? [
              'Blur multiplies every amplitude of the maps by exp(−*B s*²), *s* = 1/(2*d*). The pattern is computed without it.',
            ]
          : []),
      ]}
      aside={<SettingInput of="phases.picture" small />}
    >
      {section ? (
        <>
          <SettingRow
            of="phases.plane"
            onChange={(value: SectionAxis) => setPhases({ plane: value, height: 0 })}
          />
          <SettingRow of="phases.height" label={`Height *${plane}*`} />
        </>
      ) : (
        <SettingRow of="phases.level" />
      )}
      {has.resolution && <SettingRow of="phases.dMin" />}
      {has.blur && <SettingRow of="phases.blur" />}
      {section && has.contour && (
        <Row label="Lines every">
          <SettingControl
            row={{ ...PHASES.contour, unit, step: spacing ? Number((spacing / 2).toPrecision(2)) : 1 }}
            value={contour ?? spacing ?? 1}
            onChange={value => void setPhases({ contour: Number(formatPlain(value as number)) })}
          />
          <Button small disabled={contour === null} onClick={() => setPhases({ contour: null })}>
            Auto
          </Button>
        </Row>
      )}
      {section && (
        <div className={styles.checks}>
          {has.atoms && <SettingInput of="phases.atoms" />}
          <SettingInput of="phases.negative" />
        </div>
      )}
    </Section>
  );
}
