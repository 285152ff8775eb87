/** Progress of a computation. What else a page tells of one of its own it adds by extending this. */
export interface Progress {
  readonly status: 'idle' | 'computing' | 'done' | 'cancelled' | 'failed';
  readonly done: number;
  readonly total: number;
  /** Forecast of the remaining time, ms; null before it means anything. */
  readonly remaining: number | null;
  /** Wall time of what is done, ms. */
  readonly elapsed: number | null;
  /** Why it failed. */
  readonly message: string | null;
}

export const IDLE: Progress = {
  status: 'idle',
  done: 0,
  total: 0,
  remaining: null,
  elapsed: null,
  message: null,
};

/** The first half second says little about the pace, ms. */
const WARM_UP = 500;

/** Time that the rest takes if it goes on as until now, ms; null while nobody can tell. */
export const forecast = (done: number, total: number, elapsed: number): number | null =>
  elapsed > WARM_UP && done > 0 ? (elapsed / done) * (total - done) : null;
