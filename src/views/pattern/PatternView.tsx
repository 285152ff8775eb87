import type { ReactNode } from 'react';
import { useBraggscape } from '../../state/store.ts';
import { PatternPane } from './PatternPane.tsx';
import { type CurrentScene, EXPLORER_LOOK, type PatternLook } from './scene.ts';
import { TallySentence } from './TallySentence.tsx';
import { usePatternScene } from './usePatternScene.ts';

const MEASURED_LOOK: PatternLook = { ...EXPLORER_LOOK, target: 'measured' };

/** The powder pattern of the true and of the current crystal, their reflections and their difference. */
export function PatternView(): ReactNode {
  const { target, current } = usePatternScene();
  const loading = useBraggscape(state => state.loading);
  const formula = useBraggscape(state => state.structure?.formula ?? '');
  const measured = useBraggscape(state => state.inputs.measured.id !== null);
  if (!target) return <EmptyPattern />;
  return (
    <section className={loading ? 'pattern-view stale' : 'pattern-view'} aria-label="Powder pattern">
      <PatternPane
        target={target}
        current={current}
        title="Powder pattern"
        status={<Status current={current} />}
        look={measured ? MEASURED_LOOK : EXPLORER_LOOK}
        label={`Powder pattern of ${formula}: the target filled, the current crystal as a line, the reflections of both as ticks joined by ribbons, and the difference.`}
      />
    </section>
  );
}

export function EmptyPattern(): ReactNode {
  const loading = useBraggscape(state => state.loading);
  const failure = useBraggscape(state => state.failure);
  const text =
    failure ?? (loading ? `Reading ${loading}.` : 'The pattern appears here as soon as there is a crystal.');
  return (
    <section className="pattern-view" aria-label="Powder pattern">
      <header className="pattern-head">
        <h2>Powder pattern</h2>
      </header>
      <p className={failure ? 'pattern-empty failed' : 'pattern-empty'}>{text}</p>
    </section>
  );
}

function Status({ current }: { current: CurrentScene | null }): ReactNode {
  const missing = useBraggscape(state => state.missing);
  if (missing) return <span className="pattern-missing">No current pattern: {missing}.</span>;
  return current ? (
    <TallySentence tally={current.tally} />
  ) : (
    <span>The current pattern is being computed.</span>
  );
}
