import { type ReactNode, useMemo } from 'react';
import { useBraggscape } from '../../state/store.ts';
import { studyStore, useStudy } from '../../state/study/studyStore.ts';
import type { FinishedTrial } from '../../study/record.ts';
import { trialId } from '../../study/trialKey.ts';
import { Formula } from '../../ui/Formula.tsx';
import { formatNumber, formatPercent } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import { MODE_LOOKS } from '../modeLook.ts';
import { SampleLine } from '../SampleLine.tsx';
import { Gauge } from './Gauge.tsx';
import { gaugesOf, nearMisses } from './nearMisses.ts';
import { OpenTrialButton } from './OpenTrialButton.tsx';
import type { Shown } from './shown.ts';
import { TableScroll } from './TableScroll.tsx';

const ROWS = 40;

/** Descents that end with a similar pattern and another crystal, with what the matcher measured. */
export function NearMissTable({ shown }: { shown: Shown }): ReactNode {
  const { criterion, distance, noise } = useBraggscape(state => state.inputs.study);
  const selected = useStudy(state => state.selected);
  const misses = useMemo(() => nearMisses(shown.trials, criterion), [shown, criterion]);
  const descents = shown.trials.filter(({ loss }) => loss).length;
  const look = (trial: FinishedTrial): void => studyStore.setState({ selected: trialId(trial) });
  return (
    <section className="study-panel misses" aria-labelledby="study-misses">
      <header>
        <h2 id="study-misses">No {criterion === 'strict' ? 'recovery' : 'match'}, yet similar</h2>
        <Info about="the gauges">
          <p>
            What the matcher measures before it says no. It lays the lattice of one primitive cell onto the
            other in the way that fits best, after bringing both to one volume: worst ratio of two lengths,
            worst difference of two angles, largest displacement of an atom in units of the free length
            (V/n)^⅓. The limits are the paper’s: 10 %, 5° and 0.2.
          </p>
        </Info>
        <span className="quiet">
          {misses.length} of {descents} descents
          {misses.length > ROWS ? `; the ${ROWS} most similar first` : ''}
        </span>
        <span className="spacer" />
        <OpenTrialButton />
      </header>
      <TableScroll label="Descents without success">
        <table className="study-table">
          <caption className="visually-hidden">Descents without success, most similar pattern first</caption>
          <thead>
            <tr>
              <th scope="col">structure</th>
              <th scope="col">σ</th>
              <th scope="col">copy</th>
              <th scope="col">setting</th>
              <th scope="col">cosine</th>
              <th scope="col">{distance === 'amd' ? 'ΔAMD' : 'EMD'} / Å</th>
              {noise === 'lattice' ? (
                <>
                  <th scope="col">length, limit 10 %</th>
                  <th scope="col">angle, limit 5°</th>
                </>
              ) : (
                <th scope="col">displacement, limit 0.2</th>
              )}
              <th scope="col">steps</th>
            </tr>
          </thead>
          <tbody>
            {misses.slice(0, ROWS).map(trial => {
              const id = trialId(trial);
              const mode = MODE_LOOKS.find(entry => entry.id === trial.setting)!;
              const [length, angle, displacement] = gaugesOf(trial);
              return (
                <tr key={id} className={id === selected ? 'chosen' : ''} onClick={() => look(trial)}>
                  <th scope="row">
                    <button
                      type="button"
                      className="row-button"
                      aria-pressed={id === selected}
                      onClick={() => look(trial)}
                    >
                      <Formula text={trial.structure} />
                    </button>
                  </th>
                  <td>{trial.sigma}</td>
                  <td>{trial.variant}</td>
                  <td className="setting" style={{ color: mode.text }}>
                    <SampleLine look={mode} width={24} /> {mode.name}
                  </td>
                  <td>{formatNumber(trial.cosine, 3)}</td>
                  <td>{formatNumber(trial[distance], 3)}</td>
                  {noise === 'lattice' ? (
                    <>
                      <td>
                        <Gauge gauge={length} text={value => formatPercent(value, 1)} />
                      </td>
                      <td>
                        <Gauge gauge={angle} text={value => `${formatNumber(value, 1)}°`} />
                      </td>
                    </>
                  ) : (
                    <td>
                      <Gauge gauge={displacement} text={value => formatNumber(value, 2)} />
                    </td>
                  )}
                  <td>{formatNumber(trial.steps, 0)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </TableScroll>
      {misses.length === 0 && <p className="note">Every descent shown counts as success.</p>}
    </section>
  );
}
