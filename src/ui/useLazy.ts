import { type ComponentType, useState } from 'react';

/** A component whose code is fetched when it is first asked for; null until then. */
export function useLazy<P>(
  load: () => Promise<ComponentType<P>>,
  onFailure: (message: string) => void,
): readonly [ComponentType<P> | null, () => Promise<void>] {
  const [Loaded, setLoaded] = useState<ComponentType<P> | null>(null);
  const fetchIt = async (): Promise<void> => {
    try {
      const component = await load();
      setLoaded(() => component);
    } catch (error) {
      onFailure((error as Error).message);
    }
  };
  return [Loaded, fetchIt];
}
