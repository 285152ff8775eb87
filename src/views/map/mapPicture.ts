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

/** Points further apart than this are bricks to the eye, pixels; colours between them are interpolated. */
const BRICK = 4;

/** The colours of a map in the layers that are chosen; null where they are not. */
export function heatOf(
  field: Field,
  area: PlotArea,
  range: readonly [number, number],
  { heat, relief, colourMap }: Omit<MapLayers, 'lines'>,
): HeatmapProps | null {
  if (!heat) return null;
  const { xs } = field;
  const apart = (area.width * (xs[1]! - xs[0]!)) / (area.xRange[1] - area.xRange[0]);
  return {
    ...{ field, area, range, colourMap },
    relief: relief && xs.length > RELIEF_FROM,
    // every pixel is worked out: not for a picture that the next replaces at once
    smooth: apart > BRICK && !('final' in field && field.final === false),
  };
}

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
