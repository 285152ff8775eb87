import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { setCompare } from '../../state/compare/compareActions.ts';
import { startCompare } from '../../state/compare/compareJob.ts';
import { useBraggscape } from '../../state/store.ts';
import { keyAction } from '../pattern/patternKeys.ts';
import { asZoom, clampRange, panned, type Range, zoomed } from '../pattern/zoom.ts';
import { CompareCanvas } from './CompareCanvas.tsx';
import { CompareHead } from './CompareHead.tsx';
import { axisAngle, nearestPeak, nextPeak, ownAngle, spokenPeak } from './compareCursor.ts';
import './compare.css';
import type { CompareScene, CompareView as View } from './compareScene.ts';
import { EntryList } from './EntryList.tsx';
import { PairPicker } from './PairPicker.tsx';
import { PeakList } from './PeakList.tsx';
import type { ComparePicture } from './paintCompare.ts';
import { SetPicker } from './SetPicker.tsx';
import { SimilarityTables } from './SimilarityTables.tsx';
import { useCompareScene } from './useCompareScene.ts';

/** Half the width shown around a peak that is zoomed to, degrees. */
const AROUND = 1.5;

/** Patterns of several crystals: the picture, the list of what is in it, similarities and matching peaks. */
export function CompareView({ narrow }: { narrow: boolean }): ReactNode {
  useEffect(() => startCompare(), []);
  const { scene, view } = useCompareScene();
  /** Angle at the wavelength of the axis. */
  const [pointer, setPointer] = useState<number | null>(null);
  const [picked, setPicked] = useState<number | null>(null);
  const at = pointer ?? picked;
  const zoomTo = (twoTheta: number): void => {
    if (!scene) return;
    setPicked(twoTheta);
    setCompare(
      { zoom: asZoom(clampRange([twoTheta - AROUND, twoTheta + AROUND], scene.instrument), scene.home) },
      false,
    );
  };
  const list = (
    <aside className="compare-rail" aria-label="Patterns to compare">
      <SetPicker />
      <EntryList scene={scene} view={view} at={at} />
      <PairPicker />
    </aside>
  );
  return (
    <div className={narrow ? 'compare narrow' : 'compare'}>
      {!narrow && list}
      <div className="compare-work">
        <section className="compare-picture" aria-label="Compared patterns">
          {scene && view ? (
            <Picture
              scene={scene}
              view={view}
              at={at}
              picked={picked}
              onPoint={setPointer}
              onPicked={setPicked}
              onZoomTo={zoomTo}
            />
          ) : (
            <Empty />
          )}
        </section>
        {narrow && list}
        <div className="compare-tables">
          <SimilarityTables />
          {scene && view && <PeakList scene={scene} view={view} onZoomTo={zoomTo} />}
        </div>
      </div>
    </div>
  );
}

function Empty(): ReactNode {
  const entries = useBraggscape(state => state.inputs.compare.entries);
  const some = entries.some(entry => entry.visible);
  return (
    <p className="pane-empty">
      {entries.length === 0
        ? 'Nothing to compare yet: add a crystal or a pattern, or choose a set.'
        : some
          ? 'The patterns are being computed.'
          : 'Every pattern is hidden: show one in the list.'}
    </p>
  );
}

function Picture(props: {
  readonly scene: CompareScene;
  readonly view: View;
  readonly at: number | null;
  readonly picked: number | null;
  onPoint(twoTheta: number | null): void;
  onPicked(twoTheta: number | null): void;
  onZoomTo(twoTheta: number): void;
}): ReactNode {
  const { scene, view, at, picked, onPoint, onPicked, onZoomTo } = props;
  const pair = useBraggscape(state => state.inputs.compare.pair);
  const difference = useBraggscape(state => state.inputs.compare.difference);
  const shown = useRef<ComparePicture | null>(null);
  const [spoken, setSpoken] = useState('');
  const { instrument, home } = scene;
  const setRange = (range: Range): void => setCompare({ zoom: asZoom(range, home) }, false);
  const reset = (): void => {
    setCompare({ zoom: null }, false);
    onPicked(null);
  };
  /** Steps and picks go by the first of the pair, or the first that is shown. */
  const lead = scene.curves.find(curve => curve.index === pair[0]) ?? scene.curves[0]!;
  const say = (twoTheta: number): void =>
    setSpoken(
      scene.curves
        .map(curve => spokenPeak(curve, nearestPeak(curve, ownAngle(scene, curve, twoTheta, view.axis))))
        .join(' '),
    );
  const goTo = (index: number): void => {
    const peak = lead.curve.peaks[index];
    if (!peak) return;
    const twoTheta = axisAngle(scene, lead, peak.twoTheta, view.axis);
    const [low, high] = view.range;
    if (twoTheta < low || twoTheta > high) {
      const half = 0.5 * (high - low);
      setRange(clampRange([twoTheta - half, twoTheta + half], instrument));
    }
    onPicked(twoTheta);
    say(twoTheta);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = keyAction(event.key);
    if (event.key === 'Enter' && picked !== null) onZoomTo(picked);
    else if (!action) return;
    else if (action.kind === 'pan') setRange(panned(view.range, action.share, view.axis, instrument));
    else if (action.kind === 'zoom') setRange(zoomed(view.range, action.factor, 0.5, view.axis, instrument));
    else if (action.kind === 'step') {
      const from = picked ?? (action.direction > 0 ? view.range[0] : view.range[1]);
      goTo(nextPeak(lead, ownAngle(scene, lead, from, view.axis), action.direction));
    } else if (action.kind === 'reset') reset();
    else onPicked(null);
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <CompareHead scene={scene} shown={shown} onReset={reset} />
      <CompareCanvas
        scene={scene}
        view={view}
        at={at}
        shown={shown}
        withDifference={difference}
        label={`Powder patterns of ${scene.curves.map(curve => curve.label).join('; ')}, with the reflections of each as ticks${scene.difference ? ' and the difference of two' : ''}.`}
        onPoint={onPoint}
        onPick={twoTheta => {
          goTo(nearestPeak(lead, ownAngle(scene, lead, twoTheta, view.axis)));
        }}
        onRange={setRange}
        onReset={reset}
        onKeyDown={onKeyDown}
      />
      <div className="visually-hidden">
        <p id="compare-keys">
          Left and right arrows pan, plus and minus zoom, Home shows everything, comma and full stop go to the
          previous and next peak of the first pattern of the pair, Enter zooms to it.
        </p>
        <p aria-live="polite">{spoken}</p>
      </div>
    </>
  );
}
