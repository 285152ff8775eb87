import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { setCompare } from '../../state/compare/compareActions.ts';
import { startCompare } from '../../state/compare/compareJob.ts';
import { useBraggscape } from '../../state/core/store.ts';
import pane from '../pane.module.css';
import type { Picture } from '../pattern/frame.ts';
import { PatternPlot, type PlotCursor, usePlotCursor, useViewSettings } from '../pattern/PatternPlot.tsx';
import type { ViewSettings } from '../pattern/plotScene.ts';
import { asZoom, clampRange, type Range } from '../pattern/zoom.ts';
import { CompareHead } from './CompareHead.tsx';
import styles from './CompareView.module.css';
import { type CompareScene, compareScene, peakAt, spokenPeak } from './compareScene.ts';
import { EntryList } from './EntryList.tsx';
import { PairPicker } from './PairPicker.tsx';
import { PeakTable } from './PeakTable.tsx';
import { SetPicker } from './SetPicker.tsx';
import { SimilarityTables } from './SimilarityTables.tsx';

/** Half the width shown around a peak that is zoomed to, degrees. */
const AROUND = 1.5;

/** Patterns of several crystals: the picture, the list of what is in it, similarities and matching peaks. */
export function CompareView({ narrow }: { narrow: boolean }): ReactNode {
  useEffect(() => startCompare(), []);
  const { scene, view } = useCompareScene();
  const cursor = usePlotCursor();
  const zoomTo = (twoTheta: number): void => {
    if (!scene) return;
    cursor.pick(twoTheta);
    setCompare(
      { zoom: asZoom(clampRange([twoTheta - AROUND, twoTheta + AROUND], scene.instrument), scene.home) },
      false,
    );
  };
  const list = (
    <aside className={styles.rail} aria-label="Patterns to compare">
      <SetPicker />
      <EntryList scene={scene} view={view} at={cursor.at} />
      <PairPicker />
    </aside>
  );
  return (
    <div className={styles.compare} data-narrow={narrow ? '' : undefined}>
      {!narrow && list}
      <div className={styles.work}>
        <section className={styles.picture} aria-label="Compared patterns">
          {scene && view ? (
            <ComparePicture scene={scene} view={view} cursor={cursor} onZoomTo={zoomTo} />
          ) : (
            <Empty />
          )}
        </section>
        {narrow && list}
        <div className={styles.tables}>
          <SimilarityTables />
          {scene && view && <PeakTable scene={scene} view={view} onZoomTo={zoomTo} />}
        </div>
      </div>
    </div>
  );
}

function Empty(): ReactNode {
  const entries = useBraggscape(state => state.inputs.compare.entries);
  const some = entries.some(entry => entry.visible);
  return (
    <p className={pane.empty}>
      {entries.length === 0
        ? 'Nothing to compare yet: add a crystal or a pattern, or choose a set.'
        : some
          ? 'The patterns are being computed.'
          : 'Every pattern is hidden: show one in the list.'}
    </p>
  );
}

function ComparePicture(props: {
  readonly scene: CompareScene;
  readonly view: ViewSettings;
  readonly cursor: PlotCursor;
  onZoomTo(twoTheta: number): void;
}): ReactNode {
  const { scene, view, cursor, onZoomTo } = props;
  const pair = useBraggscape(state => state.inputs.compare.pair);
  const shown = useRef<Picture<CompareScene> | null>(null);
  const setZoom = (zoom: Range | null): void => setCompare({ zoom }, false);
  return (
    <>
      <CompareHead
        shown={shown}
        onReset={() => {
          setZoom(null);
          cursor.pick(null);
        }}
      />
      <PatternPlot
        scene={scene}
        view={view}
        cursor={cursor}
        // The first of the pair, or the first that is shown.
        lead={Math.max(
          0,
          scene.curves.findIndex(curve => curve.index === pair[0]),
        )}
        name="Plot of the compared patterns"
        label={`Powder patterns of ${scene.curves.map(curve => curve.label).join('; ')}, with the reflections of each as ticks${scene.subtracted ? ' and the difference of two' : ''}.`}
        stepKeys="comma and full stop go to the previous and next peak of the first pattern of the pair, Enter zooms to it."
        shown={shown}
        speak={twoTheta =>
          scene.curves.map(curve => spokenPeak(curve, peakAt(scene, curve, twoTheta, view.axis))).join(' ')
        }
        onZoom={setZoom}
        onEnter={onZoomTo}
      />
    </>
  );
}

/** The picture of the inputs and of what is computed of them. */
function useCompareScene(): { scene: CompareScene | null; view: ViewSettings | null } {
  const compare = useBraggscape(state => state.inputs.compare);
  const instrument = useBraggscape(state => state.inputs.instrument);
  const axis = useBraggscape(state => state.inputs.view.axis);
  const curves = useBraggscape(state => state.compare.curves);
  const scene = useMemo(
    () => compareScene(compare, instrument, curves, axis),
    [compare, instrument, curves, axis],
  );
  return { scene, view: useViewSettings(scene, compare.zoom) };
}
