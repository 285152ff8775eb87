import { type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { CATALOGUE, entryName } from '../../crystal/catalogue.ts';
import { addToCompare, setCompare } from '../../state/compare/compareActions.ts';
import { startCompare } from '../../state/compare/compareJob.ts';
import { COMPARE_SETS } from '../../state/compare/compareSets.ts';
import { COMPARE } from '../../state/compare/compareSettings.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import pane from '../pane.module.css';
import type { Picture } from '../pattern/frame.ts';
import { PatternPlot, type PlotCursor, usePlotCursor, useViewSettings } from '../pattern/PatternPlot.tsx';
import type { ViewSettings } from '../pattern/plotScene.ts';
import { asZoom, clampRange, type Range } from '../pattern/zoom.ts';
import { useHidden } from '../Section.tsx';
import { SettingInput } from '../SettingRow.tsx';
import { CompareHead } from './CompareHead.tsx';
import styles from './CompareView.module.css';
import { type CompareScene, compareScene, peakAt, spokenPeak } from './compareScene.ts';
import { EntryRow } from './EntryRow.tsx';
import { PeakTable } from './PeakTable.tsx';
import { SimilarityTables } from './SimilarityTables.tsx';
import { useEntryNames } from './useEntryNames.ts';

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
  const [noList, noTables] = [useHidden('controls'), useHidden('tables')];
  const list = !noList && (
    <aside className={styles.rail} aria-label="Patterns to compare">
      <SetPicker />
      <EntryList scene={scene} view={view} at={cursor.at} />
      <PairPicker />
    </aside>
  );
  return (
    <main className="printed-as-shown">
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
          {!noTables && (
            <div className={styles.tables}>
              <SimilarityTables />
              {scene && view && <PeakTable scene={scene} view={view} onZoomTo={zoomTo} />}
            </div>
          )}
        </div>
      </div>
    </main>
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

const OWN = 'own';

/** Comparisons that teach, and the lesson of each. */
function SetPicker(): ReactNode {
  const entries = useBraggscape(state => state.inputs.compare.entries);
  const sources = (list: typeof entries): string =>
    JSON.stringify(
      list.map(({ source, strain, strained, wavelength, width }) => [
        source,
        strain,
        strained,
        wavelength,
        width,
      ]),
    );
  const shown = COMPARE_SETS.find(set => sources(set.inputs.entries) === sources(entries));
  return (
    <section className={styles.set} aria-label="Set">
      <Select
        label="Built-in sets"
        value={shown?.id ?? OWN}
        options={[
          ...(shown ? [] : [{ value: OWN, label: 'A set of your own' }]),
          ...COMPARE_SETS.map(({ id, title }) => ({ value: id, label: title })),
        ]}
        onChange={id => {
          const set = COMPARE_SETS.find(entry => entry.id === id);
          if (set) setCompare(set.inputs);
        }}
      />
      {shown && <p>{shown.lesson}</p>}
    </section>
  );
}

/** The two that are subtracted and mirrored. */
function PairPicker(): ReactNode {
  const pair = useBraggscape(state => state.inputs.compare.pair);
  const names = useEntryNames();
  const title = useId();
  if (names.length < 2) return null;
  const options = names.map((name, i) => ({ value: i, label: `${i + 1} ${name}` }));
  const choose = (which: 0 | 1, value: number): void => {
    const other = pair[which === 0 ? 1 : 0];
    // Choosing what the other side shows exchanges the two.
    const rest = other === value ? pair[which] : other;
    setCompare({ pair: which === 0 ? [value, rest] : [rest, value] });
  };
  return (
    <fieldset className={styles.pair} aria-labelledby={title}>
      {/* WebKit puts a legend on the line above, whatever its style. */}
      <span id={title}>Pair, subtracted and mirrored</span>
      <Select
        label="First of the pair"
        value={Math.min(pair[0], names.length - 1)}
        options={options}
        onChange={value => choose(0, value)}
      />
      <span aria-hidden="true">−</span>
      <Select
        label="Second of the pair"
        value={Math.min(pair[1], names.length - 1)}
        options={options}
        onChange={value => choose(1, value)}
      />
      <SettingInput of="compare.difference" />
    </fieldset>
  );
}

/** Everything that is compared, and what can be added. */
function EntryList(props: {
  readonly scene: CompareScene | null;
  readonly view: ViewSettings | null;
  readonly at: number | null;
}): ReactNode {
  const entries = useBraggscape(state => state.inputs.compare.entries);
  return (
    <section className={styles.entries} aria-label="In the picture">
      <ol>
        {entries.map((entry, index) => (
          // An entry has no identity of its own: two may be the same.
          // biome-ignore lint/suspicious/noArrayIndexKey: the place in the list is the identity
          <EntryRow key={index} entry={entry} index={index} count={entries.length} {...props} />
        ))}
      </ol>
      <AddRow room={COMPARE.entries.codec.most - entries.length} />
    </section>
  );
}

function AddRow({ room }: { room: number }): ReactNode {
  const [source, setSource] = useState('SrTiO3');
  const { crystals, patterns } = useBraggscape(state => state.inputs.userFiles);
  const options = [
    ...[...crystals, ...patterns].map(({ id, name }) => ({ value: id, label: `${name} (own)` })),
    ...CATALOGUE.map(entry => ({ value: entry.id, label: entryName(entry) })),
  ];
  if (room <= 0)
    return (
      <p className="quiet">
        At most {COMPARE.entries.codec.most} patterns are compared. Remove one to add another.
      </p>
    );
  return (
    <div className={styles.add}>
      <Select label="Crystal to add" value={source} options={options} onChange={setSource} />
      <Button onClick={() => addToCompare([[source]])}>Add</Button>
    </div>
  );
}
