import { type ComponentType, type ReactNode, useState } from 'react';
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

/** Least height of a window whose cell and numbers stand one over the other, and least width of three columns. */
const TALL = '(min-height: 720px)';
const WIDE = '(min-width: 1200px)';

/** The workbench that fills a desktop window; every border moves and is remembered. */
export function Workbench(): ReactNode {
  const wide = useMediaQuery(WIDE);
  const tall = useMediaQuery(TALL);
  const upright = useMediaQuery('(orientation: portrait)');
  const size = wide ? (tall ? 'large' : 'small') : upright ? 'upright' : 'tablet';
  const outer = useLayout(`braggscape-${size}-outer`);
  const rows = useLayout(`braggscape-${size}-rows`);
  const columns = useLayout(`braggscape-${size}-columns`);
  const side = useLayout(`braggscape-${size}-side`);
  const panes = (
    <Group {...rows} orientation="vertical">
      <Panel id="panel-upper" minSize={260}>
        <Group {...columns} orientation="horizontal">
          <Panel id="panel-map" minSize={320}>
            <LandscapeView />
          </Panel>
          <Separator className={styles.divider} aria-label="Width of the map" />
          <Panel
            id="panel-side"
            defaultSize={{ large: 380, small: 300, tablet: 336, upright: 312 }[size]}
            minSize={240}
            groupResizeBehavior="preserve-pixel-size"
          >
            {size === 'large' || size === 'upright' ? (
              <Group {...side} orientation="vertical">
                <Panel id="panel-cell" defaultSize={wide ? '46%' : '36%'} minSize={140}>
                  <CellView />
                </Panel>
                <Separator className={styles.divider} aria-label="Height of the unit cell" />
                <Panel id="panel-numbers" minSize={140}>
                  {wide ? <ResultsView /> : <SideTabs tabs={[NUMBERS, CONTROLS]} />}
                </Panel>
              </Group>
            ) : (
              <SideTabs tabs={wide ? [NUMBERS, CELL] : [NUMBERS, CELL, CONTROLS]} />
            )}
          </Panel>
        </Group>
      </Panel>
      <Separator className={styles.divider} aria-label="Height of the pattern" />
      <Panel
        id="panel-lower"
        defaultSize={{ large: 276, small: 246, tablet: 282, upright: 400 }[size]}
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
  );
  if (!wide)
    return (
      <div key={size} className={styles.workbench}>
        {panes}
      </div>
    );
  return (
    <Group key={size} {...outer} orientation="horizontal" className={styles.workbench}>
      <Panel
        id="panel-rail"
        defaultSize={tall ? 288 : 248}
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
        {panes}
      </Panel>
    </Group>
  );
}

interface Tab {
  readonly id: string;
  readonly label: string;
  readonly View: ComponentType;
}
const NUMBERS: Tab = { id: 'numbers', label: 'Numbers', View: ResultsView };
const CELL: Tab = { id: 'cell', label: 'Unit cell', View: CellView };
const CONTROLS: Tab = { id: 'controls', label: 'Controls', View: Rail };

/** What shares one place on screens that have no room for all of it. */
function SideTabs({ tabs }: { tabs: readonly Tab[] }): ReactNode {
  const [chosen, choose] = useState(NUMBERS.id);
  const at = Math.max(
    0,
    tabs.findIndex(({ id }) => id === chosen),
  );
  const { id: tab, View } = tabs[at]!;
  return (
    <div className={styles.tabs}>
      <div role="tablist" aria-label="Beside the map">
        {tabs.map(({ id, label }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`tab-${id}`}
            aria-selected={tab === id}
            aria-controls="side-tab"
            tabIndex={tab === id ? 0 : -1}
            onClick={() => choose(id)}
            onKeyDown={event => {
              const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
              if (!by) return;
              event.preventDefault();
              const next = tabs[(at + by + tabs.length) % tabs.length]!.id;
              choose(next);
              document.getElementById(`tab-${next}`)?.focus();
            }}
          >
            {label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="side-tab" aria-labelledby={`tab-${tab}`}>
        <View />
      </div>
    </div>
  );
}
