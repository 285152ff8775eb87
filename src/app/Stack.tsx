import type { ReactNode } from 'react';
import { CellView } from '../views/cell/CellView.tsx';
import { LandscapeView } from '../views/landscape/LandscapeView.tsx';
import { PatternView } from '../views/pattern/PatternView.tsx';
import { Player } from '../views/player/Player.tsx';
import { ResultsView } from '../views/results/ResultsView.tsx';
import styles from './Stack.module.css';

/** The panes one under the other, for phones; controls are a sheet. */
export function Stack(): ReactNode {
  return (
    <div className={styles.stack}>
      <LandscapeView />
      <Player />
      <ResultsView />
      <PatternView />
      <CellView />
    </div>
  );
}
