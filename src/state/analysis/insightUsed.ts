import type { InsightInputs } from './insightSettings.ts';

/** True where any of the insight tools shows something. */
export const insightUsed = (insight: InsightInputs): boolean =>
  insight.view !== 'map' || insight.blur !== 1 || insightOnMap(insight);

/** True where one of them draws on the map. */
export const insightOnMap = ({ ruler, catchment, line, help }: InsightInputs): boolean =>
  ruler || catchment !== 'off' || line !== null || help.length > 0;
