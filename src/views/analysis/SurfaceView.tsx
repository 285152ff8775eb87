import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { sliceParameter } from '../../landscape/slice.ts';
import { lossOf } from '../../losses/registry.ts';
import { reasonOf } from '../../num/reasonOf.ts';
import { useBraggscape, useSeveral } from '../../state/core/store.ts';
import { pathsOf } from '../../state/explore/selectors.ts';
import { COLOUR_MAPS } from '../../ui/colourMaps.ts';
import { formatNumber } from '../../ui/format.ts';
import { useGestures } from '../../ui/useGestures.ts';
import { axisTitle, plainName } from '../CellParameter.tsx';
import { turningGestures, viewKey } from '../cell/turning.ts';
import type { MapScene } from '../map/useMapScene.ts';
import styles from './SurfaceView.module.css';
import { type SurfaceStage, surfaceStage } from './surfaceStage.ts';

/** Room for the line below, pixels. */
const CAPTION = 44;

/** The map as a surface, with the descents on it. Drag or arrow keys turn it, the wheel or + and − zoom. */
export function SurfaceView(props: {
  readonly scene: MapScene;
  readonly width: number;
  readonly height: number;
}): ReactNode {
  const { scene, width, height } = props;
  const host = useRef<HTMLDivElement>(null);
  const stage = useRef<SurfaceStage | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const runs = useSeveral(pathsOf);
  const strategyRuns = useBraggscape(state => state.analysis.strategyRuns);
  const colourMap = useBraggscape(state => state.inputs.view.colourMap);
  const loss = useBraggscape(state => state.inputs.loss);
  const { map, colourRange, slice } = scene;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another stage
  useEffect(() => {
    if (!host.current) return;
    try {
      const lost = (): void => setFailure('its context was lost');
      stage.current = surfaceStage(host.current, lost, () => setAttempt(count => count + 1));
      setFailure(null);
    } catch (error) {
      setFailure(reasonOf(error));
    }
    return () => {
      stage.current?.dispose();
      stage.current = null;
    };
  }, [attempt]);
  useGestures(
    host,
    turningGestures(() => stage.current),
  );
  // biome-ignore-start lint/correctness/useExhaustiveDependencies: another attempt is another stage
  useEffect(() => stage.current?.resize(width, height - CAPTION), [width, height, attempt]);
  useEffect(() => {
    if (map) stage.current?.setField(map, slice, colourRange, COLOUR_MAPS[colourMap]);
  }, [map, slice, colourRange, colourMap, attempt]);
  useEffect(() => {
    // They lie on the surface: another map moves them.
    if (map) stage.current?.setPaths([...runs, ...strategyRuns]);
  }, [map, runs, strategyRuns, attempt]);
  // biome-ignore-end lint/correctness/useExhaustiveDependencies: another attempt is another stage
  const onKey = (event: KeyboardEvent): void => {
    if (!stage.current || !viewKey(stage.current, event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={styles['view']} data-testid="surface">
      <div
        ref={host}
        className={styles['stage']}
        style={{ width, height: height - CAPTION }}
        role="application"
        aria-label={`Surface of the loss over ${plainName(sliceParameter(slice, 'x'))} and ${plainName(sliceParameter(slice, 'y'))}. Arrow keys turn it, plus and minus zoom.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys turn it
        tabIndex={0}
        onKeyDown={onKey}
      />
      {failure ? (
        <p className={styles['caption']} role="alert">
          The surface needs WebGL, which this browser does not give ({failure}). The map shows the same
          values.
        </p>
      ) : (
        <p className={styles['caption']}>
          Height: {lossOf(loss).label} loss, {formatNumber(colourRange[0], 2)} to{' '}
          {formatNumber(colourRange[1], 2)}; {axisTitle(sliceParameter(slice, 'x'))} along the red edge,{' '}
          {axisTitle(sliceParameter(slice, 'y'))} along the blue one. Drag to turn, wheel to zoom.
        </p>
      )}
    </div>
  );
}
