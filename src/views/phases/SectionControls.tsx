import type { ReactNode } from 'react';
import { setPhases } from '../../state/phases/phasesActions.ts';
import { PHASES } from '../../state/phases/phasesSettings.ts';
import { Button } from '../../ui/Button.tsx';
import { formatPlain } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Row, Section } from '../Section.tsx';
import { SettingControl } from '../SettingControl.tsx';
import { SettingInput, SettingRow } from '../SettingRow.tsx';
import styles from './ExperimentLayout.module.css';
import { useLab } from './useLab.ts';

export interface SectionControlsProps {
  /** Of the lines on screen. */
  readonly spacing: number | null;
  readonly unit: string;
  /** The settings that the experiment has. */
  readonly with: {
    readonly resolution?: boolean;
    readonly blur?: boolean;
    readonly contour?: boolean;
    readonly atoms?: boolean;
  };
}

/** Plane, height, resolution and lines of a section, or the level of the surface. */
export function SectionControls({ spacing, unit, with: has }: SectionControlsProps): ReactNode {
  const [plane, picture, contour] = [useLab('plane'), useLab('picture'), useLab('contour')];
  const section = picture === 'section';
  return (
    <Section
      group="section"
      title={section ? 'Section' : 'Surface'}
      info={
        <Info about="the map">
          <p>
            ρ(<b>x</b>) = (1/<i>V</i>) Σ <i>F</i> exp(−2πi <b>h</b>·<b>x</b>) over all reflections with{' '}
            <i>d</i> at or above the resolution, both Friedel mates and <i>F</i>(000). A section is summed
            directly at its points; the surface comes from a fast Fourier transform.
          </p>
          <p>
            Ink has opacity 0.82 (ρ/ρ<sub>max</sub>)<sup>0.75</sup>, ρ<sub>max</sub> of the true map; solid
            lines are positive, dashed ones negative, at whole multiples of the distance given.
          </p>
          {has.blur && (
            <p>
              Blur multiplies every amplitude of the maps by exp(−<i>B s</i>²), <i>s</i> = 1/(2<i>d</i>). The
              pattern is computed without it.
            </p>
          )}
        </Info>
      }
      aside={<SettingInput of="phases.picture" small />}
    >
      {section ? (
        <>
          <Row label="Plane">
            <Segmented
              label="Plane"
              value={plane}
              options={(['x', 'y', 'z'] as const).map(value => ({
                value,
                label: <i>{value}</i>,
                title: `Constant ${value}`,
              }))}
              onChange={value => setPhases({ plane: value, height: 0 })}
            />
          </Row>
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
