import type { AnalysisInputs } from './analysisSettings.ts';

/** True where any of the analysis tools shows something. */
export const analysisUsed = (chosen: AnalysisInputs): boolean =>
  chosen.view !== 'map' || chosen.blur !== 1 || analysisOnMap(chosen);

/** True where one of them draws on the map. */
export const analysisOnMap = ({ ruler, catchment, line, strategies }: AnalysisInputs): boolean =>
  ruler || catchment !== 'off' || line !== null || strategies.length > 0;
