import type { ReactNode, RefObject } from 'react';
import { LOSSES, lossFor, lossOf } from '../../losses/registry.ts';
import { setAnalysis } from '../../state/analysis/analysisSettings.ts';
import { notify } from '../../state/core/notices.ts';
import { store, useBraggscape } from '../../state/core/store.ts';
import { setRanges, setView } from '../../state/explore/actions.ts';
import { continuedOf } from '../../state/explore/selectors.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { saveFile } from '../../ui/download.ts';
import { formatNumber } from '../../ui/format.ts';
import { Icon, IconButton } from '../../ui/Icon.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { Info, Popover } from '../../ui/Popover.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { ParameterSymbol } from '../CellParameter.tsx';
import { EnergySwitch } from '../energy/EnergySwitch.tsx';
import type { MapScene } from '../map/useMapScene.ts';
import panes from '../pane.module.css';
import { useLossScale } from '../useLossScale.ts';
import { widthName } from '../widthName.ts';
import { saveLadder } from './exportLadder.ts';
import { mapCsv, saveMap } from './exportMap.ts';
import styles from './LandscapeHead.module.css';

export function LandscapeHead({
  pane,
  scene,
}: {
  pane: RefObject<HTMLElement | null>;
  scene: MapScene | null;
}): ReactNode {
  const x = useBraggscape(state => state.inputs.slice.x);
  const y = useBraggscape(state => state.inputs.slice.y);
  const loss = useBraggscape(state => state.inputs.loss);
  const scale = useLossScale();
  return (
    <header className={panes.head}>
      <h2>
        Loss over <ParameterSymbol of={x} /> and <ParameterSymbol of={y} />
      </h2>
      <Info about="the loss">
        <h3>{lossOf(loss).label} loss</h3>
        <p>{lossFor(loss, scale).source}.</p>
        <p>
          The target is the pattern of the true crystal, simulated like every other (float64 on the CPU,
          float32 with integer arithmetic for the peak positions on WebGL). The four parameters that are not
          on the axes stay at the truth unless they are tied. Fractional coordinates are fixed.
        </p>
        <p>
          Minima are found on the grid by flooding; listed are those away from the border (3 %) and, for
          losses that are −1 at the truth, at least 0.009 deep with at least 0.6 of the true similarity, for
          the others at least 0.9 % of the range of the map deep. Relief shades the slope as lit from the
          upper left, by at most 16 % of brightness.
        </p>
      </Info>
      <EnergySwitch />
      <span className="spacer" />
      <div className={styles.inline}>
        <Layers />
      </div>
      <Popover label="Layers of the map" button={<Icon name="layers" />} kind="icon">
        <div className={styles.menu}>
          <div className={styles.checks}>
            <Layers />
          </div>
          <AnalysisLayers />
          <ColourSettings scene={scene} />
        </div>
      </Popover>
      <IconButton
        name="reset"
        label="Reset the ranges of the map"
        onClick={() => setRanges(null, null, true)}
      />
      <IconButton
        name="expand"
        label="Show the map on the full screen"
        onClick={() => {
          if (document.fullscreenElement) void document.exitFullscreen();
          else void pane.current?.requestFullscreen();
        }}
      />
      <Popover label="Save the map" button={<Icon name="download" />} kind="icon">
        <SaveMenu pane={pane} scene={scene} />
      </Popover>
    </header>
  );
}

const LAYERS = [
  ['heat', 'Heat'],
  ['relief', 'Relief'],
  ['lines', 'Lines'],
  ['symmetry', 'Symmetry'],
  ['minima', 'Minima'],
] as const;

function Layers(): ReactNode {
  const view = useBraggscape(state => state.inputs.view);
  const count = useBraggscape(state => state.minima.length);
  return LAYERS.map(([layer, name]) => (
    <Checkbox key={layer} checked={view[layer]} onChange={on => setView({ [layer]: on })}>
      {name}
      {layer === 'minima' && <span className="quiet"> {Math.max(0, count - 1)}</span>}
    </Checkbox>
  ));
}

