import { useSyncExternalStore } from 'react';

/** Device pixels in a CSS pixel, followed through page zoom and moves between screens. */
export function usePixelRatio(): number {
  return useSyncExternalStore(
    react => {
      let list = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
      const changed = (): void => {
        list.removeEventListener('change', changed);
        list = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
        list.addEventListener('change', changed);
        react();
      };
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => devicePixelRatio,
  );
}
