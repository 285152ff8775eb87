import { Component, type ReactNode } from 'react';
import { reasonOf } from '../num/reasonOf.ts';
import { store } from '../state/core/store.ts';
import { Button } from '../ui/Button.tsx';
import styles from './Boundary.module.css';

/** One sentence and a way on, where a page should be. */
export function Sentence({ text, children }: { text: string; children: ReactNode }): ReactNode {
  return (
    <main className={styles.sentence}>
      <p role="alert">{text}</p>
      <p>{children}</p>
    </main>
  );
}

/** What is drawn, as far as it can be: an error costs this part, not what is around it nor what the state holds. */
export class Boundary extends Component<
  {
    readonly name: string;
    /** Called with an error; nothing is drawn then. Without it a sentence and ways on stand in its place. */
    onError?(error: Error): void;
    readonly children: ReactNode;
  },
  { error: Error | null; refused?: string }
> {
  override readonly state: { error: Error | null; refused?: string } = { error: null };
  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }
  override componentDidCatch(error: Error): void {
    this.props.onError?.(error);
  }
  private async setAside(): Promise<void> {
    try {
      await (await import('./setAside.ts')).setAside(store.getState().inputs.page);
      this.setState({ error: null });
    } catch (error) {
      this.setState({ refused: ` What it shows could not be set aside: ${reasonOf(error)}.` });
    }
  }
  override render(): ReactNode {
    const { name, onError, children } = this.props;
    const { error, refused = '' } = this.state;
    if (!error) return children;
    if (onError) return null;
    return (
      <Sentence
        text={`“${name}” could not be drawn: ${reasonOf(error)}. Where drawing again does not help, set aside what it shows: that is saved to a file, and the page begins anew.${refused}`}
      >
        <Button onClick={() => this.setState({ error: null })}>Draw again</Button>
        <Button onClick={() => void this.setAside()}>Save to a file and set aside</Button>
      </Sentence>
    );
  }
}
