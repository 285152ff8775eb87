import type { ReactNode } from 'react';
import type { ControlGroup } from '../state/core/controlGroups.ts';
import { useBraggscape } from '../state/core/store.ts';
import { CellView } from '../views/cell/CellView.tsx';
import { Rail, useRail } from '../views/controls/Rail.tsx';
import { LandscapeView } from '../views/landscape/LandscapeView.tsx';
import { PatternView } from '../views/pattern/PatternView.tsx';
import { Player } from '../views/player/Player.tsx';
import { ResultsView } from '../views/results/ResultsView.tsx';
import styles from './Frame.module.css';

const PANES: readonly ControlGroup[] = ['map', 'player', 'cell', 'numbers', 'pattern'];

/** Tells whether the explorer stands in another page, or a link hides a pane of it. */
export function useFramed(): boolean {
  const rail = useRail();
  return useBraggscape(
    ({ inputs: { embed, hide } }) => embed || !rail || PANES.some(id => hide.includes(id)),
  );
}

/** The panes that a link leaves, in whatever room there is: what is hidden leaves none behind. */
export function Frame(): ReactNode {
  const rail = useRail();
  const hide = useBraggscape(state => state.inputs.hide);
  const [map, player, cell, numbers, pattern] = PANES.map(id => !hide.includes(id));
  return (
    <div className={styles.frame}>
      {rail && (
        <aside aria-label="Controls" className={styles.rail}>
          <Rail />
        </aside>
      )}
      {map && (
        <div className={styles.map}>
          <LandscapeView />
        </div>
      )}
      {(cell || numbers) && (
        <div className={styles.side}>
          {cell && <CellView />}
          {numbers && <ResultsView />}
        </div>
      )}
      {player && (
        <div className={styles.player}>
          <Player />
        </div>
      )}
      {pattern && (
        <div className={styles.pattern}>
          <PatternView />
        </div>
      )}
      {!rail && !map && !cell && !numbers && !player && !pattern && (
        <p className={styles.nothing}>Everything is hidden: the link’s “hide” names every pane.</p>
      )}
    </div>
  );
}
