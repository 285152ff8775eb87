import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { useBraggscape } from '../../state/core/store.ts';
import { openPage } from '../../state/explore/actions.ts';
import { pageAddress } from '../../state/linkSync.ts';
import { setPhases } from '../../state/phases/phasesActions.ts';
import { EXPERIMENTS } from '../../state/phases/phasesSettings.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { useHidden } from '../Section.tsx';
import styles from './ExperimentTabs.module.css';
import { useLab } from './useLab.ts';

/** The experiments, and at the end of the row the way back to the loss landscape of the same crystal. */
export function ExperimentTabs(): ReactNode {
  const chosen = useLab('experiment');
  const inputs = useBraggscape(state => state.inputs);
  const list = useRef<HTMLDivElement>(null);
  const [noTabs, noLandscape] = [useHidden('experiments'), useHidden('landscape')];
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const at = EXPERIMENTS.findIndex(entry => entry.id === chosen);
    const next = (at + by + EXPERIMENTS.length) % EXPERIMENTS.length;
    setPhases({ experiment: EXPERIMENTS[next]!.id, step: 0 });
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus();
  };
  if (noTabs && noLandscape) return null;
  return (
    <div className={styles.tabs}>
      {!noTabs && (
        <div ref={list} className={styles.list} role="tablist" aria-label="Experiments" onKeyDown={onKeyDown}>
          {EXPERIMENTS.map(({ id, label, short }, i) => (
            <button
              key={id}
              type="button"
              role="tab"
              id={`lab-tab-${id}`}
              aria-selected={id === chosen}
              aria-controls="lab-experiment"
              tabIndex={id === chosen ? 0 : -1}
              onClick={() => setPhases({ experiment: id, step: 0 })}
            >
              <span className={styles.number}>{i + 1}</span> <span className={styles.long}>{label}</span>
              <span className={styles.short}>{short}</span>
            </button>
          ))}
        </div>
      )}
      <span className="spacer" />
      {!noLandscape && (
        <a
          className={buttonClass({ small: true })}
          href={pageAddress(inputs, 'explore')}
          title="Phases fixed by the model, the problem becomes the rough map"
          onClick={event => {
            if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
            event.preventDefault();
            openPage('explore');
          }}
        >
          <span className={styles.number}>7</span> Back to the landscape
        </a>
      )}
    </div>
  );
}
