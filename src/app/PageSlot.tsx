import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { reasonOf } from '../num/reasonOf.ts';
import { PAGES, type PageId } from '../state/core/pages.ts';
import { useBraggscape } from '../state/core/store.ts';
import { Button } from '../ui/Button.tsx';
import { Boundary, Sentence } from './Boundary.tsx';
import type { PageProps } from './pageProps.ts';
import { PAGE_TABLE } from './pages.ts';

type Loaded =
  | { readonly id: PageId; readonly page: ComponentType<PageProps> }
  | { readonly id: PageId; readonly failure: string };

/** The page that the state names; the last one stays on screen until the code of the next is here. */
export function PageSlot(props: PageProps): ReactNode {
  const id = useBraggscape(state => state.inputs.page);
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt loads again
  useEffect(() => {
    let wanted = true;
    PAGE_TABLE[id].load().then(
      page => wanted && setLoaded({ id, page }),
      (error: Error) => wanted && setLoaded({ id, failure: reasonOf(error) }),
    );
    return () => {
      wanted = false;
    };
  }, [id, attempt]);
  if (!loaded) return <main aria-busy="true" />;
  const name = PAGES.find(page => page.id === loaded.id)?.label ?? loaded.id;
  if ('failure' in loaded)
    return (
      <Sentence text={`The page “${name}” could not be loaded: ${loaded.failure}`}>
        <Button onClick={() => setAttempt(attempt + 1)}>Try again</Button>
        <Button onClick={() => location.reload()}>Reload</Button>
      </Sentence>
    );
  const Shown = loaded.page;
  return (
    <Boundary key={loaded.id} name={name}>
      <Shown {...props} />
    </Boundary>
  );
}
