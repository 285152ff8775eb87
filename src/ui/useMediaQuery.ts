import { useRef, useSyncExternalStore } from 'react';

/** True where a media query holds, kept up to date; on paper as it was on screen, whose panes are printed. */
export function useMediaQuery(query: string): boolean {
  const last = useRef<{ readonly query: string; readonly matches: boolean } | null>(null);
  return useSyncExternalStore(
    react => {
      const list = matchMedia(query);
      list.addEventListener('change', react);
      return () => list.removeEventListener('change', react);
    },
    () => {
      if (last.current?.query !== query || !matchMedia('print').matches)
        last.current = { query, matches: matchMedia(query).matches };
      return last.current.matches;
    },
  );
}
