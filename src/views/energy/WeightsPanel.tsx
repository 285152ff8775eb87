import { type DragEvent, type ReactNode, useId, useState } from 'react';
import { PUBLISHED } from '../../energy/published.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { dropWeights, fetchWeights, takeFile, WEIGHTS_ADDRESS } from '../../state/energy/weights.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { formatNumber, formatPercent } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import board from './EnergyBoard.module.css';
import styles from './WeightsPanel.module.css';

/** The weights of the potential: what is missing and how to get it, or what is loaded and that it passed its self-test. */
export function WeightsPanel(): ReactNode {
  const weights = useBraggscape(state => state.energy.weights);
  const precomputed = useBraggscape(state => state.energy.precomputed);
  const [over, setOver] = useState(false);
  const input = useId();
  const take = (files: FileList | null): void => {
    const file = files?.[0];
    if (file) void takeFile(file);
  };
  const drop = {
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      take(event.dataTransfer.files);
    },
  };
  const digits = (value: number, tolerance: number): string => formatNumber(value, tolerance < 0.01 ? 6 : 3);
  const busy = weights.status === 'fetching' || weights.status === 'checking' || weights.status === 'looking';
  const passed = weights.checks.filter(check => check.passed).length;
  return (
    <section
      className={over ? `${styles.weights} ${styles.over}` : styles.weights}
      aria-label="Weights of the potential"
      data-testid="weights"
      data-status={weights.status}
      {...drop}
    >
      <div className={board.row}>
        <b>Weights</b>
        <Info
          about="the weights"
          help={[
            `${PUBLISHED.name}, ${formatNumber(PUBLISHED.bytes / 1e6, 1)} MB, ${PUBLISHED.licence}. They are no part of this page. The button fetches them from ${WEIGHTS_ADDRESS} and checks their SHA-256; a file dropped here is read by a reader that can build tensors and nothing else. The browser keeps them.`,
            ...(precomputed
              ? [
                  `Stored maps: ${precomputed.source.quantity}. Made by ${precomputed.source.command} with weights of SHA-256 ${precomputed.source.sha256.slice(0, 12)}…, ${precomputed.source.commit}.`,
                ]
              : []),
          ]}
        />
        {weights.status === 'ready' ? (
          <>
            <span data-testid="self-test">
              {weights.sha256 === PUBLISHED.sha256
                ? 'Published file'
                : `${weights.name}, not the published file`}
              ; self-test passed, {passed} of {weights.checks.length}
              {weights.kept ? '; kept in this browser' : '; not kept: the browser has no room for it'}
            </span>
            <Info about="the self-test">
              <DataTable
                caption="Self-test of the weights"
                className={styles.selfTest}
                rows={weights.checks}
                rowKey={({ what }) => what}
                columns={[
                  { cell: ({ what }) => what },
                  {
                    words: true,
                    cell: ({ value, tolerance, unit }) => `${digits(value, tolerance)} ${unit}`,
                  },
                  {
                    words: true,
                    cell: ({ expected, tolerance }) =>
                      `expected ${digits(expected, tolerance)} ± ${tolerance}`,
                  },
                ]}
              />
            </Info>
            <Button kind="text" onClick={() => void dropWeights()}>
              Forget
            </Button>
          </>
        ) : busy ? (
          <span role="status">
            {weights.status === 'fetching'
              ? 'Being fetched.'
              : weights.status === 'looking'
                ? 'Looking for weights of an earlier visit.'
                : `Being read and tested, ${formatPercent(weights.share, 0)}.`}
          </span>
        ) : (
          <span>
            Without them there are only the stored maps: no other pair, no relaxation. Drop{' '}
            <code>state.pt</code> here, or
          </span>
        )}
        {!busy && (
          <>
            <label className={buttonClass({ small: true })} htmlFor={input}>
              {weights.status === 'ready' ? 'Another file' : 'Choose the file'}
            </label>
            <input
              id={input}
              className="visually-hidden"
              type="file"
              data-testid="weights-file"
              onChange={event => {
                take(event.target.files);
                event.target.value = '';
              }}
            />
            {weights.status !== 'ready' && (
              <Button small onClick={() => void fetchWeights()}>
                Fetch them, 3.4 MB
              </Button>
            )}
          </>
        )}
      </div>
      {weights.refused && (
        <p className="caution" role="alert" data-testid="weights-refused">
          Refused: {weights.refused}.
        </p>
      )}
    </section>
  );
}
