import { lazy, type ReactNode, Suspense, useMemo } from 'react';
import { useBraggscape } from '../../state/core/store.ts';
import { setView } from '../../state/explore/actions.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './PatternPane.module.css';
import { PatternPane } from './PatternPane.tsx';
import { type CurrentScene, EXPLORER_OPTIONS, type PatternOptions } from './scene.ts';
import { TallySentence } from './TallySentence.tsx';
import { usePatternScene } from './usePatternScene.ts';

const RankedPanel = lazy(async () => ({ default: (await import('./RankedPanel.tsx')).RankedPanel }));

/** The powder pattern of the true and of the current crystal, their reflections and their difference. */
export function PatternView(): ReactNode {
  const { target, current } = usePatternScene();
  const loading = useBraggscape(state => state.loading);
  const formula = useBraggscape(state => state.structure?.formula ?? '');
  const measured = useBraggscape(state => state.inputs.measured.id !== null);
  const still = useBraggscape(state => state.problem?.model?.cellMoves === false);
  const ranked = useBraggscape(state => state.inputs.view.ranked);
  const options = useMemo(
    (): PatternOptions => ({
      ...EXPLORER_OPTIONS,
      target: measured ? 'measured' : 'target',
      beside: still,
    }),
    [measured, still],
  );
  if (!target) return <EmptyPattern />;
  return (
    <PatternPane
      target={target}
      current={current}
      title="Powder pattern"
      status={<Status current={current} />}
      options={options}
      stale={loading !== null}
      tool={
        <Button
          small
          aria-pressed={ranked}
          title="The reflections that drive the gradient, those that pull most first"
          onClick={() => setView({ ranked: !ranked })}
        >
          Gradient
        </Button>
      }
      aside={
        ranked && (
          <Suspense fallback={null}>
            <RankedPanel />
          </Suspense>
        )
      }
      label={`Powder pattern of ${formula}: the target filled, the current crystal as a line, the reflections of both as ticks joined by ribbons, and the difference.`}
    />
  );
}

export function EmptyPattern(): ReactNode {
  const loading = useBraggscape(state => state.loading);
  const failure = useBraggscape(state => state.failure);
  const text =
    failure ?? (loading ? `Reading ${loading}.` : 'The pattern appears here as soon as there is a crystal.');
  return (
    <section className={styles.view} data-pane="pattern" aria-label="Powder pattern">
      <header className={styles.head}>
        <h2>Powder pattern</h2>
      </header>
      <p className={styles.empty} data-failed={failure ? '' : undefined}>
        {text}
      </p>
    </section>
  );
}

function Status({ current }: { current: CurrentScene | null }): ReactNode {
  const missing = useBraggscape(state => state.missing);
  if (missing) return <MissingPattern>No current pattern: {missing}.</MissingPattern>;
  return current ? (
    <TallySentence tally={current.tally} />
  ) : (
    <span>The current pattern is being computed.</span>
  );
}

/** The reason why there is no pattern, in place of the status. */
export const MissingPattern = ({ children }: { children: ReactNode }): ReactNode => (
  <span className={styles.missing}>{children}</span>
);
