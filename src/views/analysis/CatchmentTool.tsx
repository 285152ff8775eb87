import type { ReactNode } from 'react';
import { REACHED } from '../../optimise/outcome.ts';
import type { CatchmentProgress } from '../../state/analysis/analysisSlice.ts';
import { catchmentJob } from '../../state/analysis/catchmentJob.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { formatNumber } from '../../ui/format.ts';
import { ProgressLine } from '../ProgressLine.tsx';
import rail from '../Section.module.css';
import { Row } from '../Section.tsx';
import { SettingInput } from '../SettingRow.tsx';
import tools from './AnalysisPanel.module.css';
import styles from './CatchmentTool.module.css';
import { useCatchmentKinds } from './catchmentKinds.ts';
import { Share } from './Share.tsx';
import { Tool } from './Tool.tsx';

/** Minimum that every start reaches: settings, progress, legend, share of the truth. */
export function CatchmentTool(): ReactNode {
  const analysis = useBraggscape(state => state.inputs.analysis);
  const job = useBraggscape(state => state.analysis.catchmentJob);
  const how = useBraggscape(state => state.analysis.catchmentHow);
  const on = analysis.catchment !== 'off';
  return (
    <Tool
      title="Catchment"
      about="the catchment map"
      help={[
        `A descent is run from every point of a grid over the map, in the settings of the Descent section with this many steps at most, and the start is coloured by what it reaches: the truth (every length within ${formatNumber(100 * REACHED.length, 0)} %, every angle within ${REACHED.angle}°), or the listed minimum in whose basin it ends. Basins are those of the map by flooding (watershed).`,
        'Where a timed step of 256 descents says so, they run on WebGL with losses in float32: ends agree with float64 but for starts on the very edge of a basin. The engine badge set to CPU keeps them in float64, the same on every machine.',
        'The share has a 95 % Jeffreys interval. Number and place say the same as the colours.',
      ]}
      aside={<SettingInput of="analysis.catchment" small />}
    >
      {on && (
        <>
          <Row label="Starts, steps">
            <SettingInput of="analysis.catchmentSide" />
            <SettingInput of="analysis.catchmentSteps" />
          </Row>
          <ProgressLine
            className={tools.status}
            progress={job}
            unit="descents"
            also={together(job)}
            cancel={catchmentJob.cancel}
          />
          {how && (
            <p className={rail.note} data-testid="catchment-how">
              {how}
            </p>
          )}
          <Legend />
        </>
      )}
    </Tool>
  );
}

/** Number of descents that step together on the GPU. */
const together = ({ together: at }: CatchmentProgress): string =>
  at ? `, ${formatNumber(at.walkers, 0)} under way, ${formatNumber(at.steps, 0)} steps` : '';

function Legend(): ReactNode {
  const kinds = useCatchmentKinds();
  const catchment = useBraggscape(state => state.analysis.catchment);
  if (!catchment) return null;
  const total = catchment.known.reduce((sum, known) => sum + known, 0);
  if (kinds.length === 0) return <p className={rail.note}>The colours follow when the map is done.</p>;
  const reached = catchment.truth.reduce((sum, truth) => sum + truth, 0);
  const bouncing = catchment.bouncing.reduce((sum, hops) => sum + hops, 0);
  return (
    <>
      <DataTable
        caption="What the starts reach"
        testId="catchment-legend"
        rows={kinds}
        rowKey={({ mark }) => mark}
        columns={[
          {
            cell: ({ mark, colour }) => (
              <span className={styles.swatch} style={{ background: colour }}>
                <span>{mark}</span>
              </span>
            ),
          },
          { words: true, cell: ({ meaning }) => meaning },
          { cell: ({ starts }) => formatNumber(starts.length, 0) },
        ]}
      />
      <p className={rail.note} data-testid="catchment-share">
        The truth: <Share reached={reached} of={total} />
        {bouncing > 0 && `; ${formatNumber(bouncing, 0)} end bouncing, the learning rate above 2/λ there`}.
      </p>
    </>
  );
}
