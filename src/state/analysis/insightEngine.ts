import { InsightPool } from '../../engine/insightPool.ts';

let pool: InsightPool | null = null;

/** What the insight tools compute with. */
export const insightPool = (): InsightPool => (pool ??= new InsightPool());
