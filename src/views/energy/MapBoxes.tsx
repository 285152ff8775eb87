import { type ReactNode, useMemo } from 'react';
import { fieldRange } from '../../landscape/minima.ts';
import { sliceParameter, truthsOf } from '../../landscape/slice.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { ColourBar } from '../../ui/ColourBar.tsx';
import { formatNumber, THIN } from '../../ui/format.ts';
import { useSize } from '../../ui/useSize.ts';
import { AnalysisLayer } from '../analysis/AnalysisLayer.tsx';
import { MapBox, MapSurface } from '../map/MapSurface.tsx';
import { type MapScene, useMapScene } from '../map/useMapScene.ts';
import pane from '../pane.module.css';
import { blendOf } from './blendField.ts';
import { BlendPaths, RelaxPath } from './EnergyPaths.tsx';
import styles from './MapBoxes.module.css';

/** The XRD map with the relaxation on it. */
export function LossMapBox(): ReactNode {
  const [box, size] = useSize<HTMLDivElement>();
  const scene = useMapScene(size.width, size.height);
  return (
    <figure className={styles.map}>
      <figcaption>
        <b>XRD loss</b>
        {scene?.map && <Legend scene={scene} />}
      </figcaption>
      <MapBox ref={box}>
        {scene && size.width > 80 && (
          <MapSurface scene={scene} {...size} below={<AnalysisLayer scene={scene} />}>
            <RelaxPath scene={scene} />
          </MapSurface>
        )}
      </MapBox>
    </figure>
  );
}

/** The energy map, or the blend of both. */
export function EnergyMapBox(props: {
  readonly quantity: 'energy' | 'blend';
  /** Why the potential cannot describe the crystal. */
  readonly uncovered: string | null;
}): ReactNode {
  const { quantity, uncovered } = props;
  const [box, size] = useSize<HTMLDivElement>();
  const scene = useEnergyScene(quantity, size.width, size.height);
  const weight = useBraggscape(state => state.inputs.energy.weight);
  return (
    <figure className={styles.map}>
      <figcaption>
        <b>
          {quantity === 'energy'
            ? 'Energy per cell, above the minimum'
            : `${weight.toFixed(2)} XRD + ${(1 - weight).toFixed(2)} energy`}
        </b>
        {scene?.map && <Legend scene={scene} unit={quantity === 'energy' ? `${THIN}eV` : ''} />}
      </figcaption>
      <MapBox ref={box}>
        {uncovered ? (
          <p className={pane.empty}>{uncovered}</p>
        ) : scene?.map && size.width > 80 ? (
          <MapSurface scene={scene} {...size} quantity={quantity} below={<AnalysisLayer scene={scene} />}>
            <RelaxPath scene={scene} />
            {quantity === 'blend' && <BlendPaths scene={scene} />}
          </MapSurface>
        ) : (
          <Missing />
        )}
      </MapBox>
    </figure>
  );
}

function Missing(): ReactNode {
  const status = useBraggscape(state => state.energy.weights.status);
  const computing = useBraggscape(state => state.energy.job.status === 'computing');
  if (computing) return <p className={pane.empty}>The first energies are being computed.</p>;
  if (status === 'ready') return <p className={pane.empty}>There is no energy map yet.</p>;
  return (
    <p className={pane.empty}>
      No energy map of this crystal and pair is stored, and without the weights of the potential none can be
      computed: load them below.
    </p>
  );
}

/** Colours from low to high with the ends of the range. */
function Legend({ scene, unit = '' }: { scene: MapScene; unit?: string }): ReactNode {
  const colourMap = useBraggscape(state => state.inputs.view.colourMap);
  const [low, high] = scene.colourRange.map(value => formatNumber(value, 2)) as [string, string];
  return <ColourBar colourMap={colourMap} low={low} high={high + unit} width={48} />;
}

/** The scene of the energy map or of the blend, in the frame of the XRD map beside it. */
function useEnergyScene(quantity: 'energy' | 'blend', width: number, height: number): MapScene | null {
  const scene = useMapScene(width, height);
  const energy = useBraggscape(state => state.energy.map);
  const problem = useBraggscape(state => state.problem);
  const sites = useBraggscape(state => state.structure?.sites ?? null);
  const weight = useBraggscape(state => state.inputs.energy.weight);
  return useMemo(() => {
    if (!scene || !problem) return null;
    const usable =
      energy &&
      energy.sites === sites &&
      energy.slice.x === scene.slice.x &&
      energy.slice.y === scene.slice.y &&
      energy.slice.tied === scene.slice.tied;
    const field =
      usable && quantity === 'blend'
        ? scene.map && !scene.stale
          ? blendOf(scene.map, energy, weight)
          : null
        : usable
          ? relative(energy.values)
          : null;
    if (!usable || !field)
      return { ...scene, map: null, falseMinima: [], equalMinima: [], colourRange: [0, 1] };
    const { xs, ys, slice, final } = energy;
    return {
      ...scene,
      map: { problem, slice, xs, ys, values: field, final },
      stale: false,
      elsewhere: false,
      falseMinima: [],
      equalMinima: [],
      colourRange: fieldRange(field),
      truth: [sliceParameter(slice, 'x').value, sliceParameter(slice, 'y').value],
      truths: truthsOf(slice),
    };
  }, [scene, energy, problem, sites, quantity, weight]);
}

/** Energies above the lowest of the map. */
function relative(values: Float64Array): Float64Array {
  const [low] = fieldRange(values);
  return values.map(value => value - low);
}
