import { type ReactNode, useEffect, useState } from 'react';
import type { Structure } from '../../crystal/structure.ts';
import type { OpenedFile } from '../../formats/openedFile.ts';
import { failureText } from '../../formats/result.ts';
import { addToCompare } from '../../state/compare/compareActions.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { chooseStructure, openPage, setInstrument } from '../../state/explore/actions.ts';
import { acceptCost, BEARABLE, type Estimate, estimate } from '../../state/files/cost.ts';
import { nextIncoming } from '../../state/files/incoming.ts';
import { addCrystal } from '../../state/files/userFileActions.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { formatDuration, formatNumber } from '../../ui/format.ts';
import { Select } from '../../ui/Select.tsx';
import assumed from './Assumptions.module.css';
import { Assumptions } from './Assumptions.tsx';
import dialog from './IncomingDialog.module.css';
import { SymmetryPanel } from './SymmetryPanel.tsx';

/** The crystals of a file: which one, what was assumed, its symmetry and cell, what it would cost. */
export function IncomingCrystals(props: {
  readonly incoming: Extract<OpenedFile, { kind: 'crystals' }>;
}): ReactNode {
  const { incoming } = props;
  const { file, warnings, name } = incoming;
  const [chosen, setChosen] = useState(0);
  const block = file.blocks[chosen]!;
  const [inCell, setInCell] = useState<{
    of: Structure;
    structure: Structure;
    notes: readonly string[];
  } | null>(null);
  const cell = inCell?.of === block.structure ? inCell : null;
  const structure = cell?.structure ?? block.structure;
  return (
    <div className={dialog.incoming}>
      {file.blocks.length > 1 && (
        <div className={dialog.row}>
          <span>
            {file.formatLabel}, {file.blocks.length} crystals
          </span>
          <Select
            label="Crystal of the file"
            value={chosen}
            options={file.blocks.map(({ label, detail }, i) => ({
              value: i,
              label: `${label}: ${detail}`,
            }))}
            onChange={setChosen}
          />
        </div>
      )}
      <p>
        <b>{block.detail}</b> <span className="quiet">{file.formatLabel}</span>
      </p>
      <Assumptions texts={[...new Set([...warnings, ...block.assumptions, ...(cell?.notes ?? [])])]} />
      {file.refused.length > 0 && (
        <details className={assumed.assumptions}>
          <summary>
            {file.refused.length} {file.refused.length === 1 ? 'block was' : 'blocks were'} refused
          </summary>
          <ul>
            {file.refused.map(({ label, ...failure }) => (
              <li key={label}>{failureText(label, { ok: false, ...failure })}</li>
            ))}
          </ul>
        </details>
      )}
      <SymmetryPanel
        key={block.label}
        structure={block.structure}
        onStructure={(next, notes) => setInCell({ of: block.structure, structure: next, notes })}
      />
      <Choices structure={{ ...structure, source: structure.source || `from ${name}` }} />
    </div>
  );
}

/** Explore it or compare it; where that would take long, what it would cost and a way to shorten it. */
function Choices({ structure }: { structure: Structure }): ReactNode {
  const instrument = useBraggscape(state => state.inputs.instrument);
  const [shorten, setShorten] = useState(true);
  const [found, setFound] = useState<Estimate | null>(null);
  useEffect(() => {
    let asked = true;
    void estimate(structure, instrument).then(next => asked && setFound(next));
    return () => {
      asked = false;
    };
  }, [structure, instrument]);
  const { cost, end, bearable } = found ?? { cost: null, end: null, bearable: true };
  const take = async (): Promise<string | null> => {
    const id = await addCrystal(structure);
    if (end !== null && shorten) setInstrument({ twoThetaMax: end });
    else if (id && cost && !bearable) acceptCost(id, cost.first);
    return id;
  };
  return (
    <>
      {cost && (
        <p className={bearable ? 'quiet' : dialog.cost}>
          {formatNumber(cost.atoms, 0)} {cost.atoms === 1 ? 'atom' : 'atoms'}, about{' '}
          {formatNumber(cost.reflections, 0)} reflections up to {instrument.twoThetaMax}°
          {bearable
            ? '.'
            : Number.isFinite(cost.first)
              ? `: on this device the first pattern takes about ${formatDuration(cost.first)}, and every point of the map and step of a descent longer than usual.`
              : ': more than fits into memory.'}
        </p>
      )}
      {end !== null && (
        <Checkbox checked={shorten} onChange={setShorten}>
          Shorten the range to {end}°, which takes about {formatDuration(BEARABLE)}
        </Checkbox>
      )}
      <div className={dialog.buttons}>
        <Button
          kind="primary"
          onClick={() =>
            void take().then(id => {
              if (id === null) return;
              chooseStructure(id);
              openPage('explore');
              nextIncoming();
            })
          }
        >
          Explore
        </Button>
        <Button
          onClick={() =>
            void take().then(id => {
              if (id !== null && addToCompare([[id]])) {
                openPage('compare');
                nextIncoming();
              }
            })
          }
        >
          Add to Compare
        </Button>
        <Button onClick={nextIncoming}>Cancel</Button>
      </div>
    </>
  );
}
