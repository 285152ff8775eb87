/** Means of a method besides computing. */
export interface CallContext<P = never> {
  progress(value: P): void;
  /** Lets messages and more urgent calls in when it is time, and throws when the call was cancelled. */
  breathe(): Promise<void>;
}

/**
 * Functions that a worker runs, by name: something that it keeps between calls (a problem, weights; null for nothing),
 * arguments, and the way to report. Plain data goes in and comes out; the buffers of a result are moved.
 */
export type MethodTable = Readonly<
  Record<string, (cached: never, args: never, context: CallContext<never>) => Promise<unknown>>
>;

export type CachedOf<F> = F extends (cached: infer K, ...rest: never[]) => unknown ? K : never;
export type ArgsOf<F> = F extends (cached: never, args: infer A, ...rest: never[]) => unknown ? A : never;
export type ProgressOf<F> = F extends (cached: never, args: never, context: CallContext<infer P>) => unknown
  ? P
  : never;
export type ResultOf<F> = F extends (...inputs: never[]) => Promise<infer R> ? R : never;

/**
 * Levels of urgency. What follows the pointer or a slider goes before what fills the screen, and that before a study or a
 * catchment map; calls of one level take turns.
 */
export const URGENCY = { background: 0, shown: 1, pointer: 2 } as const;
export type Urgency = keyof typeof URGENCY;

export type Request =
  | { type: 'load'; subject: string }
  | { type: 'cache'; cached: number; value: object }
  | { type: 'forget'; cached: number }
  | {
      type: 'call';
      id: number;
      subject: string;
      method: string;
      /** 0 for nothing. */
      cached: number;
      args: unknown;
      urgency: Urgency;
    }
  | { type: 'abort'; id: number }
  | { type: 'ping' };

/** Every call ends with a result, an error, or `ended` when it was cancelled. */
export type Reply =
  | { type: 'progress'; id: number; value: unknown }
  | { type: 'result'; id: number; value: unknown }
  | { type: 'error'; id: number; name: string; message: string }
  | { type: 'ended'; id: number }
  | { type: 'alive' }
  /** The worker is of no further use, such as when a part of it could not be fetched. */
  | { type: 'broken'; message: string };
