import { lazy, type ReactNode, Suspense, useId, useState } from 'react';
import { analysisUsed } from '../../state/analysis/analysisSettings.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { Button } from '../../ui/Button.tsx';
import rail from '../Section.module.css';

const Panel = lazy(async () => ({ default: (await import('./AnalysisPanel.tsx')).AnalysisPanel }));

/** What is unfolded by hand may lie below the fold of the rail. */
const reveal = (element: HTMLElement | null): void =>
  element?.closest('section')?.scrollIntoView({ block: 'start' });

/** The analysis tools in the rail, folded away until they are asked for, by hand or by a link. */
export function AnalysisSection(): ReactNode {
  const used = useBraggscape(state => analysisUsed(state.inputs.analysis));
  const [chosen, setChosen] = useState<boolean | null>(null);
  const open = chosen ?? used;
  const id = useId();
  return (
    <section className={rail.section} aria-labelledby={`${id}-title`}>
      <header>
        <h2 id={`${id}-title`}>Analysis tools</h2>
        <span className="spacer" />
        <Button
          small
          aria-expanded={open}
          aria-controls={id}
          aria-label={open ? 'Fold the analysis tools' : 'Open the analysis tools'}
          onClick={() => setChosen(!open)}
        >
          {open ? 'Fold' : 'Open'}
        </Button>
      </header>
      {!open && (
        <p className="quiet">
          Why it is rough: peak widths, catchment, profile, roughness, curvature. What would help: other ways
          down.
        </p>
      )}
      <div id={id} ref={chosen ? reveal : undefined}>
        {open && (
          <Suspense fallback={<p className={rail.note}>The tools are being loaded.</p>}>
            <Panel />
          </Suspense>
        )}
      </div>
    </section>
  );
}
