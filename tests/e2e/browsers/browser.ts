/** One page of a browser, as far as the flows of `otherBrowsers.spec.ts` need it. Every call ends or fails by a deadline. */
export interface Browser {
  /** Name and version, as the browser tells them. */
  readonly name: string;
  /** Loads an address; nothing is said of when the page is ready. */
  goto(address: string): Promise<void>;
  /** Runs a function in the page; arguments and result are JSON. */
  evaluate<A extends readonly unknown[], T>(work: (...given: A) => T, ...given: A): Promise<T>;
  /** A real click at a place of the page, CSS pixels. */
  click(x: number, y: number): Promise<void>;
  /** Errors of the page and of its console since it was loaded. */
  errors(): Promise<readonly string[]>;
  /** Ends the browser and all of its processes, whatever state they are in. */
  close(): Promise<void>;
}

export const VIEWPORT = { width: 1440, height: 900 };
export const DEADLINE_MS = 60_000;
