import { lazy, type ReactNode, Suspense, useId, useState } from 'react';
import { analysisUsed } from '../../state/analysis/analysisSettings.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { Button } from '../../ui/Button.tsx';
import rail from '../Section.module.css';

const Panel = lazy(async () => ({ default: (await import('./AnalysisPanel.tsx')).AnalysisPanel }));

/** The analysis tools in the rail, folded away until they are asked for, by hand or by a link. */
export function AnalysisSection(): ReactNode {
  const used = useBraggscape(state => analysisUsed(state.inputs.analysis));
  const [chosen, setChosen] = useState<boolean | null>(null);
  const open = chosen ?? used;
  const id = useId();
  return (
    <section className={rail.section} aria-labelledby={`${id}-title`}>
      <header>
        <h2 id={`${id}-title`}>Insight</h2>
        <span className="quiet">why rough, what helps</span>
        <span className="spacer" />
        <Button
          small
          aria-expanded={open}
          aria-controls={id}
          aria-label={open ? 'Fold the insight tools' : 'Open the insight tools'}
          onClick={() => setChosen(!open)}
        >
          {open ? 'Fold' : 'Open'}
        </Button>
      </header>
      <div id={id}>
        {open && (
          <Suspense fallback={<p className={rail.note}>The tools are being loaded.</p>}>
            <Panel />
          </Suspense>
        )}
      </div>
    </section>
  );
}
