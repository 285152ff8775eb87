import type { ReactNode } from 'react';
import { useBraggscape } from '../state/core/store.ts';
import { setEngine } from '../state/explore/actions.ts';
import { Popover } from '../ui/Popover.tsx';
import { SettingInput } from '../views/SettingRow.tsx';
import styles from './EngineBadge.module.css';
import header from './Header.module.css';

/** Engine that computes, the reason, and the switch. */
export function EngineBadge(): ReactNode {
  const { active, reason, probing, webglAvailable, walkers } = useBraggscape(state => state.engine);
  const wanted = useBraggscape(state => state.inputs.engine);
  const name = active === 'webgl' ? 'WebGL' : 'CPU';
  return (
    <Popover
      label={`Engine: ${name}${probing ? ', WebGL is being checked' : ''}. About the engine`}
      className={header.badge}
      button={
        <>
          <span className={probing ? `${styles.dot} ${styles.probing}` : styles.dot} aria-hidden="true" />
          {name}
        </>
      }
    >
      <div className={styles.menu} data-testid="engine-menu">
        <h3>What computes the maps</h3>
        <p data-testid="engine-reason">{reason}</p>
        <SettingInput of="engine" onChange={setEngine} />
        {!webglAvailable && !probing && wanted === 'webgl' && (
          <p className="caution">WebGL cannot be used here; the CPU stands in.</p>
        )}
        <p className="quiet">
          Descents that are drawn, success counts, studies, the pattern on screen and its loss always run on
          the CPU in float64, so that they are the same on every machine.
        </p>
        {walkers && (
          <p className="quiet" data-testid="engine-walkers">
            Catchment maps: {walkers}
          </p>
        )}
      </div>
    </Popover>
  );
}
