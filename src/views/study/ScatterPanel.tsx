import type { ReactNode } from 'react';
import type { LossId } from '../../losses/loss.ts';
import { useBraggscape } from '../../state/store.ts';
import { setStudy } from '../../state/study/studyActions.ts';
import { studyStore, useStudy } from '../../state/study/studyStore.ts';
import { PAPER_N, paperValue, STATISTICS } from '../../study/paperTables.ts';
import { correlationOf } from '../../study/summary.ts';
import { trialId } from '../../study/trialKey.ts';
import { formatNumber } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { useSize } from '../../ui/useSize.ts';
import { SIMILARITY_NAMES } from './lossNames.ts';
import { ScatterPlot, similarityOf } from './ScatterPlot.tsx';
import { settingLook } from './settingLook.ts';
import { isDescent, type Shown } from './shown.ts';
import { similarityScale } from './similarityScale.ts';
import { TableScroll } from './TableScroll.tsx';

/** Figure 4: whether a similar pattern means a similar crystal, with the three statistics. */
export function ScatterPanel({ shown, level }: { shown: Shown; level: number | null }): ReactNode {
  const { criterion, distance, noise } = useBraggscape(state => state.inputs.study);
  const selected = useStudy(state => state.selected);
  const [box, { width, height }] = useSize<HTMLDivElement>();
  const settings = shown.settings.filter(isDescent);
  const groups = settings.map(setting => ({
    setting,
    trials: shown.trials.filter(trial => trial.setting === setting && trial.sigma === level),
  }));
  const all = groups.flatMap(({ trials }) => trials);
  const loss: LossId = all[0]?.loss ?? 'cosine';
  const x = similarityScale(loss, all.map(similarityOf));
  const y = { low: 0, high: Math.max(0.05, ...all.map(trial => trial[distance])) * 1.05 };
  const each = Math.max(120, Math.floor(width / Math.max(1, groups.length)));
  return (
    <section className="study-panel scatter-panel" aria-labelledby="study-scatter">
      <header>
        <h2 id="study-scatter">Does similarity mean structure?</h2>
        <Info about="the scatter">
          <p>
            Each point is where one descent ended: how far its crystal is from the truth against how similar
            its pattern is. A metric that means structure puts all points on a falling line.
          </p>
          <p>
            ΔAMD: largest difference of the Average Minimum Distances up to the 100th neighbour. EMD: Earth
            Mover’s Distance of the Pointwise Distance Distributions, which the paper’s text describes. Both
            in ångström, both blind to elements.
          </p>
          <p>
            Mutual information by the nearest-neighbour estimator with three neighbours, in nats; it moves
            with n, so that values compare at equal n only. The paper’s have n = {PAPER_N}. Pearson and
            Spearman between the loss and the distance: positive where a lower loss means a nearer crystal.
          </p>
        </Info>
        <span className="spacer" />
        <Segmented
          small
          label="Distance of crystals"
          value={distance}
          options={[
            { value: 'amd', label: 'ΔAMD', title: 'Largest difference of Average Minimum Distances' },
            {
              value: 'emd',
              label: 'EMD',
              title: 'Earth Mover’s Distance of Pointwise Distance Distributions',
            },
          ]}
          onChange={value => setStudy({ distance: value }, false)}
        />
      </header>
      <p className="scatter-heads">
        <span>{distance === 'amd' ? 'ΔAMD' : 'EMD'} / Å</span>
        {groups.map(({ setting }) => (
          <b key={setting} style={{ color: settingLook(setting).text }}>
            {settingLook(setting).name}
          </b>
        ))}
      </p>
      <div className="study-chart scatter-row" ref={box}>
        {height > 80 &&
          groups.map(({ setting, trials }) => (
            <ScatterPlot
              key={setting}
              trials={trials}
              distance={distance}
              criterion={criterion}
              x={x}
              y={y}
              label={SIMILARITY_NAMES[loss]}
              width={each}
              height={height}
              selected={selected}
              onSelect={trial => studyStore.setState({ selected: trialId(trial) })}
            />
          ))}
      </div>
      <TableScroll label="Statistics">
        <table className="study-table stats">
          <caption className="visually-hidden">
            Statistics of loss against distance, the paper’s in grey
          </caption>
          <thead>
            <tr>
              <th scope="col">σ = {level ?? '–'}</th>
              <th scope="col">n</th>
              {STATISTICS.map(({ id, label }) => (
                <th scope="col" key={id}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map(({ setting, trials }) => {
              const found = correlationOf(trials, distance);
              return (
                <tr key={setting}>
                  <th scope="row" style={{ color: settingLook(setting).text }}>
                    {settingLook(setting).name}
                  </th>
                  <td>{found.n}</td>
                  {STATISTICS.map(({ id }) => {
                    const value = found[id];
                    const paper =
                      level === null || !isDescentMode(setting)
                        ? null
                        : paperValue(id, noise, level, { loss, mode: setting });
                    return (
                      <td key={id}>
                        <b>{value === null ? '–' : formatNumber(value, 2)}</b>{' '}
                        <span className="paper">{paper === null ? '' : formatNumber(paper, 2)}</span>
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </TableScroll>
      <p className="note">
        Grey: Tables 1, S1 and S2 of the paper, other seeds, n = {PAPER_N}. Filled: counts as success. Click a
        point to look at its trial.
      </p>
    </section>
  );
}

const isDescentMode = (
  setting: Shown['settings'][number],
): setting is 'unconstrained' | 'constrainedStart' | 'constrained' => isDescent(setting);
