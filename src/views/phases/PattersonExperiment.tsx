import { type ReactNode, useCallback, useMemo, useState } from 'react';
import type { Structure } from '../../crystal/structure.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { setPhases } from '../../state/phases/phasesActions.ts';
import { Formula } from '../../ui/Formula.tsx';
import { formatNumber, formatPlain } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import { Section } from '../Section.tsx';
import { SettingInput, SettingRow } from '../SettingRow.tsx';
import styles from './ExperimentLayout.module.css';
import { ExperimentLayout } from './ExperimentLayout.tsx';
import { LabPattern } from './LabPattern.tsx';
import { Pane, PaneNote } from './Pane.tsx';
import type { SectionMark } from './paintSection.ts';
import { SectionControls } from './SectionControls.tsx';
import { SectionMap } from './SectionMap.tsx';
import { SurfaceCell } from './SurfaceCell.tsx';
import { sectionAtoms } from './sectionFrame.ts';
import { useLab, useLabScene } from './useLab.ts';
import { VectorTable } from './VectorTable.tsx';

const NO_SITES: Structure['sites'] = [];

/** 3: the map that needs no phases. */
export function PattersonExperiment({ structure }: { structure: Structure }): ReactNode {
  const { value, status, message: failure } = useBraggscape(state => state.phases.patterson);
  const [plane, height, negative, vectors, picture] = [
    useLab('plane'),
    useLab('height'),
    useLab('negative'),
    useLab('vectors'),
    useLab('picture'),
  ];
  const [chosen, setChosen] = useState<number | null>(null);
  const { target } = useLabScene();
  const ends = useMemo(() => value?.vectors.map(({ vector }) => ({ fract: vector })) ?? [], [value]);
  const marks = useCallback(
    (): SectionMark[] =>
      vectors
        ? sectionAtoms(ends, structure.cell, plane, height).map(({ site, u, v, away }) => ({
            u,
            v,
            shape: site === chosen ? 'ring' : 'cross',
            colour: getComputedStyle(document.documentElement).getPropertyValue('--current').trim(),
            text: site === chosen ? (value?.vectors[site]?.elements ?? '') : '',
            radius: 8,
            faint: Math.abs(away) > 0.25,
          }))
        : [],
    [vectors, ends, structure, plane, height, chosen, value],
  );
  // The origin peak towers over the rest: the ink counts from the highest other vector.
  const highest =
    Math.max(0, ...(value?.vectors.map(vector => vector.height) ?? [])) || (value?.map.highest ?? 1);
  const label = value
    ? `Patterson map: ${formatPlain(Math.round(value.origin))} at the origin, highest interatomic vector ${formatNumber(highest, 0)} square electrons per cubic angstrom.`
    : 'Patterson map';
  return (
    <ExperimentLayout
      rail={
        <>
          <PattersonControls />
          <SectionControls spacing={value?.spacing ?? null} unit="e² Å⁻³" with={{ resolution: true }} />
        </>
      }
      main={
        <Pane
          title="Patterson map"
          sub={
            value && (
              <>
                |<i>F</i>|² of {value.reflections} pairs of <Formula text={structure.formula} />, no phases;{' '}
                {formatNumber(value.origin, 0)} e² Å⁻³ at the origin
                {picture === 'section' && (
                  <>
                    {' '}
                    (lines every {formatPlain(value.spacing)}, ink full at {formatNumber(highest, 0)})
                  </>
                )}
              </>
            )
          }
          stale={status === 'computing' && value !== null}
        >
          {failure && <PaneNote failed text={`This map cannot be computed: ${failure}.`} />}
          {!value && !failure && <PaneNote text="The map is being computed." />}
          {value && picture === 'section' && (
            <SectionMap
              cell={structure.cell}
              axis={plane}
              picture={value.map.section}
              darkest={highest}
              negative={negative}
              marks={marks}
              unit="e² Å⁻³"
              label={label}
            />
          )}
          {value && picture === 'surface' && (
            <SurfaceCell
              cell={structure.cell}
              sites={NO_SITES}
              surface={value.map.surface}
              tone="current"
              label={label}
            />
          )}
        </Pane>
      }
      side={
        value && (
          <VectorTable
            patterson={value}
            chosen={chosen}
            onChoose={index => {
              setChosen(index);
              const { vector } = value.vectors[index]!;
              setPhases({ height: Number(vector['xyz'.indexOf(plane) as 0 | 1 | 2].toFixed(5)) });
            }}
          />
        )
      }
      lower={
        <LabPattern
          target={target}
          other={null}
          names={['this crystal', '']}
          title="Powder pattern"
          mark={null}
          same={false}
          status="the map above is made of the same |F|², one for each hkl"
        />
      }
    />
  );
}

function PattersonControls(): ReactNode {
  const sharpen = useLab('sharpen');
  return (
    <Section
      group="patterson"
      title="Patterson map"
      info={
        <Info about="the Patterson map">
          <p>
            <i>P</i>(<b>u</b>) = (1/<i>V</i>) Σ |<i>F</i>|² cos 2π <b>h</b>·<b>u</b>, the autocorrelation of
            the density (Patterson 1934).
          </p>
          <p>
            Without the origin peak: |<i>F</i>|² − Σ <i>f</i>². Sharpened: divided by Σ <i>f</i>²(<i>s</i>) /
            Σ <i>f</i>²(0), then damped by exp(−2<i>B s</i>²) (International Tables B, 2.3.1).
          </p>
        </Info>
      }
    >
      <div className={styles.checks}>
        <SettingInput of="phases.removeOrigin" />
        <SettingInput of="phases.sharpen" />
        <SettingInput of="phases.vectors" />
      </div>
      {sharpen && <SettingRow of="phases.damping" />}
    </Section>
  );
}
