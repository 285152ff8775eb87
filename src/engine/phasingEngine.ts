import { type CallOptions, pagePool } from './pool.ts';
import type { ArgsOf, ProgressOf, ResultOf } from './protocol.ts';
import type { TableOf } from './tables.ts';

export type PhasingMethods = TableOf<'phasing'>;

/** Computations of the laboratory: pictures follow a slider, searches and charge flipping take longer. */
export class PhasingEngine {
  private readonly pool;

  constructor(pool = pagePool()) {
    this.pool = pool;
  }

  run<M extends keyof PhasingMethods>(
    method: M,
    args: ArgsOf<PhasingMethods[M]>,
    options: CallOptions<ProgressOf<PhasingMethods[M]>> = {},
  ): Promise<ResultOf<PhasingMethods[M]>> {
    const urgency = method === 'flip' || method === 'search' ? 'shown' : 'pointer';
    return this.pool.call('phasing', method, null as never, args, { urgency, ...options });
  }
}
