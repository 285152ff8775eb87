import type { ReactNode } from 'react';
import type { LossId } from '../../losses/loss.ts';
import { LOSSES, lossOf } from '../../losses/registry.ts';
import { setLoss } from '../../state/actions.ts';
import { useBraggscape } from '../../state/store.ts';
import { Info } from '../../ui/Popover.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Section } from './Section.tsx';

/** How unlike two patterns are. */
export function LossSection(): ReactNode {
  const loss = useBraggscape(state => state.inputs.loss);
  return (
    <Section
      title="Loss"
      info={
        <Info about="the losses">
          {LOSSES.map(entry => (
            <p key={entry.id}>
              <b>{entry.label}</b>: {entry.source}; {entry.meaning}.
            </p>
          ))}
        </Info>
      }
      aside={<span className="quiet">{lossOf(loss).meaning}</span>}
    >
      <Segmented
        label="Loss"
        value={loss}
        options={LOSSES.map(entry => ({
          value: entry.id as LossId,
          label: entry.label.replace(' similarity', ''),
        }))}
        onChange={setLoss}
      />
    </Section>
  );
}
