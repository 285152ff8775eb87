import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { lossOf } from '../../losses/registry.ts';
import { useBraggscape } from '../../state/store.ts';
import { COLOUR_MAPS } from '../../ui/colourMaps.ts';
import { formatNumber } from '../../ui/format.ts';
import { axisTitle } from '../CellParameter.tsx';
import type { MapScene } from '../map/useMapScene.ts';
import './insight.css';
import { type SurfaceStage, surfaceStage } from './surfaceStage.ts';

/** One press of an arrow key turns by this, radians. */
const TURN = 0.12;

/** The map as a surface, with the descents on it. Drag or arrow keys turn it, the wheel or + and − zoom. */
export function SurfaceView({
  scene,
  width,
  height,
}: {
  scene: MapScene;
  width: number;
  height: number;
}): ReactNode {
  const host = useRef<HTMLCanvasElement>(null);
  const stage = useRef<SurfaceStage | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const runs = useBraggscape(state => state.runs);
  const helpRuns = useBraggscape(state => state.analysis.helpRuns);
  const colourMap = useBraggscape(state => state.inputs.view.colourMap);
  const loss = useBraggscape(state => state.inputs.loss);
  const { map, colourRange, slice } = scene;
  useEffect(() => {
    if (!host.current) return;
    try {
      stage.current = surfaceStage(host.current);
    } catch (error) {
      setFailure((error as Error).message);
    }
    return () => stage.current?.dispose();
  }, []);
  useEffect(() => stage.current?.resize(width, height - 44), [width, height]);
  useEffect(() => {
    if (map) stage.current?.setField(map, slice, colourRange, COLOUR_MAPS[colourMap]);
  }, [map, slice, colourRange, colourMap]);
  useEffect(() => {
    // they lie on the surface: another map moves them
    if (map) stage.current?.setPaths([...runs, ...helpRuns]);
  }, [map, runs, helpRuns]);
  if (failure)
    return (
      <p className="pane-empty" role="alert">
        The surface needs WebGL, which this browser does not give ({failure}). The map shows the same values.
      </p>
    );
  const onKey = (event: KeyboardEvent): void => {
    const turns: Record<string, readonly [number, number]> = {
      ArrowLeft: [-TURN, 0],
      ArrowRight: [TURN, 0],
      ArrowUp: [0, -TURN],
      ArrowDown: [0, TURN],
    };
    const turn = turns[event.key];
    if (turn) stage.current?.turn(...turn);
    else if (event.key === '+' || event.key === '=') stage.current?.zoom(0.9);
    else if (event.key === '-') stage.current?.zoom(1.1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="surface-view" data-testid="surface">
      <div
        className="surface-stage"
        role="application"
        aria-label={`Surface of the loss over ${slice.x} and ${slice.y}. Arrow keys turn it, plus and minus zoom.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys turn it
        tabIndex={0}
        onKeyDown={onKey}
      >
        <canvas ref={host} />
      </div>
      <p className="surface-caption">
        Height: {lossOf(loss).label} loss, {formatNumber(colourRange[0], 2)} to{' '}
        {formatNumber(colourRange[1], 2)}; {axisTitle(slice.x)} along the red edge, {axisTitle(slice.y)} along
        the blue one. Drag to turn, wheel to zoom.
      </p>
    </div>
  );
}
