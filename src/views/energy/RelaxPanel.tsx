import { type ReactNode, useEffect } from 'react';
import { cellIndex } from '../../crystal/cell.ts';
import { offBy } from '../../optimise/outcome.ts';
import { useBraggscape, useSeveral } from '../../state/core/store.ts';
import { energy, type RelaxRun } from '../../state/energy/energySlice.ts';
import { clearRelaxation, relaxJob, showRelaxStep } from '../../state/energy/relaxJob.ts';
import { latticeAxes } from '../../state/explore/modelChoice.ts';
import { Button } from '../../ui/Button.tsx';
import { formatNumber, formatPercent, THIN } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import { useMediaQuery } from '../../ui/useMediaQuery.ts';
import { SettingInput } from '../SettingRow.tsx';
import board from './EnergyBoard.module.css';
import styles from './RelaxPanel.module.css';
import { RelaxSample } from './RelaxSample.tsx';

/** Starts a relaxation from the current crystal, plays it through all panes, and says how it ended. */
export function RelaxPanel(): ReactNode {
  const ready = useBraggscape(state => state.energy.weights.status === 'ready');
  const run = useBraggscape(state => state.energy.relaxation);
  usePlayback();
  return (
    <section className={styles.relax} aria-label="Relaxation">
      <div className={board.row}>
        <b>Relaxation</b>
        <Info
          about="the relaxation"
          help={[
            "From the current crystal down the energy: BFGS on the symmetric strain of the cell and the positions of the atoms, until the largest force is below 0.02 eV/Å (of atoms, and of the rows of the virial divided by the number of atoms), the paper's limit. On the maps: its projection, dash-dotted with a triangle.",
          ]}
        />
        <SettingInput of="energy.relax" small />
        {run?.status === 'computing' ? (
          <Button small onClick={relaxJob.cancel}>
            Stop
          </Button>
        ) : (
          <Button kind="primary" small disabled={!ready} onClick={() => void relaxJob.start()}>
            Relax the current crystal
          </Button>
        )}
        {!ready && <span className="quiet">needs the weights</span>}
        {run && run.status !== 'computing' && (
          <Button kind="text" onClick={clearRelaxation}>
            Clear
          </Button>
        )}
      </div>
      {run && run.count > 0 && <Outcome run={run} />}
      {run?.status === 'failed' && (
        <p className="caution" role="alert">
          The relaxation failed: {run.message}.
        </p>
      )}
    </section>
  );
}

function Outcome({ run }: { run: RelaxRun }): ReactNode {
  const shown = useBraggscape(state => state.energy.shownStep) ?? run.count - 1;
  const playing = useBraggscape(state => state.energy.playing);
  const { x, y } = useSeveral(state => latticeAxes(state.inputs));
  const step = Math.min(shown, run.count - 1);
  const cell = run.cells.subarray(6 * step, 6 * step + 6);
  const off = offBy(cell, run.truth).length;
  return (
    <>
      <div className={board.row}>
        <Button
          small
          aria-label={playing ? 'Pause the relaxation' : 'Play the relaxation'}
          onClick={() => energy.set({ playing: !playing })}
        >
          {playing ? 'Pause' : 'Play'}
        </Button>
        <input
          type="range"
          className={styles.steps}
          aria-label="Step of the relaxation"
          min={0}
          max={run.count - 1}
          value={step}
          onChange={event => {
            energy.set({ playing: false });
            showRelaxStep(Number(event.target.value));
          }}
        />
        <span>
          step {step} of {run.count - 1}
        </span>
      </div>
      <p className={board.outcome} data-testid="relaxation" data-status={run.status} aria-live="polite">
        <RelaxSample />
        {sentence(run)} <i>{x}</i> {formatNumber(cell[cellIndex(x)]!, 3)}, <i>{y}</i>{' '}
        {formatNumber(cell[cellIndex(y)]!, 3)}; largest length off by {formatPercent(off)}; energy{' '}
        {formatNumber(1000 * (run.energies[step]! - run.energies[0]!), 1)}
        {THIN}meV, largest force {formatNumber(run.forces[step]!, 3)}
        {THIN}eV/Å.
      </p>
    </>
  );
}

const MOVED = { both: 'cell and atoms', cell: 'the cell', ions: 'the atoms' } as const;

function sentence(run: RelaxRun): string {
  const what = `Relaxing ${MOVED[run.mode]}`;
  if (run.status === 'computing') return `${what}, under way:`;
  if (run.status === 'cancelled') return `${what}, stopped by hand:`;
  if (run.stop === 'converged') return `${what}, converged after ${run.count - 1} steps:`;
  if (run.stop === 'collapsed') return `${what}, ended where atoms came closer than 0.7 Å:`;
  return `${what}, ended at the limit of steps:`;
}

/** Ten steps a second; who asks for less motion sees the end. */
function usePlayback(): void {
  const playing = useBraggscape(state => state.energy.playing);
  const still = useMediaQuery('(prefers-reduced-motion: reduce)');
  useEffect(() => {
    if (!playing) return;
    const { relaxation, shownStep } = energy.get();
    if (!relaxation) return;
    const end = relaxation.count - 1;
    if (still) showRelaxStep(end);
    else if ((shownStep ?? end) >= end) showRelaxStep(0);
    const timer = setInterval(() => {
      const state = energy.get();
      const next = (state.shownStep ?? 0) + 1;
      if (!state.relaxation || next > state.relaxation.count - 1) energy.set({ playing: false });
      else showRelaxStep(next);
    }, 100);
    return () => clearInterval(timer);
  }, [playing, still]);
}
