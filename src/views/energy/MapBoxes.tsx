import type { ReactNode } from 'react';
import { useBraggscape } from '../../state/core/store.ts';
import { ColourBar } from '../../ui/ColourBar.tsx';
import { formatNumber, THIN } from '../../ui/format.ts';
import { useSize } from '../../ui/useSize.ts';
import { AnalysisLayer } from '../analysis/AnalysisLayer.tsx';
import { MapBox, MapSurface } from '../map/MapSurface.tsx';
import { type MapScene, useMapScene } from '../map/useMapScene.ts';
import pane from '../pane.module.css';
import { BlendPaths, RelaxPath } from './EnergyPaths.tsx';
import styles from './MapBoxes.module.css';
import { useEnergyScene } from './useEnergyScene.ts';

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
export function EnergyMapBox({
  quantity,
  uncovered,
}: {
  quantity: 'energy' | 'blend';
  /** Why the potential cannot describe the crystal. */
  uncovered: string | null;
}): ReactNode {
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
