import type { ReactNode, RefObject } from 'react';
import { sliceParameter } from '../../landscape/slice.ts';
import { lossFor, lossOf } from '../../losses/registry.ts';
import { setAnalysis } from '../../state/analysis/analysisSettings.ts';
import { store, useBraggscape } from '../../state/core/store.ts';
import { setRanges, setView } from '../../state/explore/actions.ts';
import { askedSlice, continuedOf } from '../../state/explore/selectors.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { saveFile } from '../../ui/download.ts';
import { formatNumber } from '../../ui/format.ts';
import { Icon, IconButton } from '../../ui/Icon.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { Info, Popover } from '../../ui/Popover.tsx';
import { ParameterSymbol } from '../CellParameter.tsx';
import { EnergySwitch } from '../energy/EnergySwitch.tsx';
import type { MapScene } from '../map/useMapScene.ts';
import panes from '../pane.module.css';
import { SaveMenu } from '../SaveMenu.tsx';
import { SettingInput } from '../SettingRow.tsx';
import { useLossScale } from '../useLossScale.ts';
import { widenedBy } from '../widthName.ts';
import { saveLadder } from './exportLadder.ts';
import { mapCsv, saveMap } from './exportMap.ts';
import styles from './LandscapeHead.module.css';

export interface LandscapeHeadProps {
  readonly pane: RefObject<HTMLElement | null>;
  readonly scene: MapScene | null;
}

/** Name of the map, its layers and colours, and what can be saved. */
export function LandscapeHead({ pane, scene }: LandscapeHeadProps): ReactNode {
  const slice = useBraggscape(askedSlice);
  const loss = useBraggscape(state => state.inputs.loss);
  const scale = useLossScale();
  return (
    <header className={panes.head}>
      <h2>
        Loss
        {slice && (
          <>
            {' '}
            over <ParameterSymbol of={sliceParameter(slice, 'x')} /> and{' '}
            <ParameterSymbol of={sliceParameter(slice, 'y')} />
          </>
        )}
      </h2>
      <Info
        about="the loss"
        title={`${lossOf(loss).label} loss`}
        help={[
          `${lossFor(loss, scale).source}.`,
          'The target is the pattern of the true crystal, simulated like every other (float64 on the CPU, float32 with integer arithmetic for the peak positions on WebGL). Parameters that are not on the axes stay at the truth unless they are tied.',
          'Minima are found on the grid by flooding; listed are those away from the border (3 %) and, for losses that are −1 at the truth, at least 0.009 deep with at least 0.6 of the true similarity, for the others at least 0.9 % of the range of the map deep. Relief shades the slope as lit from the upper left, by at most 16 % of brightness. Colours between points more than 4 pixels apart are interpolated; from 16 pixels on the points show as dots.',
        ]}
      />
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
        className={styles.expand}
        onClick={() => {
          if (document.fullscreenElement) void document.exitFullscreen();
          else void pane.current?.requestFullscreen();
        }}
      />
      <SaveMap pane={pane} scene={scene} />
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
      <SettingInput of="analysis.view" small />
      <SettingInput of="analysis.ruler" />
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
  const field = { step: 0.05, decimals: 4 };
  return (
    <>
      <SettingInput of="view.colourMap" small />
      <div className={styles.range}>
        <NumberField
          {...field}
          label="Lowest loss of the colours"
          value={low}
          onChange={v => change([v, high])}
        />
        <span>to</span>
        <NumberField
          {...field}
          label="Highest loss of the colours"
          value={high}
          onChange={v => change([low, v])}
        />
      </div>
      <Button small disabled={view.colourRange === null} onClick={() => setView({ colourRange: null })}>
        Whole range of the map
      </Button>
    </>
  );
}

/** The picture and its values as files. */
function SaveMap({ pane, scene }: LandscapeHeadProps): ReactNode {
  const name = useBraggscape(state => state.structure?.formula ?? 'map');
  const loss = useBraggscape(state => state.inputs.loss);
  const view = useBraggscape(state => state.inputs.view);
  const run = useBraggscape(continuedOf);
  const save =
    (kind: 'png' | 'svg' | 'csv', staged = false) =>
    (): unknown => {
      if (!scene?.map || !pane.current) throw new Error('there is no map yet');
      const { slice, xs, ys } = scene.map;
      const file = `${name}-${slice.x}-${slice.y}-${loss}`;
      if (kind === 'csv') return saveFile(`${file}.csv`, mapCsv(scene.map, loss), 'text/csv;charset=utf-8');
      const what = `${name}: ${lossOf(loss).label} loss over ${slice.x} and ${slice.y}`;
      if (staged) {
        const { stageMaps, map: plain } = store.getState();
        const stages = (run?.widths ?? []).map(width => ({
          name: width > 0 && run ? widenedBy(width, run.smoothing) : 'the patterns as they are',
          map: width > 0 ? stageMaps.find(entry => entry.width === width) : (plain ?? undefined),
        }));
        const words = `${what}, with the continued path to the end of each stage`;
        return saveLadder(pane.current, stages, view.colourMap, words, `${file}-stages`, kind);
      }
      const [low, high] = scene.colourRange.map(value => formatNumber(value, 3));
      const caption = `${what}, ${xs.length} × ${ys.length} points; colours from ${low} to ${high}; star: true cell`;
      return saveMap(pane.current, scene, view, caption, file, kind);
    };
  return (
    <SaveMenu
      label="Save the map"
      small={false}
      items={[
        ['Picture (PNG)', save('png')],
        ['Picture (SVG)', save('svg')],
        ...(run
          ? ([
              ['Stages of the continued path (PNG)', save('png', true)],
              ['Stages of the continued path (SVG)', save('svg', true)],
            ] as const)
          : []),
        ['Values (CSV)', save('csv')],
      ]}
    />
  );
}
