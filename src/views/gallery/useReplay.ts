import { useEffect, useState } from 'react';
import { useMediaQuery } from '../../ui/useMediaQuery.ts';

/** A replay takes this long, ms. */
const DURATION = 2800;

/** Share of a replay, 0 to 1, running from the beginning whenever it becomes active; 1 while it does not. */
export function useReplay(active: boolean): number {
  const still = useMediaQuery('(prefers-reduced-motion: reduce)');
  const [share, setShare] = useState(1);
  useEffect(() => {
    if (!active || still) return;
    let begin: number | null = null;
    let frame = requestAnimationFrame(function tick(now) {
      begin ??= now;
      const done = Math.min(1, (now - begin) / DURATION);
      setShare(done);
      if (done < 1) frame = requestAnimationFrame(tick);
    });
    return () => {
      cancelAnimationFrame(frame);
      setShare(1);
    };
  }, [active, still]);
  return share;
}
