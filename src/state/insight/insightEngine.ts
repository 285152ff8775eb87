import { type InsightPool, spawnInsightPool } from '../../engine/insight/insightPool.ts';

let pool: InsightPool | null = null;

/** The workers of the insight tools, started when one is first used. */
export const insightPool = (): InsightPool => (pool ??= spawnInsightPool());
