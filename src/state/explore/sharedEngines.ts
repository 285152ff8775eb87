import type { Engines } from '../../engine/engines.ts';

let engines: Engines | null = null;

/** Called once, when the page starts. */
export const shareEngines = (started: Engines): void => {
  engines = started;
};

/** The engines of this page, for jobs of pages that load later. */
export function sharedEngines(): Engines {
  if (!engines) throw new Error('the engines are asked for before startJobs()');
  return engines;
}
