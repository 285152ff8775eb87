import { type ReactNode, useCallback, useState } from 'react';
import type { Structure } from '../../crystal/structure.ts';
import type { PattersonMap } from '../../phasing/lab/pattersonMap.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { setPhases } from '../../state/phases/phasesActions.ts';
import { DataTable, ScrollBox } from '../../ui/DataTable.tsx';
import { formatNumber, formatPlain } from '../../ui/format.ts';
import type { Palette } from '../palette.ts';
import { Section } from '../Section.tsx';
import { SettingInput, SettingRow } from '../SettingRow.tsx';
import styles from './ExperimentLayout.module.css';
import { ExperimentLayout } from './ExperimentLayout.tsx';
import { LabPattern } from './LabPattern.tsx';
import { type MapMark, MapPane } from './MapPane.tsx';
import { Pane, PaneNote } from './Pane.tsx';
import { SectionControls } from './SectionControls.tsx';
import { useLab, useLabs } from './useLab.ts';

const NO_SITES: Structure['sites'] = [];

/** 3: the map that needs no phases. */
export function PattersonExperiment({ structure }: { structure: Structure }): ReactNode {
  const { value, status, message: failure } = useBraggscape(state => state.phases.patterson);
  const [plane, shown, picture] = useLabs('plane', 'vectors', 'picture');
  const [chosen, setChosen] = useState<number | null>(null);
  const vectors = value?.vectors;
  const marks = useCallback(
    ({ current }: Palette): MapMark[] =>
      (shown && vectors ? vectors : []).map(({ vector, elements }, i) => ({
        fract: vector,
        shape: i === chosen ? 'ring' : 'cross',
        colour: current,
        text: i === chosen ? elements : '',
        radius: 8,
        faint: false,
      })),
    [shown, vectors, chosen],
  );
  // The origin peak towers over the rest: the ink counts from the highest other vector.
  const highest = Math.max(0, ...(vectors?.map(vector => vector.height) ?? [])) || (value?.map.highest ?? 1);
  return (
    <ExperimentLayout
      rail={
        <>
          <PattersonControls />
          <SectionControls spacing={value?.spacing ?? null} unit="e² Å⁻³" with={{ resolution: true }} />
        </>
      }
      main={
        <MapPane
          title="Patterson map"
          sub={
            value &&
            `|*F*|² of ${value.reflections} pairs of \`${structure.formula}\`, no phases; ${formatNumber(value.origin, 0)} e² Å⁻³ at the origin${picture === 'section' ? ` (lines every ${formatPlain(value.spacing)}, ink full at ${formatNumber(highest, 0)})` : ''}`
          }
          cell={structure.cell}
          map={value?.map ?? null}
          stale={status === 'computing'}
          failure={failure}
          darkest={highest}
          unit="e² Å⁻³"
          sites={NO_SITES}
          tone="current"
          marks={marks}
          label={
            value
              ? `Patterson map: ${formatPlain(Math.round(value.origin))} at the origin, highest interatomic vector ${formatNumber(highest, 0)} square electrons per cubic angstrom.`
              : 'Patterson map'
          }
        />
      }
      side={
        value ? (
          <VectorTable
            patterson={value}
            chosen={chosen}
            onChoose={index => {
              setChosen(index);
              const { vector } = value.vectors[index]!;
              setPhases({ height: Number(vector['xyz'.indexOf(plane) as 0 | 1 | 2].toFixed(5)) });
            }}
          />
        ) : (
          <Pane title="Interatomic vectors">
            <PaneNote text="The vectors appear with the map." />
          </Pane>
        )
      }
      lower={
        <LabPattern
          names={['this crystal', '']}
          other={null}
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
      about="the Patterson map"
      help={[
        '*P*(**u**) = (1/*V*) Σ |*F*|² cos 2π **h**·**u**, the autocorrelation of the density (Patterson 1934).',
        'Without the origin peak: |*F*|² − Σ *f*². Sharpened: divided by Σ *f*²(*s*) / Σ *f*²(0), then damped by exp(−2*B s*²) (International Tables B, 2.3.1).',
      ]}
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

/** Rows that are listed. */
const ROWS = 60;

/** The vectors between the true atoms, heaviest first, each with the map at its end. */
function VectorTable(props: {
  patterson: PattersonMap;
  chosen: number | null;
  onChoose(index: number): void;
}): ReactNode {
  const { patterson, chosen, onChoose } = props;
  return (
    <Pane
      title="Interatomic vectors"
      sub={`${Math.min(ROWS, patterson.vectors.length)} of ${patterson.vectorCount}, heaviest first`}
      about="the interatomic vectors"
      help={[
        'All vectors between different positions of the true crystal, up to lattice translations; equal ones are merged. The weight is the sum of *Z Z*′ over its pairs, what the peak integrates to. The last column is the map at the end of the vector.',
        'Choosing a vector moves the section to it. The map itself was made without the atoms.',
      ]}
    >
      <ScrollBox label="Interatomic vectors">
        <DataTable
          caption="Interatomic vectors, heaviest first; choose one"
          rows={patterson.vectors.slice(0, ROWS)}
          rowKey={({ vector }) => vector.join()}
          chosen={row => row === patterson.vectors[chosen ?? -1]}
          onChoose={row => onChoose(patterson.vectors.indexOf(row))}
          radio={({ elements, vector, length }) =>
            `${elements}, ${vector.map(value => formatNumber(value)).join(' ')}, ${formatNumber(length)} Å`
          }
          columns={[
            { head: 'pair', cell: ({ elements }) => elements },
            { head: '*u*', cell: ({ vector }) => formatNumber(vector[0]) },
            { head: '*v*', cell: ({ vector }) => formatNumber(vector[1]) },
            { head: '*w*', cell: ({ vector }) => formatNumber(vector[2]) },
            { head: 'length / Å', cell: ({ length }) => formatNumber(length) },
            { head: 'pairs', cell: ({ pairs }) => pairs },
            { head: 'weight / e²', cell: ({ weight }) => formatNumber(weight, 0) },
            { head: 'map / e² Å⁻³', cell: ({ height }) => formatNumber(height, 0) },
          ]}
        />
      </ScrollBox>
    </Pane>
  );
}
