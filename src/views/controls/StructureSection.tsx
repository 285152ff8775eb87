import { type ReactNode, useState } from 'react';
import { catalogueEntry } from '../../crystal/catalogue.ts';
import { CELL_KEYS } from '../../crystal/cell.ts';
import { familyOf } from '../../crystal/family.ts';
import { notify } from '../../state/core/notices.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { Button } from '../../ui/Button.tsx';
import { Formula, SpaceGroup } from '../../ui/Formula.tsx';
import { Info } from '../../ui/Popover.tsx';
import { useLazy } from '../../ui/useLazy.ts';
import { formatParameter, ParameterSymbol } from '../CellParameter.tsx';
import rail from '../Section.module.css';
import { Section } from '../Section.tsx';
import styles from './StructureSection.module.css';

/** The crystal on screen. */
export function StructureSection(): ReactNode {
  const structure = useBraggscape(state => state.structure);
  const id = useBraggscape(state => state.inputs.structureId);
  const loading = useBraggscape(state => state.loading);
  const failure = useBraggscape(state => state.failure);
  return (
    <Section
      group="structure"
      title="Structure"
      info={
        structure && (
          <Info about="this structure">
            <h3>
              <Formula text={structure.formula} />
            </h3>
            <p>{structure.source}</p>
            {catalogueEntry(id) && <p>{catalogueEntry(id)?.role}.</p>}
            <p>
              {structure.sites.length} atoms in the cell. Fractional coordinates and occupancies stay fixed
              while the cell changes.
            </p>
          </Info>
        )
      }
      aside={<span className="quiet">{loading ? 'reading' : ''}</span>}
    >
      {structure ? (
        <>
          <p className={styles.name}>
            <b>
              <Formula text={structure.formula} />
            </b>{' '}
            <SpaceGroup symbol={structure.spaceGroup.symbol} />{' '}
            <span className="quiet">
              {structure.spaceGroup.number !== null && `No. ${structure.spaceGroup.number}, `}
              {familyOf(structure.family).label.toLowerCase()}
            </span>
          </p>
          <dl className={styles.cell} data-testid="true-cell">
            {CELL_KEYS.map((key, i) => (
              <div key={key}>
                <dt>
                  <ParameterSymbol of={key} />
                </dt>
                <dd>{formatParameter(key, structure.cell[i]!)}</dd>
              </div>
            ))}
          </dl>
          <SymmetryButton />
        </>
      ) : (
        <p className="quiet">{failure ?? 'Reading the crystal.'}</p>
      )}
    </Section>
  );
}

/** Space group, sites and other cells, in a dialog whose code is fetched when it is opened. */
function SymmetryButton(): ReactNode {
  const [open, setOpen] = useState(false);
  const [Shown, load] = useLazy<{ open: boolean; onClose(): void }>(
    async () => (await import('../files/SymmetryDialog.tsx')).SymmetryDialog,
    reason => notify({ id: 'symmetry', tone: 'error', text: `The symmetry cannot be shown: ${reason}` }),
  );
  return (
    <>
      <div className={rail.buttons}>
        <Button small onClick={() => void load().then(() => setOpen(true))}>
          Symmetry and cells
        </Button>
      </div>
      {Shown && <Shown open={open} onClose={() => setOpen(false)} />}
    </>
  );
}
