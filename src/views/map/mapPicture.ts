import type { ViewInputs } from '../../state/explore/viewSettings.ts';
import type { HeatmapProps } from '../../ui/Heatmap.tsx';
import type { Field, PlotArea } from '../../ui/heatmapPixels.ts';
import { isolinePaths } from '../../ui/isolinePaths.ts';
import type { RestingMap } from '../../ui/mapFigure.ts';
import type { MapScene } from './useMapScene.ts';

/** Coarser fields have no relief. */
const RELIEF_FROM = 30;

/** The colours of a map in the layers that are chosen; null where they are not. */
export const heatOf = (
  field: Field,
  area: PlotArea,
  range: readonly [number, number],
  { heat, relief, colourMap }: ViewInputs,
): HeatmapProps | null =>
  heat ? { field, area, range, colourMap, relief: relief && field.xs.length > RELIEF_FROM } : null;

/** Parts of a map at rest besides marks and axes. */
export function mapPicture({ map, frame: area, colourRange }: MapScene, view: ViewInputs): RestingMap | null {
  if (!map) return null;
  return {
    area,
    heat: heatOf(map, area, colourRange, view),
    isolines: view.lines ? isolinePaths(map, area, colourRange, { onColours: view.heat }) : [],
  };
}
