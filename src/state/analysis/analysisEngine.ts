import { AnalysisPool } from '../../engine/analysisPool.ts';
import { sharedEngines } from '../explore/sharedEngines.ts';

let pool: AnalysisPool | null = null;

/** Engine of the analysis tools. */
export const analysisEngine = (): AnalysisPool => (pool ??= new AnalysisPool(sharedEngines().cpu));
