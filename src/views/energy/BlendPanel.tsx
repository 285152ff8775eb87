import { type ReactNode, useMemo } from 'react';
import { cellIndex } from '../../crystal/cell.ts';
import { useBraggscape, useSeveral } from '../../state/core/store.ts';
import { BLEND_DESCENT, clearBlend, descendBlend } from '../../state/energy/blendJob.ts';
import { setEnergy } from '../../state/energy/energySettings.ts';
import { latticeAxes } from '../../state/explore/modelChoice.ts';
import { Button } from '../../ui/Button.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import styles from './BlendPanel.module.css';
import { scalesOf } from './blendField.ts';
import board from './EnergyBoard.module.css';

/** The weight of the XRD term, and descents on the blend. */
export function BlendPanel(): ReactNode {
  const weight = useBraggscape(state => state.inputs.energy.weight);
  const { x, y } = useSeveral(state => latticeAxes(state.inputs));
  const loss = useBraggscape(state => state.map);
  const energy = useBraggscape(state => state.energy.map);
  const ready = useBraggscape(state => state.energy.weights.status === 'ready');
  const blends = useBraggscape(state => state.energy.blends);
  const running = blends.some(run => run.status === 'computing');
  const scales = useMemo(() => (loss && energy ? scalesOf(loss, energy) : null), [loss, energy]);
  const last = blends.at(-1);
  const end = last && last.count > 0 ? last.cells.subarray(6 * (last.count - 1), 6 * last.count) : null;
  return (
    <section className={styles.blend} aria-label="Both at once">
      <div className={board.row}>
        <span>beyond the paper</span>
        <label className={styles.weight}>
          <span>
            <i>w</i> · XRD + (1 − <i>w</i>) · energy, <i>w</i> = {formatNumber(weight, 2)}
          </span>
          <input
            type="range"
            className={styles.slider}
            min={0}
            max={1}
            step={0.05}
            value={weight}
            aria-label="Weight of XRD"
            onChange={event => setEnergy({ weight: Number(event.target.value) })}
          />
        </label>
        <Info
          about="the blend"
          help={[
            "The paper's outlook: one objective of both. Each term is brought to 0 … 1 over the slice, the XRD loss and the energy each from its lowest value to its highest on the map. *w* = 0 is the energy alone, 1 the XRD loss alone.",
            `The descent moves the two parameters of the slice by Adam, ${BLEND_DESCENT.learningRate} Å a step, at most ${BLEND_DESCENT.maxIterations} steps. The schedule descends the energy first and then the XRD loss from where that ended. Share of successes over *w* for three crystals: docs/energy.md.`,
          ]}
        />
        {running ? (
          <Button small onClick={clearBlend}>
            Stop
          </Button>
        ) : (
          <>
            <Button
              kind="primary"
              small
              disabled={!ready || !scales}
              onClick={() => scales && void descendBlend(scales, false)}
            >
              Descend from the current crystal
            </Button>
            <Button
              small
              disabled={!ready || !scales}
              onClick={() => scales && void descendBlend(scales, true)}
            >
              Energy first, XRD last
            </Button>
          </>
        )}
        {!ready && <span className="quiet">descents need the weights</span>}
      </div>
      {end && last && (
        <p className={board.outcome} aria-live="polite" data-testid="blend-outcome" data-status={last.status}>
          {running ? 'At' : 'Ended at'} <i>{x}</i> {formatNumber(end[cellIndex(x)]!, 3)}, <i>{y}</i>{' '}
          {formatNumber(end[cellIndex(y)]!, 3)} after{' '}
          {formatNumber(
            blends.reduce((sum, run) => sum + run.count - 1, 0),
            0,
          )}{' '}
          steps{blends.length > 1 ? ' in two stages' : ''}
          {last.message && `: ${last.message}`}.
        </p>
      )}
    </section>
  );
}
