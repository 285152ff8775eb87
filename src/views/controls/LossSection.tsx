import type { ReactNode } from 'react';
import type { Loss } from '../../losses/loss.ts';
import { LOSSES, lossFor, lossOf } from '../../losses/registry.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { setLoss } from '../../state/explore/actions.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import rail from '../Section.module.css';
import { Section } from '../Section.tsx';
import { SettingRow } from '../SettingRow.tsx';
import { useLossScale } from '../useLossScale.ts';
import styles from './LossSection.module.css';

/** Choice of the loss. */
export function LossSection(): ReactNode {
  const loss = useBraggscape(state => state.inputs.loss);
  const scale = useLossScale();
  return (
    <Section
      group="loss"
      title="Loss"
      about="the losses"
      help={LOSSES.map(({ id }) => lossFor(id, scale)).map(
        ({ label, source, meaning }) => `**${label}**: ${source}; ${meaning}.`,
      )}
      aside={<span className="quiet">{lossOf(loss).meaning}</span>}
    >
      <Choice label="Loss of the paper" losses={LOSSES.filter(entry => !entry.beyondPaper)} />
      <p className={styles.beyond}>
        Not in the paper
        {lossOf(loss).beyondPaper && (
          <span className={rail.dot}>
            <span className="visually-hidden">differs from the paper</span>
          </span>
        )}
      </p>
      <div className={styles.choices}>
        <Choice label="Loss that is not in the paper" losses={LOSSES.filter(entry => entry.beyondPaper)} />
      </div>
      {loss === 'deGelder' && <SettingRow of="lossWidth" />}
      {loss === 'gpwdf' && <SettingRow of="lossAlpha" />}
    </Section>
  );
}

function Choice({ label, losses }: { label: string; losses: readonly Loss[] }): ReactNode {
  const loss = useBraggscape(state => state.inputs.loss);
  return (
    <Segmented
      label={label}
      value={loss}
      options={losses.map(({ id, label: name }) => ({ value: id, label: name }))}
      onChange={setLoss}
    />
  );
}
