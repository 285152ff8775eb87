import type { ViewInputs } from '../../state/explore/viewSettings.ts';
import type { HeatmapProps } from '../../ui/Heatmap.tsx';
import type { Field, PlotArea } from '../../ui/heatmapPixels.ts';
import { isolinePaths } from '../../ui/isolinePaths.ts';
import type { RestingMap } from '../../ui/mapFigure.ts';
import type { MapScene } from './useMapScene.ts';

/** Settings of the map's own layers. */
export type MapLayers = Pick<ViewInputs, 'heat' | 'relief' | 'colourMap' | 'lines'>;

/** Coarser fields have no relief. */
const RELIEF_FROM = 30;

/** The colours of a map in the layers that are chosen; null where they are not. */
export const heatOf = (
  field: Field,
  area: PlotArea,
  range: readonly [number, number],
  { heat, relief, colourMap }: Omit<MapLayers, 'lines'>,
): HeatmapProps | null =>
  heat ? { field, area, range, colourMap, relief: relief && field.xs.length > RELIEF_FROM } : null;

/** Parts of a map at rest besides marks and axes. */
export function mapPicture(
  { map, frame: area, colourRange }: Pick<MapScene, 'map' | 'frame' | 'colourRange'>,
  layers: MapLayers,
): RestingMap | null {
  if (!map) return null;
  return {
    area,
    heat: heatOf(map, area, colourRange, layers),
    isolines: layers.lines ? isolinePaths(map, area, colourRange, { onColours: layers.heat }) : [],
  };
}
