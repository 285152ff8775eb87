import type { ReactNode } from 'react';
import { setPhases } from '../../state/phases/phasesActions.ts';
import { PHASES } from '../../state/phases/phasesSettings.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { formatPlain } from '../../ui/format.ts';
import { NumberField } from '../../ui/NumberField.tsx';
import { Info } from '../../ui/Popover.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Row, Section } from '../controls/Section.tsx';
import { SliderRow } from './SliderRow.tsx';
import { useLab } from './useLab.ts';

export interface SectionControlsProps {
  /** Of the lines on screen. */
  readonly spacing: number | null;
  readonly unit: string;
  /** Which of the settings the experiment has. */
  readonly with: {
    readonly resolution?: boolean;
    readonly blur?: boolean;
    readonly contour?: boolean;
    readonly atoms?: boolean;
  };
}

/** Plane, height, resolution and lines of a section, or the level of the surface. */
export function SectionControls({ spacing, unit, with: has }: SectionControlsProps): ReactNode {
  const [plane, height, dMin, blur, picture, level] = [
    useLab('plane'),
    useLab('height'),
    useLab('dMin'),
    useLab('blur'),
    useLab('picture'),
    useLab('level'),
  ];
  const [contour, atoms, negative] = [useLab('contour'), useLab('atoms'), useLab('negative')];
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
      aside={
        <Segmented
          small
          label="Picture"
          value={picture}
          options={[
            { value: 'section', label: '2-D', title: '2-D section' },
            { value: 'surface', label: '3-D', title: '3-D isosurface in the cell' },
          ]}
          onChange={value => setPhases({ picture: value })}
        />
      }
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
          <SliderRow
            label={
              <span>
                Height <i>{plane}</i>
              </span>
            }
            name="Height of the section"
            value={height}
            min={0}
            max={1}
            step={0.005}
            decimals={3}
            onChange={(value, first) => setPhases({ height: value }, first)}
          />
        </>
      ) : (
        <SliderRow
          label="Level"
          name="Level of the surface, per cent of the highest point"
          value={100 * level}
          min={1}
          max={95}
          step={1}
          unit="%"
          decimals={0}
          onChange={(value, first) => setPhases({ level: value / 100 }, first)}
        />
      )}
      {has.resolution && (
        <SliderRow
          label={
            <span>
              Resol. <i>d</i> ≥
            </span>
          }
          name="Resolution"
          value={dMin}
          min={0.6}
          max={3}
          step={0.02}
          unit="Å"
          limits={PHASES.dMin.codec.limits}
          onChange={(value, first) => setPhases({ dMin: value }, first)}
        />
      )}
      {has.blur && (
        <SliderRow
          label={
            <span>
              Blur <i>B</i>
            </span>
          }
          name="Blur B"
          value={blur}
          min={0}
          max={8}
          step={0.1}
          unit="Å²"
          limits={PHASES.blur.codec.limits}
          decimals={1}
          onChange={(value, first) => setPhases({ blur: value }, first)}
        />
      )}
      {section && has.contour && (
        <Row label="Lines every">
          <NumberField
            label="Distance of the contour lines"
            unit={unit}
            steppers={false}
            step={spacing ? Number((spacing / 2).toPrecision(2)) : 1}
            min={PHASES.contour.codec.limits[0]}
            max={PHASES.contour.codec.limits[1]}
            value={contour ?? spacing ?? 1}
            onChange={value => {
              setPhases({ contour: Number(formatPlain(value)) });
              return null;
            }}
          />
          <button
            type="button"
            className="button small"
            disabled={contour === null}
            onClick={() => setPhases({ contour: null })}
          >
            Auto
          </button>
        </Row>
      )}
      {section && (
        <div className="lab-checks">
          {has.atoms && (
            <Checkbox checked={atoms} onChange={value => setPhases({ atoms: value })}>
              Atoms
            </Checkbox>
          )}
          <Checkbox checked={negative} onChange={value => setPhases({ negative: value })}>
            Negative lines
          </Checkbox>
        </div>
      )}
    </Section>
  );
}
