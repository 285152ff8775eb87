import { type ReactNode, useState } from 'react';
import { ANODES } from '../../diffraction/instrument.ts';
import type { MeasuredPattern, PatternWavelength } from '../../formats/measuredPattern.ts';
import type { MeasuredScan } from '../../formats/measuredScan.ts';
import type { OpenedFile } from '../../formats/openedFile.ts';
import { addToCompare } from '../../state/compare/compareActions.ts';
import { openPage } from '../../state/explore/actions.ts';
import { nextIncoming } from '../../state/files/incoming.ts';
import { takeAsTarget } from '../../state/files/measuredActions.ts';
import { addPattern } from '../../state/files/userFileActions.ts';
import { Button } from '../../ui/Button.tsx';
import { formatNumber, formatPlain, THIN } from '../../ui/format.ts';
import { NumberField } from '../../ui/NumberField.tsx';
import { Select } from '../../ui/Select.tsx';
import { Assumptions } from './Assumptions.tsx';
import dialog from './IncomingDialog.module.css';

/** The scans of a file: which one, its wavelength (from the file or asked), and what to do with it. */
export function IncomingPattern(props: {
  readonly incoming: Extract<OpenedFile, { kind: 'scans' }>;
}): ReactNode {
  const { incoming } = props;
  const { file, warnings, name } = incoming;
  const [chosen, setChosen] = useState(0);
  const scan = file.scans[chosen]!;
  const n = scan.twoTheta.length;
  return (
    <div className={dialog.incoming}>
      {file.scans.length > 1 && (
        <div className={dialog.row}>
          <span>
            {file.formatLabel}, {file.scans.length} scans
          </span>
          <Select
            label="Scan of the file"
            value={chosen}
            options={file.scans.map(({ title }, i) => ({ value: i, label: `${i + 1} ${title}` }))}
            onChange={setChosen}
          />
        </div>
      )}
      <p>
        <b>
          {formatNumber(n, 0)} points from {formatNumber(scan.twoTheta[0]!, 3)}° to{' '}
          {formatNumber(scan.twoTheta[n - 1]!, 3)}°
        </b>{' '}
        <span className="quiet">
          {file.formatLabel}, {scan.intensityUnit}
          {scan.sigma ? ', with uncertainties' : ''}
        </span>
      </p>
      <Assumptions texts={[...new Set([...warnings, ...scan.assumptions])]} />
      <WithWavelength key={chosen} name={scan.title || name} scan={scan} />
    </div>
  );
}

const ASK = '';
const FREE = 'other';

/** Never assumed: without one in the file, the buttons wait for an answer. */
function WithWavelength({ name, scan }: { name: string; scan: MeasuredScan }): ReactNode {
  const fromFile = scan.wavelength;
  const [choice, setChoice] = useState<string>(fromFile ? 'file' : ASK);
  const [free, setFree] = useState(1.5406);
  const anode = ANODES.find(({ id }) => id === choice);
  const wavelength: PatternWavelength | null =
    choice === 'file' && fromFile
      ? fromFile
      : choice === FREE
        ? { alpha1: free, alpha2: null, ratio: null, source: 'given by the user' }
        : anode
          ? {
              alpha1: anode.wavelength,
              alpha2: null,
              ratio: null,
              source: `${anode.label}, chosen by the user`,
            }
          : null;
  const take = async (use: (id: string, pattern: MeasuredPattern) => boolean): Promise<void> => {
    if (!wavelength) return;
    const pattern: MeasuredPattern = {
      name,
      twoTheta: scan.twoTheta,
      intensity: scan.intensity,
      sigma: scan.sigma,
      unit: scan.intensityUnit,
      wavelength,
      assumptions: scan.assumptions,
    };
    const id = await addPattern(pattern);
    if (id !== null && use(id, pattern)) nextIncoming();
  };
  return (
    <>
      <div className={dialog.row}>
        <span>Wavelength</span>
        <Select
          label="Wavelength of the pattern"
          value={choice}
          options={[
            ...(fromFile
              ? [{ value: 'file', label: `${formatPlain(fromFile.alpha1)}${THIN}Å, ${fromFile.source}` }]
              : [{ value: ASK, label: 'The file does not say: choose' }]),
            ...ANODES.map(({ id, label }) => ({ value: id, label })),
            { value: FREE, label: 'Other' },
          ]}
          onChange={setChoice}
        />
        {choice === FREE && (
          <NumberField
            label="Wavelength"
            unit="Å"
            step={0.01}
            min={0.1}
            max={10}
            value={free}
            onChange={value => void setFree(value)}
          />
        )}
      </div>
      {!wavelength && (
        <p className={dialog.cost}>
          A wrong wavelength looks exactly like a wrong cell, so it is not guessed. Choose the radiation.
        </p>
      )}
      <div className={dialog.buttons}>
        <Button
          kind="primary"
          disabled={!wavelength}
          onClick={() =>
            void take((id, pattern) => {
              takeAsTarget(id, pattern);
              openPage('explore');
              return true;
            })
          }
        >
          Use as target
        </Button>
        <Button
          disabled={!wavelength}
          onClick={() =>
            void take(id => {
              const added = addToCompare([[id]]);
              if (added) openPage('compare');
              return added;
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