/** Shortcuts to what the analysis tools draw; their settings are in the rail. */
function AnalysisLayers(): ReactNode {
  const chosen = useBraggscape(state => state.inputs.analysis);
  return (
    <>
      <Segmented
        label="What the map pane shows"
        small
        value={chosen.view}
        options={[
          { value: 'map', label: 'Map' },
          { value: 'wall', label: 'Wall', title: 'The same slice under all losses' },
          { value: 'surface', label: '3-D', title: 'The map as a surface' },
        ]}
        onChange={view => setAnalysis({ view })}
      />
      <Checkbox checked={chosen.ruler} onChange={ruler => setAnalysis({ ruler })}>
        Basin ruler and ±10 % box
      </Checkbox>
      <Checkbox
        checked={chosen.catchment !== 'off'}
        onChange={on => setAnalysis({ catchment: on ? 'unconstrained' : 'off' })}
      >
        Catchment map
      </Checkbox>
    </>
  );
}

function ColourSettings({ scene }: { scene: MapScene | null }): ReactNode {
  const view = useBraggscape(state => state.inputs.view);
  if (!scene) return null;
  const [low, high] = scene.colourRange;
  const change = (next: readonly [number, number]): string | null => {
    if (!(next[0] < next[1])) return 'the low end must be below the high end';
    setView({ colourRange: next });
    return null;
  };
  return (
    <>
      <Segmented
        label="Colour map"
        small
        value={view.colourMap}
        options={[
          { value: 'viridis', label: 'Viridis' },
          { value: 'cividis', label: 'Cividis' },
        ]}
        onChange={colourMap => setView({ colourMap })}
      />
      <div className={styles.range}>
        <NumberField
          label="Lowest loss of the colours"
          value={low}
          step={0.05}
          decimals={4}
          onChange={v => change([v, high])}
        />
        <span>to</span>
        <NumberField
          label="Highest loss of the colours"
          value={high}
          step={0.05}
          decimals={4}
          onChange={v => change([low, v])}
        />
      </div>
      <Button small disabled={view.colourRange === null} onClick={() => setView({ colourRange: null })}>
        Whole range of the map
      </Button>
    </>
  );
}

function SaveMenu({
  pane,
  scene,
}: {
  pane: RefObject<HTMLElement | null>;
  scene: MapScene | null;
}): ReactNode {
  const name = useBraggscape(state => state.structure?.formula ?? 'map');
  const loss = useBraggscape(state => state.inputs.loss);
  const view = useBraggscape(state => state.inputs.view);
  const run = useBraggscape(continuedOf);
  const map = scene?.map;
  if (!map || !scene) return <p>There is no map yet.</p>;
  const file = `${name}-${map.slice.x}-${map.slice.y}-${LOSSES.find(entry => entry.id === loss)?.id ?? ''}`;
  const [low, high] = scene.colourRange;
  const caption = `${name}: ${lossOf(loss).label} loss over ${map.slice.x} and ${map.slice.y}, ${map.xs.length} × ${map.ys.length} points; colours from ${formatNumber(low, 3)} to ${formatNumber(high, 3)}; star: true cell`;
  const save = async (kind: 'png' | 'svg'): Promise<void> => {
    try {
      if (pane.current) await saveMap(pane.current, scene, view, caption, file, kind);
    } catch (error) {
      notify({ id: 'map-picture', tone: 'error', text: (error as Error).message });
    }
  };
  const saveStages = async (kind: 'png' | 'svg'): Promise<void> => {
    const { stageMaps, map: plain } = store.getState();
    const stages = (run?.widths ?? []).map(width => ({
      name: width > 0 ? `peaks smoothed by ${widthName(width)}` : 'the patterns as they are',
      map: width > 0 ? stageMaps.find(entry => entry.width === width) : (plain ?? undefined),
    }));
    const words = `${name}: ${lossOf(loss).label} loss over ${map.slice.x} and ${map.slice.y}, with the continued path to the end of each stage`;
    try {
      if (pane.current) await saveLadder(pane.current, stages, view.colourMap, words, `${file}-stages`, kind);
    } catch (error) {
      notify({ id: 'map-picture', tone: 'error', text: (error as Error).message });
    }
  };
  return (
    <div className={styles.menu}>
      <Button small onClick={() => void save('png')}>
        Picture (PNG)
      </Button>
      <Button small onClick={() => void save('svg')}>
        Picture (SVG)
      </Button>
      {run && (
        <>
          <Button small onClick={() => void saveStages('png')}>
            Stages of the continued path (PNG)
          </Button>
          <Button small onClick={() => void saveStages('svg')}>
            Stages of the continued path (SVG)
          </Button>
        </>
      )}
      <Button small onClick={() => saveFile(`${file}.csv`, mapCsv(map, loss), 'text/csv;charset=utf-8')}>
        Values (CSV)
      </Button>
    </div>
  );
}
