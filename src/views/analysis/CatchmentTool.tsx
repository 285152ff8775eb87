import type { ReactNode } from 'react';
import { REACHED } from '../../optimise/outcome.ts';
import type { CatchmentProgress } from '../../state/analysis/analysisSlice.ts';
import { catchmentJob } from '../../state/analysis/catchmentJob.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { formatNumber } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import { ProgressLine } from '../ProgressLine.tsx';
import rail from '../Section.module.css';
import { Row } from '../Section.tsx';
import { SettingInput } from '../SettingRow.tsx';
import tools from './AnalysisPanel.module.css';
import styles from './CatchmentTool.module.css';
import { Share } from './Share.tsx';
import { useCatchmentKinds } from './useCatchmentKinds.ts';

/** Minimum that every start reaches: settings, progress, legend, share of the truth. */
export function CatchmentTool(): ReactNode {
  const analysis = useBraggscape(state => state.inputs.analysis);
  const job = useBraggscape(state => state.analysis.catchmentJob);
  const how = useBraggscape(state => state.analysis.catchmentHow);
  const on = analysis.catchment !== 'off';
  return (
    <div className={tools.tool}>
      <div className={tools.row}>
        <span className={rail.label}>
          Catchment{' '}
          <Info about="the catchment map">
            <p>
              A descent is run from every point of a grid over the map, in the settings of the Descent section
              with this many steps at most, and the start is coloured by what it reaches: the truth (every
              length within {formatNumber(100 * REACHED.length, 0)} %, every angle within {REACHED.angle}°),
              or the listed minimum in whose basin it ends. Basins are those of the map by flooding
              (watershed).
            </p>
            <p>
              Where a timed step of 256 descents says so, they run on WebGL with losses in float32: ends agree
              with float64 but for starts on the very edge of a basin. The engine badge set to CPU keeps them
              in float64, the same on every machine.
            </p>
            <p>The share has a 95 % Jeffreys interval. Number and place say the same as the colours.</p>
          </Info>
        </span>
        <span className="spacer" />
        <SettingInput of="analysis.catchment" small />
      </div>
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
    </div>
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
      <table data-testid="catchment-legend">
        <caption className="visually-hidden">What the starts reach</caption>
        <tbody>
          {kinds.map(({ mark, meaning, colour, starts }) => (
            <tr key={mark}>
              <td>
                <span className={styles.swatch} style={{ background: colour }}>
                  <span>{mark}</span>
                </span>
              </td>
              <th scope="row">{meaning}</th>
              <td>{formatNumber(starts.length, 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={rail.note} data-testid="catchment-share">
        The truth: <Share reached={reached} of={total} />
        {bouncing > 0 && `; ${formatNumber(bouncing, 0)} end bouncing, the learning rate above 2/λ there`}.
      </p>
    </>
  );
}
