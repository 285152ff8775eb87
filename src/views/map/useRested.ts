import { useEffect, useState } from 'react';

/** A map that is not replaced for this long rests, ms. */
const REST = 400;

/**
 * The last of the values that stayed: a finished one after it was not replaced for a moment, so that what is costly to
 * draw is drawn once and not while a control moves. The first finished one counts at once.
 * @param done whether the value is more than a stage on the way
 */
export function useRested<T>(value: T | null, done: boolean): T | null {
  const [rested, setRested] = useState<T | null>(null);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setRested(value), rested === null ? 0 : REST);
    return () => clearTimeout(timer);
  }, [value, done, rested]);
  return rested;
}
