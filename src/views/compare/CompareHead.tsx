import type { ReactNode, RefObject } from 'react';
import { setCompare } from '../../state/compare/compareActions.ts';
import { type Arrangement, COMPARE } from '../../state/compare/compareSettings.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { Info } from '../../ui/Popover.tsx';
import type { Picture } from '../pattern/frame.ts';
import { PlotTools } from '../pattern/PlotTools.tsx';
import { SettingInput } from '../SettingRow.tsx';
import { CompareDownloads } from './CompareDownloads.tsx';
import styles from './CompareHead.module.css';
import type { CompareScene } from './compareScene.ts';

/** Arrangement, the pair, axes, and what can be saved. */
export function CompareHead(props: {
  readonly shown: RefObject<Picture<CompareScene> | null>;
  onReset(): void;
}): ReactNode {
  const arrangement = useBraggscape(state => state.inputs.compare.arrangement);
  const spread = useBraggscape(state => state.inputs.compare.spread);
  return (
    <header className={styles.head}>
      <h2>
        Compare{' '}
        <Info about="this picture">
          <p>
            Every pattern is scaled so that its own highest point is 100, times the scale in its row.
            Simulated patterns have the instrument of the explorer, with the wavelength and the width of the
            row; a strained cell keeps its fractional coordinates.
          </p>
          <p>
            On the 2θ axis each pattern stands at the angles of its own wavelength; on Q and d equal spacings
            stand over each other. The difference is first minus second of the pair, at the scale shown,
            interpolated by straight lines where their points are not the same.
          </p>
          <p>Ticks are reflections; those weaker than 1 % of the strongest are faint.</p>
        </Info>
      </h2>
      <SettingInput
        of="compare.arrangement"
        small
        onChange={(value: Arrangement) => {
          const usual = { waterfall: 0.4, offset: 1 } as Partial<Record<Arrangement, number>>;
          setCompare({
            arrangement: value,
            spread: (value !== arrangement && usual[value]) || spread,
          });
        }}
      />
      {(arrangement === 'offset' || arrangement === 'waterfall') && (
        <label className={styles.spread}>
          <span>Distance</span>
          <input
            type="range"
            min={COMPARE.spread.codec.limits[0]}
            max={COMPARE.spread.codec.limits[1]}
            step={0.05}
            value={spread}
            aria-valuetext={`${Math.round(100 * spread)} per cent of the height of a pattern`}
            onChange={event => setCompare({ spread: Number(event.target.value) }, false)}
          />
        </label>
      )}
      <span className="spacer" />
      <div className={styles.tools}>
        <PlotTools
          resetLabel="Show the whole patterns"
          onReset={props.onReset}
          downloads={<CompareDownloads shown={props.shown} />}
        />
      </div>
    </header>
  );
}
