import { type ReactNode, useEffect, useRef, useState } from 'react';
import { familyInTheseAxes } from '../../crystal/cellFamily.ts';
import { familyOf } from '../../crystal/family.ts';
import type { Structure } from '../../crystal/structure.ts';
import { type Found, inCell, symmetryOf } from '../../state/files/symmetry.ts';
import type { SymmetryReport } from '../../symmetry/analyseSymmetry.ts';
import type { CellChoice } from '../../symmetry/standardCells.ts';
import { Button } from '../../ui/Button.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { SpaceGroup } from '../../ui/Formula.tsx';
import { formatNumber } from '../../ui/format.ts';
import { NumberField } from '../../ui/NumberField.tsx';
import { Info } from '../../ui/Popover.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import assumed from './Assumptions.module.css';
import dialog from './IncomingDialog.module.css';
import styles from './SymmetryPanel.module.css';

const CELLS: readonly { readonly value: CellChoice; readonly label: string; readonly title: string }[] = [
  { value: 'given', label: 'As it is', title: 'The cell as it is' },
  { value: 'conventional', label: 'Conventional', title: 'The conventional cell of the space group' },
  { value: 'primitive', label: 'Primitive', title: 'A primitive cell' },
  { value: 'niggli', label: 'Niggli', title: 'The reduced cell of Niggli' },
];

/** Å: two positions closer than this are the same. */
const USUAL_TOLERANCE = 0.01;

/** Space group, Wyckoff sites and the choice of cell. The family that is found sets the projector of the descents. */
export function SymmetryPanel(props: {
  readonly structure: Structure;
  /** The crystal in the chosen cell, with the group and family that were found, and what to say about it. */
  onStructure(structure: Structure, notes: readonly string[]): void;
}): ReactNode {
  const { structure, onStructure } = props;
  const [tolerance, setTolerance] = useState(USUAL_TOLERANCE);
  const [choice, setChoice] = useState<CellChoice>('given');
  const [found, setFound] = useState<Found<SymmetryReport> | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  // New with every drawing of its owner; the crystal is what counts.
  const latest = useRef(onStructure);
  useEffect(() => {
    latest.current = onStructure;
  });
  const search = useRef<AbortController | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    search.current = stop;
    const { signal } = stop;
    const work = async (): Promise<void> => {
      setFound(null);
      const report = await symmetryOf(structure, tolerance, signal);
      const cell = await inCell(structure, choice, tolerance, signal);
      if (signal.aborted) return;
      setFound(report);
      setFailure('failure' in cell ? cell.failure : null);
      if ('failure' in cell) return;
      const given = withSymmetry(cell.value, report);
      latest.current(given.structure, given.notes);
    };
    void work();
    return () => stop.abort();
  }, [structure, tolerance, choice]);
  return (
    <section className={styles.panel} aria-label="Symmetry">
      <div className={dialog.row}>
        <span>
          Symmetry{' '}
          <Info
            about="the symmetry"
            help={[
              'Found by moyo from cell and positions alone; positions closer than the tolerance count as the same. A crystal whose atoms are off by more than it shows less symmetry than it has.',
              'The crystal family of the group sets the projector of constrained descents. It can be changed under Descent.',
            ]}
          />
        </span>
        <NumberField
          label="Tolerance of the symmetry"
          unit="Å"
          step={0.01}
          min={1e-5}
          max={1}
          value={tolerance}
          onChange={value => void setTolerance(value)}
        />
      </div>
      {found === null ? (
        <div className={dialog.row}>
          <span className="quiet" aria-busy="true">
            Looking for the space group.
          </span>
          <Button
            small
            onClick={() => {
              search.current?.abort();
              setFound({ failure: 'Skipped: the symmetry and the cell stay as they are given.' });
            }}
          >
            Skip
          </Button>
        </div>
      ) : 'value' in found ? (
        <Report report={found.value} />
      ) : (
        <p className={dialog.cost}>{found.failure}</p>
      )}
      <div className={dialog.row}>
        <span>Cell</span>
        <Segmented label="Cell" value={choice} options={CELLS} onChange={setChoice} />
      </div>
      {failure && (
        <p className={dialog.cost} role="alert">
          {failure}
        </p>
      )}
    </section>
  );
}

function Report({ report }: { report: SymmetryReport }): ReactNode {
  return (
    <>
      <p data-testid="space-group">
        <b>
          <SpaceGroup symbol={report.symbol} />
        </b>{' '}
        No. {report.number}, {familyOf(report.family).label.toLowerCase()}, {report.operations} operations
      </p>
      <details className={assumed.assumptions}>
        <summary>{report.wyckoff.length} Wyckoff sites</summary>
        <DataTable
          caption="Wyckoff sites"
          className={styles.sites}
          rows={report.wyckoff}
          rowKey={(_, i) => i}
          columns={[
            {
              head: 'Atom',
              cell: ({ label, species }) => (
                <>
                  {label} <span className="quiet">{species}</span>
                </>
              ),
            },
            { head: 'Site', cell: ({ multiplicity, letter }) => `${multiplicity}${letter}` },
            { head: 'Symmetry', cell: ({ siteSymmetry }) => siteSymmetry },
            {
              head: 'x, y, z',
              cell: ({ fract }) => [...fract].map(value => formatNumber(value, 4)).join(', '),
            },
          ]}
        />
      </details>
    </>
  );
}

/** The group and the family that were found, where the projector of that family suits the axes of the cell. */
function withSymmetry(
  structure: Structure,
  report: Found<SymmetryReport>,
): { structure: Structure; notes: readonly string[] } {
  if ('failure' in report) return { structure, notes: [] };
  const { number, symbol } = report.value;
  const { family, turned } = familyInTheseAxes(number, structure.cell);
  const notes: string[] = [];
  const named = structure.spaceGroup.number;
  if (named !== null && named !== 1 && named !== number)
    notes.push(
      `the file names space group ${structure.spaceGroup.symbol} (${named}); by its positions it is ${symbol} (${number})`,
    );
  if (turned)
    notes.push(
      `the projector of its own family does not suit the axes of this cell; ${family} is taken instead`,
    );
  return { structure: { ...structure, spaceGroup: { symbol, number }, family }, notes };
}
