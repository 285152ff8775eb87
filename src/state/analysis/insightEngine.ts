import { InsightPool } from '../../engine/insightPool.ts';

let pool: InsightPool | null = null;

/** Engine of the analysis tools. */
export const insightPool = (): InsightPool => (pool ??= new InsightPool());
