import { type ReactNode, useState } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { isNumber } from '../num/fields.ts';
import { useMediaQuery } from '../ui/useMediaQuery.ts';
import { CellView } from '../views/cell/CellView.tsx';
import { Rail } from '../views/controls/Rail.tsx';
import { LandscapeView } from '../views/landscape/LandscapeView.tsx';
import { PatternView } from '../views/pattern/PatternView.tsx';
import { Player } from '../views/player/Player.tsx';
import { ResultsView } from '../views/results/ResultsView.tsx';
import styles from './Workbench.module.css';

/** Private windows may refuse storage: sizes then last as long as the page. What is no list of sizes is none. */
const storage = {
  getItem(key: string): string | null {
    try {
      const kept = localStorage.getItem(key);
      const sizes: unknown = kept && JSON.parse(kept);
      return sizes && Object.values(sizes).every(isNumber) ? kept : null;
    } catch {
      return null;
    }
  },
  setItem(key: string, value: string): void {
    try {
      localStorage.setItem(key, value);
    } catch {
      // Refused: nothing to remember it in.
    }
  },
};

const useLayout = (
  id: string,
): Pick<ReturnType<typeof useDefaultLayout>, 'defaultLayout' | 'onLayoutChanged'> => {
  const { defaultLayout, onLayoutChanged } = useDefaultLayout({
    id,
    storage,
    onlySaveAfterUserInteractions: true,
  });
  return { defaultLayout, onLayoutChanged };
};

/** The workbench that fills a desktop window; every border moves and is remembered. */
export function Workbench(): ReactNode {
  const small = useMediaQuery('(max-width: 1199px), (max-height: 719px)');
  const size = small ? 'small' : 'large';
  const outer = useLayout(`braggscape-${size}-outer`);
  const rows = useLayout(`braggscape-${size}-rows`);
  const columns = useLayout(`braggscape-${size}-columns`);
  const side = useLayout(`braggscape-${size}-side`);
  return (
    <Group key={size} {...outer} orientation="horizontal" className={styles.workbench}>
      <Panel
        id="panel-rail"
        defaultSize={small ? 248 : 288}
        minSize={220}
        maxSize={420}
        groupResizeBehavior="preserve-pixel-size"
      >
        <aside aria-label="Controls" className={styles.rail}>
          <Rail />
        </aside>
      </Panel>
      <Separator className={styles.divider} aria-label="Width of the controls" />
      <Panel id="panel-work" minSize={480}>
        <Group {...rows} orientation="vertical">
          <Panel id="panel-upper" minSize={260}>
            <Group {...columns} orientation="horizontal">
              <Panel id="panel-map" minSize={320}>
                <LandscapeView />
              </Panel>
              <Separator className={styles.divider} aria-label="Width of the map" />
              <Panel
                id="panel-side"
                defaultSize={small ? 300 : 380}
                minSize={240}
                groupResizeBehavior="preserve-pixel-size"
              >
                {small ? (
                  <SideTabs />
                ) : (
                  <Group {...side} orientation="vertical">
                    <Panel id="panel-cell" defaultSize="46%" minSize={140}>
                      <CellView />
                    </Panel>
                    <Separator className={styles.divider} aria-label="Height of the unit cell" />
                    <Panel id="panel-numbers" minSize={140}>
                      <ResultsView />
                    </Panel>
                  </Group>
                )}
              </Panel>
            </Group>
          </Panel>
          <Separator className={styles.divider} aria-label="Height of the pattern" />
          <Panel
            id="panel-lower"
            defaultSize={small ? 246 : 276}
            minSize={180}
            maxSize="60%"
            groupResizeBehavior="preserve-pixel-size"
          >
            <div className={styles.lower}>
              <Player />
              <PatternView />
            </div>
          </Panel>
        </Group>
      </Panel>
    </Group>
  );
}

/** On small screens cell and numbers share one place. */
function SideTabs(): ReactNode {
  const [tab, setTab] = useState<'numbers' | 'cell'>('numbers');
  const tabs = [
    ['numbers', 'Numbers'],
    ['cell', 'Unit cell'],
  ] as const;
  return (
    <div className={styles.tabs}>
      <div role="tablist" aria-label="Numbers or unit cell">
        {tabs.map(([id, label]) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`tab-${id}`}
            aria-selected={tab === id}
            aria-controls="side-tab"
            tabIndex={tab === id ? 0 : -1}
            onClick={() => setTab(id)}
            onKeyDown={event => {
              if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
              event.preventDefault();
              const next = tab === 'numbers' ? 'cell' : 'numbers';
              setTab(next);
              document.getElementById(`tab-${next}`)?.focus();
            }}
          >
            {label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="side-tab" aria-labelledby={`tab-${tab}`}>
        {tab === 'numbers' ? <ResultsView /> : <CellView />}
      </div>
    </div>
  );
}
