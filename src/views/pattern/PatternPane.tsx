import { type ReactNode, useMemo, useRef } from 'react';
import { useBraggscape } from '../../state/core/store.ts';
import { setView } from '../../state/explore/actions.ts';
import type { Picture } from './frame.ts';
import { PatternDownloads } from './PatternDownloads.tsx';
import styles from './PatternPane.module.css';
import { PatternPlot, usePlotCursor, useViewSettings } from './PatternPlot.tsx';
import { PlotTools } from './PlotTools.tsx';
import { peakSummary, readoutAt, spokenReadout } from './peakReadout.ts';
import { Readout } from './Readout.tsx';
import {
  binPositions,
  type CurrentScene,
  type PatternOptions,
  patternScene,
  type TargetScene,
} from './scene.ts';
import { wavelengthText } from './wavelengthText.ts';

export interface PatternPaneProps {
  readonly target: TargetScene;
  readonly current: CurrentScene | null;
  readonly title: string;
  /** Description of the picture, for those who do not see it. */
  readonly label: string;
  /** One line beside the title, covered while a peak is pointed at. */
  readonly status: ReactNode;
  readonly options: PatternOptions;
  /** The patterns are of another crystal than the one being read. */
  readonly stale?: boolean;
  /** Between the settings of the plot and its files, and beside the plot. */
  readonly tool?: ReactNode;
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
}

/** Pattern, reflections and difference of two crystals, with their readout and tools. */
export function PatternPane(props: PatternPaneProps): ReactNode {
  const { target, current, title, label, status, options, stale } = props;
  const { instrument } = target;
  const zoom = useBraggscape(state => state.inputs.view.zoom);
  const view = useViewSettings(target, zoom);
  const positions = useMemo(() => binPositions(instrument, view.axis), [instrument, view.axis]);
  const scene = useMemo(
    () => patternScene(target, current, positions, options),
    [target, current, positions, options],
  );
  const shown = useRef<Picture | null>(null);
  const place = usePlotCursor();
  const { at } = place;
  const summaries = useMemo(
    () => [
      peakSummary(options.target, target, target.side),
      ...(current ? [peakSummary(options.current, target, current.side)] : []),
    ],
    [options, target, current],
  );
  const readout = useMemo(() => (at === null ? [] : readoutAt(target, current, at)), [at, target, current]);

  return (
    <section
      className={styles.view}
      data-pane="pattern"
      data-stale={stale ? '' : undefined}
      aria-label="Powder pattern"
    >
      <header className={styles.head}>
        <h2>{title}</h2>
        <span className={styles.legend} aria-hidden="true">
          <span className={styles.target} /> {options.target}
          {current && (
            <>
              {' '}
              <span className={styles.current} /> {options.current}
            </>
          )}
        </span>
        <div className={styles.slot}>
          <div className={styles.status} data-covered={readout.length > 0 ? '' : undefined}>
            {status}
          </div>
          {readout.length > 0 && <Readout rows={readout} names={options} />}
        </div>
        <span className={styles.wavelength}>{wavelengthText(instrument.wavelength)}</span>
        <PlotTools
          resetLabel="Show the whole pattern"
          onReset={() => setView({ zoom: null })}
          tool={props.tool}
          downloads={<PatternDownloads target={target} current={current} shown={shown} />}
        />
      </header>
      <div className={styles.body}>
        <div className={styles.plot}>
          <PatternPlot
            scene={scene}
            view={view}
            cursor={place}
            name="Powder pattern plot"
            label={label}
            stepKeys="comma and full stop go to the previous and next reflection."
            shown={shown}
            speak={twoTheta => spokenReadout(readoutAt(target, current, twoTheta))}
            onZoom={range => setView({ zoom: range })}
          />
        </div>
        {props.aside}
      </div>
      <div className="visually-hidden">
        {summaries.map(summary => (
          <p key={summary}>{summary}</p>
        ))}
      </div>
      {props.children}
    </section>
  );
}
