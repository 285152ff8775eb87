import { useSyncExternalStore } from 'react';

/** True where a media query holds, kept up to date. */
export function useMediaQuery(query: string): boolean {
  return useSyncExternalStore(
    react => {
      const list = matchMedia(query);
      list.addEventListener('change', react);
      return () => list.removeEventListener('change', react);
    },
    () => matchMedia(query).matches,
  );
}
