import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { cellIndex } from '../../crystal/cell.ts';
import { useBraggscape } from '../../state/store.ts';
import { formatNumber } from '../../ui/format.ts';
import { Plot } from '../../ui/Plot.tsx';
import { useSize } from '../../ui/useSize.ts';
import { formatParameter, ParameterSymbol } from '../CellParameter.tsx';
import { FlatLadder, Ladder } from './Ladder.tsx';
import './landscape.css';
import { LandscapeHead } from './LandscapeHead.tsx';
import { landscapeTraces } from './landscapeTraces.ts';
import { MapOverlay } from './MapOverlay.tsx';
import { MapStatus } from './MapStatus.tsx';
import { toX, toY } from './mapFrame.ts';
import { useMapPointer } from './useMapPointer.ts';
import { type MapScene, useMapScene } from './useMapScene.ts';

const CLEAR = 'rgba(0,0,0,0)';
/** The map pane: the loss over two cell parameters, with everything that happens on it. */
export function LandscapeView(): ReactNode {
  const pane = useRef<HTMLElement>(null);
  const [box, size] = useSize<HTMLDivElement>();
  const scene = useMapScene(size.width, size.height);
  const failure = useBraggscape(state => state.failure);
  const flat = size.width > 0 && size.width < 480;
  return (
    <section className="pane landscape" aria-label="Loss landscape" ref={pane}>
      <LandscapeHead pane={pane} scene={scene} />
      <div className="landscape-body">
        <div className="map-box" ref={box}>
          {scene && size.width > 80 && size.height > 80 ? (
            <MapSurface scene={scene} width={size.width} height={size.height} />
          ) : (
            <p className="pane-empty">{failure ?? 'The crystal is being read.'}</p>
          )}
        </div>
        {scene && !flat && size.height > 80 && <Ladder scene={scene} height={size.height} />}
      </div>
      {scene && flat && <FlatLadder scene={scene} width={size.width} />}
      <div className="caption">
        <Caption />
        <MapStatus />
      </div>
      <ProbeVoice />
    </section>
  );
}

/** Says where the probe is and what the loss is there, once it rests. */
function ProbeVoice(): ReactNode {
  const current = useBraggscape(state =>
    state.inputs.focus.kind === 'probe' && !state.hover ? state.current : null,
  );
  const x = useBraggscape(state => state.inputs.slice.x);
  const y = useBraggscape(state => state.inputs.slice.y);
  const [text, setText] = useState('');
  useEffect(() => {
    if (!current) return;
    const place = [x, y]
      .map(key => `${key} ${formatParameter(key, current.cell[cellIndex(key)]!)}`)
      .join(', ');
    const timer = setTimeout(() => setText(`${place}, loss ${formatNumber(current.loss, 3)}`), 400);
    return () => clearTimeout(timer);
  }, [current, x, y]);
  return (
    <p className="visually-hidden" aria-live="polite">
      {text}
    </p>
  );
}

function Caption(): ReactNode {
  const x = useBraggscape(state => state.inputs.slice.x);
  const y = useBraggscape(state => state.inputs.slice.y);
  const missing = useBraggscape(state => state.missing);
  if (missing) return <p className="caution">No such crystal: {missing}.</p>;
  return (
    <p>
      Each pixel is this crystal with <ParameterSymbol of={x} /> and <ParameterSymbol of={y} /> changed; its
      colour says how unlike its powder pattern is to the true one. Click to drop three descents.
    </p>
  );
}

function MapSurface({ scene, width, height }: { scene: MapScene; width: number; height: number }): ReactNode {
  const surface = useRef<HTMLDivElement>(null);
  const view = useBraggscape(state => state.inputs.view);
  const { frame, map, stale, colourRange, slice } = scene;
  useMapPointer(surface, scene);
  const { heat, relief, lines, colourMap } = view;
  const traces = useMemo(
    () => (map ? landscapeTraces(map, { heat, relief, lines, colourMap, colourRange }) : []),
    [map, heat, relief, lines, colourMap, colourRange],
  );
  const label = `Loss over ${slice.x} and ${slice.y}. Arrow keys move the probe, with Shift by ten; Enter starts descents there.`;
  return (
    // The keys of the page (arrows, Enter) act on it.
    <div
      className="map-surface"
      ref={surface}
      role="application"
      aria-roledescription="loss map"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys and Enter act on it
      tabIndex={0}
      data-testid="map"
    >
      <div
        className="map-ground"
        style={{ left: frame.left, top: frame.top, width: frame.width, height: frame.height }}
      >
        {map && <Hatch scene={scene} />}
        {map && (
          <div className={stale ? 'stale' : ''}>
            <Plot
              traces={traces}
              xRange={frame.xRange}
              yRange={frame.yRange}
              width={frame.width}
              height={frame.height}
              background={CLEAR}
              label={`Map of the loss over ${slice.x} and ${slice.y}`}
            />
          </div>
        )}
      </div>
      <MapOverlay scene={scene} width={width} height={height} />
    </div>
  );
}

/** Under the computed area: shows through where a cell does not exist. */
function Hatch({ scene: { map, frame } }: { scene: MapScene }): ReactNode {
  if (!map) return null;
  const { xRange, yRange } = map.slice;
  const left = toX(frame, xRange[0]) - frame.left;
  const top = toY(frame, yRange[1]) - frame.top;
  const style = {
    left,
    top,
    width: toX(frame, xRange[1]) - frame.left - left,
    height: toY(frame, yRange[0]) - frame.top - top,
  };
  return <div className="hatch" style={style} />;
}
