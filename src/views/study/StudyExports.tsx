import type { ReactNode, RefObject } from 'react';
import { notify } from '../../state/core/notices.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { studyBytes } from '../../state/study/studyFiles.ts';
import { isFinished, isRecovered } from '../../study/record.ts';
import type { Study } from '../../study/studyFile.ts';
import { correlationOf, groupsOf, rateOf, searchCounts } from '../../study/summary.ts';
import { Button } from '../../ui/Button.tsx';
import { saveFile } from '../../ui/download.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { savePanel } from '../../ui/saveSvg.ts';
import styles from './StudyExports.module.css';

/** Ends of the names of files, by origin of the results. */
const NAMES = { shipped: 'shipped', own: 'this-device' } as const;

/** Files of the results and of the two main pictures. */
export function StudyExports(props: {
  readonly study: Study | null;
  readonly page: RefObject<HTMLElement | null>;
}): ReactNode {
  const { study, page } = props;
  const source = useBraggscape(state => NAMES[state.inputs.study.source]);
  const picture = (name: 'rates' | 'scatter', kind: 'svg' | 'png'): void => {
    const panel = page.current?.querySelector(`[data-chart=${name}]`)?.closest('section');
    if (!panel) return;
    savePanel(panel, `study-${name}-${source}`, kind).catch((error: Error) =>
      notify({ id: 'export', tone: 'error', text: `The picture could not be saved: ${error.message}` }),
    );
  };
  const table = (name: string, text: (study: Study) => string): void => {
    if (study) saveFile(name, text(study), 'text/csv;charset=utf-8');
  };
  return (
    <Popover label="Save" button={<Icon name="download" />} kind="icon">
      <h3>Results</h3>
      <div className={styles.buttons}>
        <MenuButton disabled={!study} onPress={() => table(`study-trials-${source}.csv`, trialsCsv)}>
          Trials, CSV
        </MenuButton>
        <MenuButton disabled={!study} onPress={() => table(`study-summary-${source}.csv`, summaryCsv)}>
          Rates and correlations, CSV
        </MenuButton>
        <MenuButton disabled={!study} onPress={() => saveStudy(study, `study-trials-${source}`)}>
          Trials, JSON lines
        </MenuButton>
      </div>
      <h3>Pictures</h3>
      <div className={styles.buttons}>
        {(['rates', 'scatter'] as const).flatMap(name =>
          (['svg', 'png'] as const).map(kind => (
            <MenuButton key={name + kind} onPress={() => picture(name, kind)}>
              {name === 'rates' ? 'Rates' : 'Scatter'}, {kind.toUpperCase()}
            </MenuButton>
          )),
        )}
      </div>
      <h3>Report</h3>
      <div className={styles.buttons}>
        <MenuButton onPress={() => window.print()}>Print or save as PDF</MenuButton>
      </div>
    </Popover>
  );
}

function MenuButton(props: { disabled?: boolean; onPress(): void; children: ReactNode }): ReactNode {
  return (
    <Button small disabled={props.disabled} onClick={props.onPress}>
      {props.children}
    </Button>
  );
}

/** The study as the command line reads and writes it, compressed. */
export function saveStudy(study: Study | null, name: string): void {
  if (study) saveFile(`${name}.jsonl.gz`, new Blob([studyBytes(study)], { type: 'application/gzip' }));
}

const csv = (rows: readonly (readonly (string | number | null)[])[]): string =>
  `${rows.map(row => row.map(value => (value === null ? '' : String(value))).join(',')).join('\n')}\n`;

/** One row a trial. */
function trialsCsv(study: Study): string {
  const head =
    'structure,noise,sigma,copy,setting,loss,learning_rate,seed,a,b,c,alpha,beta,gamma,first_loss,last_loss,best_loss,steps,stop,cosine_similarity,match,match_unscaled,strict,length_gauge,angle_gauge,rms,maximum,amd,emd,evaluations,starts,agree,missed,failure';
  const rows = study.records.map(record => {
    const { structure, noise, sigma, variant, setting, loss, learningRate } = record;
    const key = [structure, noise, sigma, variant, setting, loss, learningRate];
    if (!isFinished(record)) return [...key, ...new Array(26).fill(null), JSON.stringify(record.failure)];
    const { match, unscaled } = record;
    return [
      ...key,
      record.seed,
      ...record.end,
      ...[record.first, record.last, record.best, record.steps, record.stop, record.cosine],
      ...[match.end, unscaled.end, Number(isRecovered(record))],
      ...[match.length, match.angle, match.rms, match.maximum, record.amd, record.emd],
      ...[record.evaluations, record.starts, record.agree, record.missed, null].map(value => value ?? null),
    ];
  });
  return `${head}\n${csv(rows)}`;
}

/** One row a condition: rates with their intervals, correlations with n. */
function summaryCsv(study: Study): string {
  const criteria = ['match', 'unscaled', 'strict'] as const;
  const head = [
    ...['noise', 'sigma', 'setting', 'loss', 'learning_rate', 'n', 'failures'],
    ...criteria.flatMap(name => [name, `${name}_low`, `${name}_high`]),
    ...['evaluations', 'starts'],
    ...['amd', 'emd'].flatMap(name => [`mi_${name}`, `pearson_${name}`, `spearman_${name}`]),
  ];
  const rows = groupsOf(study.records).map(({ condition, trials, failures }) => {
    const { noise, sigma, setting, loss, learningRate } = condition;
    const key = [noise, sigma, setting, loss, learningRate, trials.length, failures];
    if (trials.length === 0) return key;
    const searches = searchCounts(trials);
    return [
      ...key,
      ...criteria.flatMap(name => {
        const { share, interval } = rateOf(trials, name);
        return [share, ...interval].map(value => Number(value.toFixed(5)));
      }),
      ...[searches?.evaluations, searches?.starts].map(value => value ?? null),
      ...(['amd', 'emd'] as const).flatMap(name => {
        const found = correlationOf(trials, name);
        return [found.mutualInformation, found.pearson, found.spearman].map(value =>
          value === null ? null : Number(value.toFixed(5)),
        );
      }),
    ];
  });
  return csv([head, ...rows]);
}
