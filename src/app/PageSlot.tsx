import { Component, type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { reasonOf } from '../num/reasonOf.ts';
import { PAGES, type PageId } from '../state/core/pages.ts';
import { useBraggscape } from '../state/core/store.ts';
import { Button } from '../ui/Button.tsx';
import styles from './PageSlot.module.css';
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
    <Boundary key={loaded.id} id={loaded.id} name={name}>
      <Shown {...props} />
    </Boundary>
  );
}

/** One sentence and a way on, where a page should be. */
function Sentence({ text, children }: { text: string; children: ReactNode }): ReactNode {
  return (
    <main className={styles.sentence}>
      <p role="alert">{text}</p>
      <p>{children}</p>
    </main>
  );
}

/** An error while drawing costs its page, not the bar nor what the state holds. */
class Boundary extends Component<
  { id: PageId; name: string; children: ReactNode },
  { error: Error | null; refused?: string }
> {
  override readonly state: { error: Error | null; refused?: string } = { error: null };
  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }
  private async setAside(): Promise<void> {
    try {
      await (await import('./setAside.ts')).setAside(this.props.id);
      this.setState({ error: null });
    } catch (error) {
      this.setState({ refused: ` What it shows could not be set aside: ${reasonOf(error)}.` });
    }
  }
  override render(): ReactNode {
    const { error, refused = '' } = this.state;
    if (!error) return this.props.children;
    return (
      <Sentence
        text={`“${this.props.name}” could not be drawn: ${reasonOf(error)}. Where drawing again does not help, set aside what it shows: that is saved to a file, and the page begins anew.${refused}`}
      >
        <Button onClick={() => this.setState({ error: null })}>Draw again</Button>
        <Button onClick={() => void this.setAside()}>Save to a file and set aside</Button>
      </Sentence>
    );
  }
}
